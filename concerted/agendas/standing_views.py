"""The list of what comes on every agenda of a body."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.agendas import policies, queries, standing_list
from concerted.agendas.forms import PlaceForm, StandingForm, initial_of
from concerted.agendas.models import StandingItem
from concerted.agendas.services import Entry
from concerted.kernel.clock import today
from concerted.meetings.public import Business
from concerted.people.public import Body, bodies_visible_to

KINDS = dict(Business.choices)
EITHER = ["GET", "HEAD", "POST"]


def _body(request: Request, key: str) -> Body:
    return get_object_or_404(bodies_visible_to(request.actor), key=key)


def _item(request: Request, key: str) -> StandingItem:
    return get_object_or_404(queries.standing_visible_to(request.actor), key=key)


@require_safe
def standing(request: Request, key: str) -> HttpResponse:
    body = _body(request, key)
    context = {
        "body": body,
        "items": queries.standing_to_come(request.actor, body),
        "kinds": KINDS,
        "today": today(),
        "may_keep": policies.may_keep_standing(request.actor, body),
    }
    return render(request, "agendas/standing.html", context)


@require_http_methods(EITHER)
def standing_add(request: Request, key: str) -> HttpResponse:
    body = _body(request, key)
    policies.may_keep_standing(request.actor, body).enforce()
    initial = {"kind": Business.INFORMATION, "starts": today()}

    def save(**given: Any) -> None:
        standing_list.add(request.actor, body=body, **given)

    return _edited(request, body, initial, save)


@require_http_methods(EITHER)
def standing_change(request: Request, key: str) -> HttpResponse:
    item = _item(request, key)
    policies.may_change_standing(request.actor, item, today=today()).enforce()

    def save(**given: Any) -> None:
        standing_list.change(request.actor, item=item, **given)

    return _edited(request, item.body, initial_of(item) | {"starts": item.starts}, save, item)


def _edited(
    request: Request,
    body: Body,
    initial: dict[str, Any],
    save: Callable[..., None],
    item: StandingItem | None = None,
) -> HttpResponse:
    posts, people = queries.presenters(request.actor)
    form = StandingForm(request.POST or None, initial=initial, posts=posts, people=people)
    if form.is_valid():
        given = dict(form.cleaned_data)
        starts = given.pop("starts")
        save(entry=Entry(**given), starts=starts)
        messages.success(request, f"Saved: “{given['title']}”.")
        return redirect("agendas:standing", body.key)
    context = {"body": body, "item": item, "form": form}
    return render(request, "agendas/standing_item.html", context)


@require_POST
def standing_move(request: Request, key: str) -> HttpResponse:
    item = _item(request, key)
    policies.may_change_standing(request.actor, item, today=today()).enforce()
    form = PlaceForm(request.POST)
    if form.is_valid():
        standing_list.move(request.actor, item=item, place=form.cleaned_data["place"])
        messages.success(request, f"Moved: “{item}”.")
    else:
        messages.warning(request, "Give the place as a number, for example 3.")
    return redirect("agendas:standing", item.body.key)


@require_POST
def standing_stop(request: Request, key: str) -> HttpResponse:
    item = _item(request, key)
    standing_list.stop(request.actor, item=item)
    messages.success(request, f"From now on no agenda begins with it: “{item}”.")
    return redirect("agendas:standing", item.body.key)
