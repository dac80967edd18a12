"""How long records are kept, what is held, and what went."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.audit.expiry import KEEP_YEARS
from concerted.jobs.public import enqueue
from concerted.kernel.clock import today
from concerted.kernel.retention import kind_named, kinds
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import bodies_visible_to
from concerted.retention import policies, queries, services
from concerted.retention.forms import HoldForm, LiftForm, PeriodForm
from concerted.retention.models import Hold
from concerted.retention.shown import NO_SUM, counts_of, preview, previews
from concerted.retention.states import RunState

PAGE = 25


@require_safe
def index(request: Request) -> HttpResponse:
    """Each kind with its period, and what would go on the next run."""
    actor = request.actor
    policies.may_look(actor).enforce()
    standing = queries.holds_visible_to(actor).filter(lift=None)
    context = {
        "shown": previews(actor),
        "no_sum": NO_SUM,
        "trail_years": KEEP_YEARS,
        "proposed": queries.runs_visible_to(actor).filter(state=RunState.PROPOSED).first(),
        "to_review": standing.filter(review_on__lte=today()).count(),
    }
    return render(request, "retention/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: Request, name: str) -> HttpResponse:
    """One kind: its rule, its periods so far, what would go; the manager sets another period."""
    actor = request.actor
    policies.may_look(actor).enforce()
    found = kind_named(name)
    if found is None:
        raise Http404
    if request.method == "POST":
        policies.may_decide(actor).enforce()
    history = list(queries.history_of(found))
    form = None
    if policies.may_decide(actor):
        given = request.POST if request.method == "POST" else None
        months = history[0].months if history else found.months
        form = PeriodForm(given, kind=found, initial={"months": months})
        if form.is_valid():
            services.set_period(actor, kind=found, months=form.cleaned_data["months"])
            messages.success(request, "Recorded: how long this kind is kept from now on.")
            return redirect("retention:kind", name)
    shown = preview(actor, found, history[0] if history else None)
    pages = Paginator(shown.going, PAGE).get_page(request.GET.get("page"))
    context = {"shown": shown, "form": form, "history": history, "page": pages, "no_sum": NO_SUM}
    return render(request, "retention/kind.html", context)


@require_safe
def holds(request: Request) -> HttpResponse:
    """What is held, the next to be looked at first; then what was lifted."""
    policies.may_look(request.actor).enforce()
    found = queries.holds_visible_to(request.actor)
    lifted = found.exclude(lift=None).order_by("-lift__lifted_at")
    context = {
        "standing": found.filter(lift=None),
        "page": Paginator(lifted, PAGE).get_page(request.GET.get("page")),
        "titles": {one.name: one.title for one in kinds()},
        "may_put": policies.may_put_holds(request.actor),
        "day": today(),
    }
    return render(request, "retention/holds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def put(request: Request) -> HttpResponse:
    """Put something on hold."""
    actor = request.actor
    policies.may_put_holds(actor).enforce()
    given = request.POST if request.method == "POST" else None
    form = HoldForm(given, bodies=bodies_visible_to(actor), initial=request.GET.dict())
    status = 200
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.hold(actor, **typed | {"kind": kind_named(typed["kind"])})
        except NotAllowed as refusal:
            # The same refusal as on a page of its own, but what was typed stays.
            form.add_error(None, str(refusal))
            request.refused = "retention:put"  # type: ignore[attr-defined]
            status = 403
        else:
            messages.success(request, "On hold: nothing under it goes until the hold is lifted.")
            return redirect(made)
    return render(request, "retention/put.html", {"form": form}, status=status)


def _hold(request: Request, key: str) -> Hold:
    found = get_object_or_404(queries.holds_visible_to(request.actor), key=key)
    policies.may_look(request.actor).enforce()
    return found


@require_safe
def hold(request: Request, key: str) -> HttpResponse:
    """One hold: what, why, by whom, until when; and how it was lifted."""
    found = _hold(request, key)
    lifted = hasattr(found, "lift")
    context = {
        "hold": found,
        "titles": {one.name: one.title for one in kinds()},
        "may_lift": policies.may_lift(request.actor, found, lifted=lifted),
        "lifted": lifted,
        "day": today(),
    }
    return render(request, "retention/hold.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: Request, key: str) -> HttpResponse:
    """Say why a hold is needed no longer."""
    found = _hold(request, key)
    policies.may_lift(request.actor, found, lifted=hasattr(found, "lift")).enforce()
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.lift(request.actor, hold=found, reason=form.cleaned_data["reason"])
        messages.success(request, "Lifted. What is old enough stands on the next list.")
        return redirect(found)
    return render(request, "retention/lift.html", {"form": form, "hold": found})


@require_safe
def runs(request: Request) -> HttpResponse:
    """All lists of records whose time was past, and what was decided."""
    policies.may_look(request.actor).enforce()
    found = queries.runs_visible_to(request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "retention/runs.html", {"page": page})


@require_safe
def run(request: Request, key: str) -> HttpResponse:
    """One list: what stands on it, who decided, what went and what stayed."""
    actor = request.actor
    policies.may_look(actor).enforce()
    found = get_object_or_404(queries.runs_visible_to(actor), key=key)
    lines = queries.lines_visible_to(actor).filter(run=found)
    context = {
        "run": found,
        "counts": counts_of(actor, found),
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "titles": {one.name: one.title for one in kinds()},
        "no_sum": NO_SUM,
        "may_settle": policies.may_settle(actor, found),
        "mine": bool(found.job_id and found.decided_by_id == actor.person_id),
    }
    return render(request, "retention/run.html", context)


@require_POST
def approve(request: Request, key: str) -> HttpResponse:
    """Let go what stands on a list."""
    policies.may_look(request.actor).enforce()
    found = get_object_or_404(queries.runs_visible_to(request.actor), key=key)
    approved = services.approve(request.actor, run=found)
    assert approved.job  # noqa: S101 - begun when it was approved
    enqueue(approved.job)
    return redirect(approved.job)


@require_POST
def decline(request: Request, key: str) -> HttpResponse:
    """Let nothing of a list go."""
    policies.may_look(request.actor).enforce()
    found = get_object_or_404(queries.runs_visible_to(request.actor), key=key)
    services.decline(request.actor, run=found)
    messages.success(request, "Declined. Nothing went; a new list is made next month.")
    return redirect(found)
