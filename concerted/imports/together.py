"""The pages over many files: the queue, accepting all that are sure, the same meeting twice."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.imports import bulk, policies, queries, versions
from concerted.imports import queue as queues
from concerted.imports.forms import AcceptSureForm
from concerted.imports.shown import listed
from concerted.imports.states import LineState
from concerted.jobs.public import enqueue
from concerted.kernel.verdict import NotAllowed

PAGE = 50


@require_safe
def queue(request: Request) -> HttpResponse:
    """Everything that waits to be checked, the least sure first."""
    policies.may_hand_over(request.actor).enforce()
    found = queues.waiting(request.actor)
    return render(request, "imports/queue.html", {"waiting": listed(found, request.GET)})


@require_http_methods(["GET", "POST"])
def sure(request: Request) -> HttpResponse:
    """All that are sure: a sample first, then one button for them all."""
    policies.may_hand_over(request.actor).enforce()
    of = request.GET.get("of", "")
    within = None
    if of:
        if not of.isalnum():  # no key of ours, and perhaps no text that the database takes
            raise Http404
        within = get_object_or_404(queries.handovers_visible_to(request.actor), key=of)
    looked = request.POST.get("token") or request.GET.get("looked", "")
    form = AcceptSureForm(request.POST if request.method == "POST" else None)
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            batch = bulk.accept_sure(
                request.actor,
                token=looked,
                personal=form.cleaned_data["personal"],
                handover_key=of,
            )
        except NotAllowed:
            changed = True
        else:
            transaction.on_commit(lambda: enqueue(batch.job))
            return redirect("jobs:progress", batch.job.key)
    offer = bulk.offer(request.actor, handover_key=of)
    changed = changed or bool(looked and looked != offer.token)
    return render(
        request,
        "imports/sure.html",
        {
            "offer": offer,
            "looked": bool(looked) and not changed,
            "changed": bulk.CHANGED if changed else "",
            "form": form,
            "within": within,
        },
    )


@require_safe
def batch(request: Request, key: str) -> HttpResponse:
    """What became of each meeting that was accepted together."""
    found = get_object_or_404(queries.batches_visible_to(request.actor), key=key)
    lines = queries.lines_of(request.actor, found)
    counts = queries.lines_counted(lines)
    show = request.GET.get("show", "")
    if show not in LineState.values:
        show = LineState.LEFT if counts[LineState.LEFT] else LineState.MADE
    page = Paginator(lines.filter(state=show), PAGE).get_page(request.GET.get("page"))
    context = {"batch": found, "counts": counts, "show": show, "page": page}
    return render(request, "imports/batch.html", context)


@require_POST
def same(request: Request, key: str, number: int) -> HttpResponse:
    """One answer to the question whether this meeting is one that is here already."""
    file = get_object_or_404(queries.files_visible_to(request.actor), key=key)
    policies.may_review(request.actor, file).enforce()
    do, of = request.POST.get("do", ""), request.POST.get("of", "")
    if do in ("keep", "keep_agreed"):
        meeting = versions.keep_as_version(
            request.actor, file=file, number=number, meeting_key=of, agreed=do == "keep_agreed"
        )
        messages.success(
            request,
            f"{file.name} is kept as another version of these minutes. "
            + (
                "They are recorded as agreed."
                if do == "keep_agreed"
                else "The record is as before."
            ),
        )
        return redirect(meeting)
    if do == "wait":
        other, _, other_number = of.partition(" ")
        if not other_number.isdecimal():
            raise Http404
        versions.wait_for(
            request.actor, file=file, number=number, other_key=other, other_number=int(other_number)
        )
        messages.success(request, f"{file.name} follows the other file when that one is accepted.")
        return redirect("imports:queue")
    if do == "apart":
        versions.hold_apart(request.actor, file=file, number=number)
        messages.success(request, "Noted: a different meeting. Check it like any other.")
        return redirect(reverse("imports:review_of", args=[file.key, number]))
    raise Http404
