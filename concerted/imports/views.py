"""Handing minutes over, checking what was read, making records."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.imports import policies, queries, services, tasks
from concerted.imports.forms import ChangesForm, HandOverForm, form_for, kept, kept_before
from concerted.imports.review import lines
from concerted.imports.states import ReadAs
from concerted.reading.files.changes import READ_AS


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
            files = [(one.name, one.read()) for one in form.cleaned_data["files"]]
            handover = services.hand_over(request.actor, files=files)
            transaction.on_commit(
                lambda: tasks.read_handover.defer(
                    handover_key=handover.key, account_id=request.actor.account_id
                )
            )
            return redirect("jobs:progress", handover.job.key)
    handovers = queries.handovers_visible_to(request.actor)[:30]
    return render(
        request,
        "imports/list.html",
        {"form": form, "handovers": handovers},
    )


@require_safe
def handover(request: Request, key: str) -> HttpResponse:
    """The files of one handover: where the progress page leads."""
    found = get_object_or_404(queries.handovers_visible_to(request.actor), key=key)
    files = list(found.files.all())
    if len(files) == 1 and files[0].state == "read":
        return redirect(files[0])
    return render(request, "imports/handover.html", {"handover": found, "files": files})


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
            more = laid_out.meetings > len(made) + 1
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
        },
    )


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
    transaction.on_commit(
        lambda: tasks.read_handover.defer(
            handover_key=file.handover.key, account_id=request.actor.account_id, again=file.key
        )
    )
    return redirect("jobs:progress", job.key)


@require_POST
def reject(request: Request, key: str) -> HttpResponse:
    file = get_object_or_404(queries.files_visible_to(request.actor), key=key)
    services.reject(request.actor, file=file)
    kept_records = queries.made_of(request.actor, file)
    came = "What was made into records of it stays." if kept_records else "No record was made."
    messages.success(request, f"{file.name} was put aside. {came}")
    return redirect("imports:list")
