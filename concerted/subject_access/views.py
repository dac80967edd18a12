"""Pages for whoever handles requests: the list with its clocks, one request, what was found."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import people_visible_to
from concerted.subject_access import policies, queries, services
from concerted.subject_access.answer import compiled
from concerted.subject_access.clock import Clock, reckon
from concerted.subject_access.forms import DecideForm, RegisterForm, StepForm
from concerted.subject_access.models import AccessRequest
from concerted.subject_access.redacting import redacted
from concerted.subject_access.states import ENDED, RequestState, StepKind

EITHER = ["GET", "HEAD", "POST"]
PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A request with its clock, for a list."""

    request: AccessRequest
    clock: Clock
    ended: bool


def _line(request: AccessRequest) -> Line:
    facts = queries.facts_of(request, list(request.steps.all()))
    return Line(request, reckon(facts, today()), request.state in ENDED)


@require_safe
def index(request: Request) -> HttpResponse:
    """All requests, those under way first by the day on which they arrived."""
    actor = request.actor
    policies.may_handle(actor).enforce()
    going = queries.with_steps(actor).exclude(state__in=ENDED).order_by("asked_on", "id")
    over = queries.with_steps(actor).filter(state__in=ENDED)
    page = Paginator(over, PAGE).get_page(request.GET.get("page"))
    context = {
        "going": [_line(one) for one in going],
        "over": [_line(one) for one in page.object_list],
        "page": page,
    }
    return render(request, "subject_access/list.html", context)


@require_http_methods(EITHER)
def new(request: Request) -> HttpResponse:
    policies.may_handle(request.actor).enforce()
    given = request.POST if request.method == "POST" else None
    form = RegisterForm(given, people=people_visible_to(request.actor))
    if form.is_valid():
        try:
            made = services.register(request.actor, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The request is on record. Establish now who asks.")
            return redirect(made)
    return render(request, "subject_access/new.html", {"form": form})


def _request(request: Request, key: str) -> AccessRequest:
    """The request of an address: 404 for whoever is not of those who handle them."""
    return get_object_or_404(queries.with_steps(request.actor), key=key)


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    """One request: its clock, what is next, what was done."""
    actor, found = request.actor, _request(request, key)
    policies.may_handle(actor).enforce()
    draft = queries.draft_of(actor, found)
    ready = queries.ready_of(actor, draft)
    given = queries.release_of(actor, found)
    line = _line(found)
    context = {
        "line": line,
        "found": found,
        "draft": draft,
        "ready": ready,
        "may_draft": policies.may_draft(actor, found, ready),
        "release": given,
        "may_download": given and policies.may_download(actor, given, today=today()),
        "steps": list(found.steps.all()),
        "received": found.state == RequestState.RECEIVED,
    }
    return render(request, "subject_access/detail.html", context)


TITLES = {
    StepKind.IDENTITY: ("Establish identity", "Note it"),
    StepKind.CLARIFY: ("Ask for clarification", "Stop the clock"),
    StepKind.ANSWERED: ("Clarification came", "Let the clock run"),
    StepKind.EXTEND: ("Extend the time by two months", "Extend it"),
    StepKind.REFUSE: ("Refuse the request", "Refuse it"),
    StepKind.WITHDRAW: ("The request was withdrawn", "End the request"),
}


@require_http_methods(EITHER)
def step(request: Request, key: str, kind: StepKind) -> HttpResponse:
    """Note one step. What its state does not allow is said on the page."""
    found = _request(request, key)
    policies.may_handle(request.actor).enforce()
    form = StepForm(request.POST if request.method == "POST" else None, kind=kind)
    if form.is_valid():
        try:
            services.note(request.actor, request=found, wanted=form.wanted())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Noted: {kind.label.lower()}.")
            return redirect(found)
    title, button = TITLES[kind]
    context = {"form": form, "found": found, "title": title, "button": button}
    return render(request, "subject_access/step.html", context)


@require_POST
def draft(request: Request, key: str) -> HttpResponse:
    """Begin a draft, and lead to how far it is."""
    made = services.begin_draft(request.actor, request=_request(request, key))
    return redirect(made.job)  # type: ignore[arg-type]


@require_safe
def findings(request: Request, key: str) -> HttpResponse:
    """What the actor's own draft found, page by page."""
    actor, found = request.actor, _request(request, key)
    policies.may_handle(actor).enforce()
    made = queries.draft_of(actor, found)
    whole = made if made and made.finished_at else None
    paged = Paginator(queries.findings_of(actor, whole), PAGE) if whole else Paginator([], PAGE)
    page: Any = paged.get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "found": found,
        "draft": whole,
        "page": page,
        "rows": rows,
        "readable": queries.readable(actor, rows),
        "ready": queries.ready_of(actor, made),
    }
    return render(request, "subject_access/findings.html", context)


@require_http_methods(EITHER)
def finding(request: Request, key: str) -> HttpResponse:
    """One finding, and what becomes of it."""
    actor = request.actor
    one = get_object_or_404(
        queries.findings_visible_to(actor).select_related("draft__request"), key=key
    )
    policies.may_handle(actor).enforce()
    asked = one.draft.request
    if not queries.readable(actor, [one]):
        return render(request, "subject_access/unseen.html", {"found": asked})
    given = request.POST if request.method == "POST" else None
    form = DecideForm(given, finding=one, regime=asked.regime)
    if form.is_valid():
        try:
            services.decide(actor, finding=one, answer=form.answer())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Decided. What was decided before stays on record.")
            return redirect("subject_access:findings", asked.key)
    rulings = queries.rulings_of(actor, one)
    context = {
        "form": form,
        "one": one,
        "found": asked,
        "rulings": rulings,
        "goes_out": redacted(one.parts, rulings[0].redactions)
        if rulings and rulings[0].redactions
        else None,
    }
    return render(request, "subject_access/finding.html", context)


@require_safe
def preview(request: Request, key: str) -> HttpResponse:
    """The answer as it would go out."""
    actor, found = request.actor, _request(request, key)
    policies.may_handle(actor).enforce()
    made = queries.draft_of(actor, found)
    context = {
        "found": found,
        "answer": compiled(actor, found, made) if made and made.finished_at else None,
        "may_release": policies.may_release(actor, found, queries.ready_of(actor, made)),
    }
    return render(request, "subject_access/preview.html", context)


@require_POST
def release(request: Request, key: str) -> HttpResponse:
    found = _request(request, key)
    services.release(request.actor, request=found)
    messages.success(
        request, "Released. Download the file and give it to whoever asked, by a way that is safe."
    )
    return redirect(found)


@require_safe
def download(request: Request, key: str) -> HttpResponse:
    """The file of the answer, for whoever released it alone."""
    found = _request(request, key)
    policies.may_handle(request.actor).enforce()
    given = queries.release_of(request.actor, found)
    if given is None:
        raise NotAllowed("No answer of yours is here. Only whoever released one can download it.")
    data = services.download(request.actor, given=given)
    response = HttpResponse(data, content_type="application/zip")
    assert given.version  # noqa: S101 - the service refuses without one
    response["Content-Disposition"] = f'attachment; filename="{given.version.name}"'
    return response
