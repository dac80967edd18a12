"""Pages of an erasure: what was found and decided, and what a second person approves."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.erasure import policies, queries, services
from concerted.erasure.forms import ChooseForm, EraseForm, KeepForm, ReturnForm
from concerted.erasure.states import DECIDED, LineState, Way
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import people_visible_to
from concerted.subject_access.public import (
    AccessRequest,
    Finding,
    Right,
    Why,
    draft_of,
    findings_visible_to,
    may_handle,
    readable,
    ready_of,
    register,
)

EITHER = ["GET", "HEAD", "POST"]
PAGE = 20


@require_http_methods(EITHER)
def new(request: Request) -> HttpResponse:
    """Put a request for erasure on record."""
    may_handle(request.actor).enforce()
    given = request.POST if request.method == "POST" else None
    form = EraseForm(given, people=people_visible_to(request.actor))
    if form.is_valid():
        try:
            made = register(request.actor, **form.wanted())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The request is on record. Establish now who asks.")
            return redirect(made)
    return render(request, "erasure/new.html", {"form": form})


def _request(request: Request, key: str) -> AccessRequest:
    """The request of an address: 404 for whoever is not of those who handle them."""
    found = get_object_or_404(queries.requests_visible_to(request.actor), key=key)
    may_handle(request.actor).enforce()
    return found


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    """What was put to a second person, what they say, and what became of it."""
    actor, found = request.actor, _request(request, key)
    erasure = queries.erasure_of(actor, found)
    lines = queries.lines_visible_to(actor).filter(erasure=erasure)
    counts = queries.counted(actor, erasure) if erasure else {}
    context = {
        "found": found,
        "erasure": erasure,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "counts": [(state.label, counts.get(state, 0)) for state in LineState],
        "may_settle": erasure and policies.may_settle(actor, erasure),
        "mine": bool(erasure and erasure.job_id and erasure.decided_by_id == actor.person_id),
    }
    return render(request, "erasure/detail.html", context)


@require_safe
def findings(request: Request, key: str) -> HttpResponse:
    """What the actor's own draft found, with what can become of each."""
    actor, found = request.actor, _request(request, key)
    draft = draft_of(actor, found)
    whole = draft if draft and draft.finished_at else None
    all_found = queries.found_of(actor, whole) if whole else []
    page: Any = Paginator(all_found, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    undecided = sum(one.undecided for one in all_found)
    context = {
        "found": found,
        "draft": whole,
        "page": page,
        "rows": rows,
        "decided_by_hand": DECIDED,
        "readable": readable(actor, [one.finding for one in rows]),
        "undecided": undecided,
        "by_hand": sum(one.undecided and one.finding.why == Why.BY_HAND for one in all_found),
        "record_left": any(one.way == Way.RECORD and one.undecided for one in all_found),
        "may_propose": policies.may_propose(
            actor,
            found,
            queries.erasure_of(actor, found),
            ready_of(actor, draft),
            undecided=undecided,
            also_asks=queries.also_asks(actor, found),
        ),
    }
    return render(request, "erasure/findings.html", context)


@require_http_methods(EITHER)
def finding(request: Request, key: str) -> HttpResponse:
    """One finding, and what becomes of it."""
    actor = request.actor
    theirs = findings_visible_to(actor).filter(draft__request__right=Right.ERASURE)
    one: Finding = get_object_or_404(theirs.select_related("draft__request"), key=key)
    may_handle(actor).enforce()
    asked = one.draft.request
    if not readable(actor, [one]):
        return render(request, "erasure/unseen.html", {"found": asked})
    [found] = queries.paired([one], queries.newest_choices(actor, [one]))
    facts = services.facts_of(actor, found)
    given = request.POST if request.method == "POST" else None
    form = ChooseForm(
        given,
        regime=asked.regime,
        only_kept=found.way == Way.RECORD,
        by_hand=facts.by_hand,
    )
    if form.is_valid():
        try:
            services.choose(actor, finding=one, wanted=form.wanted())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Decided. What was decided before stays on record.")
            return redirect("erasure:findings", asked.key)
    context = {
        "form": form,
        "one": one,
        "found": asked,
        "way": found.way,
        "facts": facts,
        "decided_by_hand": found.way in DECIDED,
        "choices": queries.choices_of(actor, [one]),
    }
    return render(request, "erasure/finding.html", context)


@require_http_methods(EITHER)
def keep(request: Request, key: str) -> HttpResponse:
    """Keep all that is never altered, on one ground."""
    found = _request(request, key)
    form = KeepForm(request.POST if request.method == "POST" else None, regime=found.regime)
    if form.is_valid():
        try:
            kept = services.keep_record(request.actor, request=found, wanted=form.wanted())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Decided: {kept} are kept on that ground.")
            return redirect("erasure:findings", found.key)
    return render(request, "erasure/keep.html", {"form": form, "found": found})


@require_POST
def propose(request: Request, key: str) -> HttpResponse:
    found = _request(request, key)
    made = services.propose(request.actor, request=found)
    messages.success(request, "It waits now for a second person who handles requests.")
    return redirect(made)


@require_http_methods(EITHER)
def send_back(request: Request, key: str) -> HttpResponse:
    """Say what has to be decided otherwise; nothing is erased."""
    found = _request(request, key)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.send_back(request.actor, request=found, why=form.cleaned_data["why"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Sent back. Nothing was erased.")
            return redirect(made)
    return render(request, "erasure/send_back.html", {"form": form, "found": found})


@require_POST
def approve(request: Request, key: str) -> HttpResponse:
    found = _request(request, key)
    made = services.approve(request.actor, request=found)
    assert made.job  # noqa: S101 - begun when it was approved
    return redirect(made.job)
