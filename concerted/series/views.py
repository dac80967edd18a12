"""One page: the rule of a series, its days to look at, and the step that plans them."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from concerted.access.http import Request
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import Body, bodies_visible_to
from concerted.series import policies, queries, services
from concerted.series.forms import DayForm, DaysFormSet, RuleForm
from concerted.series.recurring import Place, places


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, key: str) -> HttpResponse:
    """The rule stands in the address, so that the same series can be looked at again."""
    body = get_object_or_404(bodies_visible_to(request.actor), key=key)
    policies.may_look(request.actor, body).enforce()
    form = RuleForm(request.GET or None)
    if not form.is_valid():
        return _page(request, body, form)
    meant = places(form.wanted())
    if request.method != "POST":
        return _page(request, body, form, queries.preview(request.actor, body, meant))
    days = DaysFormSet(request.POST, prefix="day")
    if len(days.forms) != len(meant):
        return redirect(request.get_full_path())
    refused = ""
    if days.is_valid():
        try:
            made = services.plan_all(
                request.actor,
                body=body,
                days=[one["held_on"] for one in days.cleaned_data if one["planned"]],
                **{name: form.cleaned_data[name] for name in TAKEN},
            )
        except NotAllowed as no:
            refused = str(no)
        else:
            count = f"{len(made)} meeting{'s are' if len(made) > 1 else ' is'}"
            messages.success(request, f"{count} planned. Each can be moved on its own page.")
            return redirect("meetings:list")
    rows = queries.preview(request.actor, body, _as_typed(meant, days))
    return _page(request, body, form, rows, days=days, refused=refused)


TAKEN = ("starts_at", "venue", "length_minutes")


def _as_typed(meant: list[Place], days: "BaseFormSet[DayForm]") -> list[Place]:
    """The days as somebody changed them; one that cannot be read stays as it was meant."""
    return [
        replace(place, held_on=day.cleaned_data.get("held_on", place.held_on))
        for place, day in zip(meant, days.forms, strict=True)
    ]


def _page(
    request: Request,
    body: Body,
    form: RuleForm,
    rows: list[queries.Row] | None = None,
    *,
    days: "BaseFormSet[DayForm] | None" = None,
    refused: str = "",
) -> HttpResponse:
    if rows is not None and days is None:
        initial: list[dict[str, Any]] = [
            {"planned": not row.against, "held_on": row.held_on} for row in rows
        ]
        days = DaysFormSet(initial=initial, prefix="day")
    context = {
        "body": body,
        "form": form,
        "rows": rows,
        "days": days,
        "pairs": list(zip(rows, days.forms, strict=True)) if rows and days else [],
        "refused": refused,
        "address": request.get_full_path(),
    }
    return render(request, "series/plan.html", context)
