"""Word files that go out, and the pages where it is chosen what of one is taken up."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.actor import Actor
from concerted.access.http import Request
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import (
    ItemLine,
    Meeting,
    agenda_of,
    consulted,
    visible_to,
)
from concerted.minuting.public import (
    AgreedForm,
    DraftForm,
    Met,
    Minutes,
    Overtaken,
    Ticked,
    as_chair,
    attenders_of,
    could_have_agreed,
    drafts_of,
    may_correct,
    may_write,
    minutes_of,
)
from concerted.reading.files import NotReadable
from concerted.reading.files.bound import Bound
from concerted.reading.sandbox import read_bound
from concerted.restrictions.public import closures_in
from concerted.word_files import comparing, policies, queries, services
from concerted.word_files.forms import TemplateForm, WordFileForm
from concerted.word_files.making import NotUsable, Sheet, made
from concerted.word_files.matching import OfAnother, Sorted, sorted_out

EITHER = ["GET", "HEAD", "POST"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SINCE = (
    "Somebody typed in these minutes while you had this page open, so nothing was taken up. Your "
    "text is below, beside what stands here now. Choose again."
)
NONE = "Choose at least one thing to take up. Nothing was changed."
DAMAGED = "The template of this partnership cannot be used. Choose another one, or none."


def _meeting(request: Request, key: str) -> Meeting:
    return get_object_or_404(visible_to(request.actor), key=key)


def _own(request: Request, key: str) -> Minutes:
    """The minutes of a meeting, for whoever writes them."""
    meeting = _meeting(request, key)
    may_write(request.actor, meeting).enforce()
    minutes = minutes_of(request.actor, meeting)
    if minutes is None:
        raise Http404
    return minutes


def _file(request: Request, sheet: Sheet, minutes: Minutes, name: str) -> HttpResponse:
    try:
        data = made(sheet, queries.template_of(request.actor))
    except NotUsable:
        raise NotAllowed(DAMAGED) from None
    trail.note(request.actor, "minutes.taken", minutes, verb=Verb.CONSULT)
    return HttpResponse(
        data,
        content_type=WORD,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _note_items(request: Request, reader: Actor, meeting: Meeting) -> None:
    said = closures_in(reader, Meeting._meta.label_lower, [meeting.key])
    items = [one for one in agenda_of(reader, meeting, said) if isinstance(one, ItemLine)]
    consulted(request.actor, meeting=meeting, items=items)


@require_safe
def skeleton(request: Request, key: str) -> HttpResponse:
    """The agenda as a Word file to type minutes in, with what is typed already."""
    minutes = _own(request, key)
    _note_items(request, request.actor, minutes.meeting)
    sheet = queries.skeleton_of(request.actor, minutes)
    return _file(request, sheet, minutes, f"minutes-{minutes.meeting.held_on}.docx")


@require_safe
def record(request: Request, key: str) -> HttpResponse:
    """The minutes as they stand on record, as a Word file to be corrected with tracked changes."""
    meeting = _meeting(request, key)
    with as_chair(request.actor, meeting.body) as reader:
        minutes = _on_record(reader, meeting)
        _note_items(request, reader, meeting)
        sheet = queries.record_of(reader, meeting)
        return _file(request, sheet, minutes, f"minutes-{meeting.held_on}-to-correct.docx")


def _on_record(reader: Actor, meeting: Meeting) -> Minutes:
    minutes = minutes_of(reader, meeting)
    if minutes is None or minutes.state == "writing":
        raise Http404
    return minutes


def _sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _read(form: forms.Form, then: Callable[[Bound, bytes, str], Any]) -> Any:
    """What a chosen file says; a sentence at the form where it cannot be used, and None."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        data, name = file.read(), file.name or "file.docx"
        return then(read_bound(data, name), data, name)
    except (NotReadable, OfAnother, NotUsable, NotAllowed) as refusal:
        form.add_error("file", str(refusal))
        return None


@require_http_methods(EITHER)
def typed(request: Request, key: str) -> HttpResponse:
    """Choose a Word file that was typed in; then see what of it differs, item by item."""
    minutes = _own(request, key)
    actor = request.actor
    form = WordFileForm(*_sent(request))
    sheet = queries.skeleton_of(actor, minutes)
    found: Sorted | None = _read(form, lambda bound, *_: sorted_out(bound, sheet))
    if found is None:
        status = 422 if form.is_bound else 200
        context = {"meeting": minutes.meeting, "form": form}
        return render(request, "word_files/typed.html", context, status=status)
    return _compared(request, minutes, comparing.compared(actor, minutes, sheet, found))


def _compared(
    request: Request,
    minutes: Minutes,
    shown: comparing.Compared,
    *,
    warning: str = "",
    status: int = 200,
) -> HttpResponse:
    _note_items(request, request.actor, minutes.meeting)
    context = {
        "meeting": minutes.meeting,
        "minutes": minutes,
        "shown": shown,
        "warning": warning,
        "unclear": [one for one in shown.seats if one.unclear],
    }
    return render(request, "word_files/compared.html", context, status=status)


@require_POST
def take(request: Request, key: str) -> HttpResponse:
    """Take up what was chosen of a file that was shown; what it says came along with the page."""
    minutes = _own(request, key)
    given = request.POST
    texts: dict[str, tuple[str, bool]] = {}
    tokens: dict[str, str] = {}
    for draft in drafts_of(request.actor, minutes):
        if f"text-{draft.key}" in given:
            texts[draft.key] = given[f"text-{draft.key}"], f"take-{draft.key}" in given
            tokens[draft.key] = given.get(f"version-{draft.key}", "")
        for number in range(len(given.getlist("stray"))):
            if given.get(f"stray-to-{number}") == draft.key:
                before, chosen = texts.get(draft.key, (draft.text, True))
                # Beside a text that was not chosen it goes below what stands here.
                kept = before if chosen else draft.text
                stray = given.getlist("stray")[number]
                texts[draft.key] = f"{kept}\n\n{stray}".strip(), True
                tokens.setdefault(draft.key, str(draft.version))
    wanted, warning = _cleaned(texts, tokens)
    came = _came(request, minutes)
    if not warning and not wanted and came is None:
        warning = NONE
    if not warning:
        try:
            services.take_up(request.actor, minutes=minutes, texts=wanted, came=came)
        except (Met, Overtaken):
            warning = SINCE
        else:
            messages.success(request, "Taken up from the Word file. Nothing is on record yet.")
            return redirect("minuting:write", key)
    again = _again(request, minutes, texts)
    status = 409 if warning == SINCE else 422
    return _compared(request, minutes, again, warning=warning, status=status)


def _cleaned(
    texts: dict[str, tuple[str, bool]], tokens: dict[str, str]
) -> tuple[dict[str, services.Typed], str]:
    wanted: dict[str, services.Typed] = {}
    for key, (text, chosen) in texts.items():
        if not chosen:
            continue
        form = DraftForm({"text": text, "version": tokens[key]})
        if not form.is_valid():
            return {}, str(form.errors.get("text", [SINCE])[0])
        wanted[key] = services.Typed(tokens[key], form.cleaned_data["text"])
    return wanted, ""


def _came(request: Request, minutes: Minutes) -> services.Came | None:
    given = request.POST
    if "take-came" not in given:
        return None
    ticked = {}
    for one in attenders_of(request.actor, minutes):
        came = given.get(f"came-{one.position}", one.came)
        if came in ("", "present", "apologies", "substitute"):
            substitute = given.get(f"substitute-{one.position}", "")[:160]
            ticked[one.position] = Ticked(came, substitute, one.arrived_at, one.left_at)
    others = given.get("others", "").replace("\r\n", "\n")[:4_000]
    return services.Came(given.get("who-version", ""), ticked, others)


def _again(
    request: Request, minutes: Minutes, texts: dict[str, tuple[str, bool]]
) -> comparing.Compared:
    """The page as it was, from what it sent, beside what stands here by now."""
    given, actor = request.POST, request.actor
    sheet = queries.skeleton_of(actor, minutes)
    seats = [
        comparing.Seat(
            one,
            given.get(f"came-{one.position}", one.came),
            given.get(f"substitute-{one.position}", one.substitute),
        )
        for one in attenders_of(actor, minutes)
    ]
    names = {part.mark.split("_")[1]: part.heading for part in sheet.parts if part.is_open}
    return comparing.chosen_again(
        actor,
        minutes,
        texts,
        comparing.Compared(
            [],
            0,
            [(one.key, names.get(one.key, "")) for one in drafts_of(actor, minutes)],
            list(zip(given.getlist("stray-from"), given.getlist("stray"), strict=False)),
            seats,
            given.get("others", ""),
            "who-version" in given,
        ),
    )


@require_http_methods(EITHER)
def corrections(request: Request, key: str) -> HttpResponse:
    """Choose a Word file with tracked changes; then see each of them, to be recorded or not."""
    meeting, sheet = _correcting(request, key)
    form = WordFileForm(*_sent(request))
    read: tuple[Bound, Sorted] | None = _read(
        form, lambda bound, *_: (bound, sorted_out(bound, sheet))
    )
    if read is None:
        context = {"meeting": meeting, "form": form, "marking": sheet.marking}
        status = 422 if form.is_bound else 200
        return render(request, "word_files/corrections.html", context, status=status)
    bound, found = read
    proposed, untracked = comparing.proposed(sheet, found)
    return _proposed(
        request, meeting, proposed, untracked=untracked, comments=bound.markup.comments
    )


def _correcting(request: Request, key: str) -> tuple[Meeting, Sheet]:
    meeting = _meeting(request, key)
    may_correct(request.actor, meeting).enforce()
    return meeting, queries.record_of(request.actor, meeting)


def _proposed(
    request: Request,
    meeting: Meeting,
    proposed: Any,
    *,
    untracked: Any = (),
    comments: Any = (),
    form: AgreedForm | None = None,
    warning: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "proposed": proposed,
        "untracked": untracked,
        "comments": comments,
        "form": form or _agreed(request, meeting),
        "warning": warning,
    }
    return render(request, "word_files/proposed.html", context, status=status)


def _agreed(request: Request, meeting: Meeting, data: Any = None) -> AgreedForm:
    return AgreedForm(
        data,
        meetings=could_have_agreed(request.actor, meeting),
        circulated=not meeting.with_office,
    )


@require_POST
def correct(request: Request, key: str) -> HttpResponse:
    """Record the corrections that were chosen of a file that was shown."""
    meeting, sheet = _correcting(request, key)
    given = request.POST
    sent = list(
        zip(given.getlist("item"), given.getlist("before"), given.getlist("after"), strict=False)
    )
    parts = {part.mark.removeprefix("i_"): part for part in sheet.parts if part.is_open}
    shown = [
        comparing.sent_again(parts[item], before, after)
        for item, before, after in sent
        if item in parts
    ]
    chosen = [one for place, one in enumerate(shown) if f"take-{place}" in given and one.stands]
    form = _agreed(request, meeting, given)
    warning = "" if chosen else NONE
    if chosen and form.is_valid():
        wanted = [
            services.Corrected(
                one.item, one.correction.before, one.correction.after or services.TAKEN_OUT
            )
            for one in chosen
        ]
        services.correct_all(
            request.actor,
            meeting=meeting,
            corrections=wanted,
            agreed_at=form.cleaned_data.get("agreed_at"),
        )
        count = f"{len(wanted)} corrections" if len(wanted) > 1 else "The correction"
        verb = "are" if len(wanted) > 1 else "is"
        messages.success(request, f"{count} {verb} recorded. The minutes stay as they are.")
        return redirect(meeting.get_absolute_url())
    return _proposed(request, meeting, shown, form=form, warning=warning, status=422)


@require_http_methods(EITHER)
def template(request: Request) -> HttpResponse:
    """The template that all Word files are made in."""
    actor = request.actor
    may = policies.may_keep_template(actor)
    form = TemplateForm(*_sent(request))
    if request.method == "POST":
        may.enforce()
        kept = _read(
            form,
            lambda bound, data, name: services.keep_template(
                actor, name=name, data=data, read=bound
            ),
        )
        if kept:
            messages.success(request, "Word files are made in this template from now on.")
            return redirect("word_files:template")
    newest = queries.templates_visible_to(actor).first()
    context = {"template": newest, "may": may, "form": form}
    return render(
        request, "word_files/template.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def template_own(request: Request) -> HttpResponse:
    services.drop_template(request.actor)
    messages.success(request, "Word files are made in the program’s own template from now on.")
    return redirect("word_files:template")
