"""Handing minutes over, checking what was read, making records."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.imports import policies, queries, queue, sameness, services, tasks
from concerted.imports.forms import ChangesForm, HandOverForm, form_for, kept, kept_before
from concerted.imports.models import File
from concerted.imports.paper_review import PaperReview
from concerted.imports.review import Review, lines
from concerted.imports.shown import PAGE, listed
from concerted.imports.states import FileState, ReadAs
from concerted.jobs.public import enqueue
from concerted.reading.files.changes import READ_AS
from concerted.reading.reports.markings import care

# Tabs of a handover, in their order: the first that holds something is shown.
SHOWN_FIRST = (
    FileState.READ,
    FileState.WAITING,
    FileState.REFUSED,
    FileState.ACCEPTED,
    FileState.KEPT,
    FileState.REJECTED,
    FileState.OPENED,
)


@require_http_methods(["GET", "POST"])
def index(request: Request) -> HttpResponse:
    """Files handed over, and the form to hand over more."""
    policies.may_hand_over(request.actor).enforce()
    form = HandOverForm()
    if request.method == "POST":
        form = HandOverForm(request.POST, request.FILES)
        if too_large := getattr(request, "too_large", ""):
            form.is_valid()
            form.errors.clear()
            form.add_error("files", too_large)
        elif form.is_valid():
            files = Uploaded(form.cleaned_data["files"])
            handover = services.hand_over(request.actor, files=files)
            transaction.on_commit(lambda: enqueue(handover.job))
            return redirect("jobs:progress", handover.job.key)
    handovers = queries.handovers_listed(request.actor)[:30]
    waiting = queue.waiting(request.actor)
    return render(
        request,
        "imports/list.html",
        {
            "form": form,
            "handovers": handovers,
            "counted": queue.counted(waiting).groups,
            "first": waiting.first(),
        },
    )


class Uploaded(Sequence[tuple[str, bytes]]):
    """Files of a request, each read from the disk when it is asked for."""

    def __init__(self, files: "Sequence[UploadedFile[bytes]]") -> None:
        self.files = files

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, place: Any) -> Any:
        file = self.files[place]
        file.seek(0)
        return file.name or "", file.read()


@require_safe
def handover(request: Request, key: str) -> HttpResponse:
    """The files of one handover: where the progress page leads."""
    found = get_object_or_404(queries.handovers_visible_to(request.actor), key=key)
    files = queries.files_of(request.actor, found)
    counts = queries.files_counted(files)
    if sum(counts.values()) == counts[FileState.READ] == 1:
        return redirect(files[0])
    show = request.GET.get("show", "")
    if not counts.get(show):
        show = next((state for state in SHOWN_FIRST if counts[state]), FileState.READ)
    context: dict[str, Any] = {"handover": found, "counts": counts, "show": show, "waiting": None}
    context["states"] = SHOWN_FIRST
    if show == FileState.READ:
        waiting = queue.waiting(request.actor).filter(file__handover=found)
        context["waiting"] = listed(waiting, request.GET)
        context["not_read"] = files.filter(state=FileState.REFUSED)[: queries.FIRST_FILES]
    else:
        page = Paginator(files.filter(state=show), PAGE)
        context["page"] = page.get_page(request.GET.get("page"))
    return render(request, "imports/handover.html", context)


@require_http_methods(["GET", "POST"])
def review(request: Request, key: str, number: int = 1) -> HttpResponse:
    """One meeting of a file, or its report: questions first, then the rest, then accept."""
    file = get_object_or_404(queries.files_visible_to(request.actor), key=key)
    policies.may_review(request.actor, file).enforce()
    made = queries.made_of(request.actor, file)
    if number in made and request.method != "POST":
        return redirect("imports:review_of", file.key, queries.first_to_check(made))
    laid_out = queries.review_of(request.actor, file, number)
    if laid_out is None:
        raise Http404
    if request.method == "POST":
        answered = request.POST.get("read_as", file.read_as)
        policies.may_answer(request.actor, file, read_as=answered).enforce()
        form = form_for(laid_out, data=request.POST)
        if request.POST.get("do") == "keep":
            answers = kept(laid_out, request.POST.lists())
            services.keep_answers(request.actor, file=file, number=number, answers=answers)
            messages.success(request, "Your answers are kept. Nothing became a record yet.")
            return redirect("imports:list")
        if form.is_valid():
            record = services.accept(
                request.actor, file=file, number=number, answers=form.cleaned_data
            )
            messages.success(request, "Made into records.")
            transaction.on_commit(lambda: tasks.look_again_soon(request.actor.account_id))
            more = laid_out.meetings > len(made) + 1
            if request.POST.get("do") == "next" and not more:
                return redirect(queue.waiting(request.actor).first() or record)
            return redirect(file if more else record)
    else:
        form = form_for(laid_out, initial=kept_before(laid_out, file.answers.get(str(number))))
    return render(
        request,
        laid_out.template,
        {
            "file": file,
            "markup": queries.markup_of(file),
            "review": laid_out,
            "form": form,
            "lines": lines(laid_out),
            "number": number,
            "meetings": laid_out.meetings,
            "made": made,
            "held": care(file.marking) > 1,
            **_in_the_queue(request, file, number, laid_out),
        },
    )


def _in_the_queue(
    request: Request, file: File, number: int, laid_out: Review | PaperReview
) -> dict[str, object]:
    """Where this meeting or report stands in the queue, and what it may be the same as."""
    actor = request.actor
    read = queue.read_meeting(actor, file, number)
    if read is None:
        copy_of = queue.copy_of(actor, file, number)
        return {"queued": None, "twins": None, "copy_of": copy_of}
    twins = None
    if read.same and isinstance(laid_out, Review):  # type: ignore[attr-defined]
        waits = sameness.other_file(actor, read)
        other = queries.review_of(actor, waits.file, waits.number) if waits else None
        other = other if isinstance(other, Review) else None
        twins = sameness.twins(actor, read, laid_out, other)
    return {"queued": queue.place(actor, read), "twins": twins, "copy_of": None}


@require_POST
def changes(request: Request, key: str) -> HttpResponse:
    """Say which text of a Word file with tracked changes counts; the other is read anew."""
    file = get_object_or_404(queries.files_visible_to(request.actor), key=key)
    form = ChangesForm(request.POST)
    policies.may_choose_changes(request.actor, file, begun=file.made.exists()).enforce()
    if not form.is_valid():
        messages.error(request, "Choose one of the two ways to read the file.")
        return redirect(file)
    read_as = ReadAs(form.cleaned_data["changes"])
    job = services.choose_changes(request.actor, file=file, read_as=read_as)
    if job is None:
        messages.success(request, f"Settled: {file.name} is read {READ_AS[read_as]}.")
        return redirect(file)
    transaction.on_commit(lambda: enqueue(job))
    return redirect("jobs:progress", job.key)


@require_POST
def reject(request: Request, key: str) -> HttpResponse:
    file = get_object_or_404(queries.files_visible_to(request.actor), key=key)
    services.reject(request.actor, file=file)
    kept_records = queries.made_of(request.actor, file)
    came = "What was made into records of it stays." if kept_records else "No record was made."
    messages.success(request, f"{file.name} was put aside. {came}")
    return redirect("imports:list")
