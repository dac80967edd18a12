"""Pages of the public edition for members: what is out, what waits, and one public version."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.editions import links, policies, queries, releasing, services
from concerted.editions.content import Content
from concerted.editions.forms import ClosedForm, NameForm, PartForm, ReasonForm, SettingsForm
from concerted.editions.freezing import meeting_of, paper_of, thawed
from concerted.editions.models import PublicText, Release
from concerted.editions.naming import Found, personal_in
from concerted.editions.sources import Source, source_of
from concerted.editions.states import UNDER_WAY, ReleaseState, SourceKind
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import public as meetings
from concerted.papers import public as papers
from concerted.people.public import people_visible_to
from concerted.public_door.things import Meeting, Paper

EITHER = ["GET", "HEAD", "POST"]
PAGE = 20


@require_safe
def index(request: Request) -> HttpResponse:
    actor = request.actor
    out = queries.in_state(actor, [ReleaseState.PUSHED])
    context = {
        "waiting": list(queries.waiting_for(actor)),
        "hits": list(queries.hits_to_look_at(actor)[:PAGE]),
        "drafts": list(queries.in_state(actor, UNDER_WAY)),
        "page": Paginator(out, PAGE).get_page(request.GET.get("page")),
        "withdrawn": list(queries.in_state(actor, [ReleaseState.WITHDRAWN])[:PAGE]),
        "may_change": policies.may_change_settings(actor),
    }
    return render(request, "editions/list.html", context)


@require_http_methods(EITHER)
def of_meeting(request: Request, key: str) -> HttpResponse:
    meeting = get_object_or_404(meetings.visible_to(request.actor), key=key)
    return _of(request, source_of(request.actor, meeting), meeting)


@require_http_methods(EITHER)
def of_paper(request: Request, key: str) -> HttpResponse:
    paper = get_object_or_404(papers.visible_to(request.actor), key=key)
    return _of(request, source_of(request.actor, paper), paper)


def _of(request: Request, source: Source, thing: Any) -> HttpResponse:
    """All versions of one source; posting begins the next."""
    if request.method == "POST":
        return redirect(services.start(request.actor, source=source))
    versions = list(queries.versions_of(request.actor, source.key))
    under_way = any(one.state in UNDER_WAY for one in versions)
    context = {
        "source": source,
        "thing": thing,
        "versions": versions,
        "may_start": policies.may_start(request.actor, source, under_way=under_way),
    }
    return render(request, "editions/source.html", context)


@require_safe
def release(request: Request, key: str) -> HttpResponse:
    """One version: being edited, waiting for approval, or as it went out."""
    found = _release(request, key)
    text = queries.text_of(request.actor, found)
    if found.state == ReleaseState.DRAFT and text:
        return _draft(request, found, text)
    actor = request.actor
    source = services.source_behind(actor, found)
    changed = source is None or source.digest != found.source_digest
    may_send_link = policies.may_send_link(actor, found, changed=changed)
    context = {
        "release": found,
        # As the reader sees it: whoever asked may have seen something restricted that they do not.
        "restricted": source is not None and source.restricted,
        "links": links.sent_for(found) if may_send_link else [],
        "may_send_link": may_send_link,
        # What was restricted since may stand in it; what is public anybody has read.
        "shown": shown_of(found) if found.state == ReleaseState.PUSHED or not changed else None,
        "changed": changed,
        "hits": list(queries.hits_of(actor, found)),
        "may_approve": policies.may_approve(
            actor, found, changed=changed, alone=queries.settings_of(actor).alone
        ),
        "may_decide": policies.may_decide(actor, found),
        "may_stop": policies.may_stop(actor, found),
        "may_withdraw": policies.may_withdraw(actor, found),
    }
    return render(request, "editions/release.html", context)


def _draft(request: Request, found: Release, text: PublicText) -> HttpResponse:
    actor = request.actor
    changed = services.changed(actor, found)
    # A draft of what was changed since may hold what was restricted since: it is not shown.
    left = [] if changed else services.left_over(actor, found, text)
    made = (meeting_of if found.kind == SourceKind.MEETING else paper_of)(text.content)
    context = {
        "release": found,
        "text": text,
        "parts": _parts(text.content, left),
        "shown": None if changed else made,
        "left": left,
        "changed": changed,
        "may_edit": policies.may_edit(actor, found, text, changed=changed),
    }
    return render(request, "editions/draft.html", context)


def _parts(content: Content, left: Sequence[Found]) -> list[dict[str, Any]]:
    """Each part for the list: what it is, whether it goes out, what has to be looked at."""
    return [
        {
            "title": one["title"],
            "out": one["out"],
            "left": sum(
                any(detail.words in each["text"] for each in one["fields"]) for detail in left
            ),
        }
        for one in content["parts"]
    ]


def shown_of(found: Release) -> Meeting | Paper | None:
    """What would go out, or went, out of the frozen content."""
    for thing in thawed(found.frozen) if found.frozen else ():
        if isinstance(thing, Meeting | Paper):
            return thing
    return None


def _release(request: Request, key: str) -> Release:
    return get_object_or_404(queries.visible_to(request.actor), key=key)


def _drafted(request: Request, key: str) -> tuple[Release, PublicText]:
    """A version with its text, for those who make it; refused once the text is settled."""
    found = _release(request, key)
    text = queries.text_of(request.actor, found)
    if text is None:
        raise NotAllowed("Only this body’s secretary can change this text.")
    changed = services.changed(request.actor, found)
    policies.may_edit(request.actor, found, text, changed=changed).enforce()
    return found, text


@require_http_methods(EITHER)
def part(request: Request, key: str, number: int) -> HttpResponse:
    """The words of one part, with what the record says beside them."""
    found, text = _drafted(request, key)
    one = _numbered(text.content["parts"], number)
    form = PartForm(
        request.POST or None,
        part=one,
        found=services.details_in(request.actor, found, text, number),
        kept=text.kept,
        initial={"saves": text.saves},
    )
    if form.is_valid() and _saves(
        form,
        lambda: services.save_part(
            request.actor,
            release=found,
            number=number,
            given=form.words,
            out=form.cleaned_data.get("out", False),
            kept=form.cleaned_data.get("kept", []),
            saves=form.cleaned_data["saves"],
        ),
        text,
    ):
        messages.success(request, f"Saved: {one['title']}.")
        return redirect(found)
    naming = services.naming_of(request.actor, found)
    context = {
        "release": found,
        "form": form,
        "part": one,
        "number": number,
        "source": _marked(one["source"], personal_in(one["source"], naming)),
    }
    return render(request, "editions/part.html", context)


@require_http_methods(EITHER)
def closed(request: Request, key: str, number: int) -> HttpResponse:
    """What the public is told of one closed thing."""
    found, text = _drafted(request, key)
    one = _numbered(text.content["closed"], number)
    form = ClosedForm(request.POST or None, initial=one | {"saves": text.saves})
    if form.is_valid() and _saves(
        form,
        lambda: services.save_closed(
            request.actor, release=found, number=number, **form.cleaned_data
        ),
        text,
    ):
        messages.success(request, f"Saved: {one['number']}.")
        return redirect(found)
    context = {"release": found, "form": form, "closed": one}
    return render(request, "editions/closed.html", context)


def _numbered(things: Sequence[Content], number: int) -> Content:
    if not 1 <= number <= len(things):
        raise Http404
    return things[number - 1]


def _saves(form: Any, save: Any, text: PublicText) -> bool:
    """Save; where somebody else saved meanwhile, say so and keep what was typed on the page."""
    if form.cleaned_data["saves"] == text.saves:
        save()
        return True
    form.add_error(None, policies.ELSEWHERE)
    form.data = form.data.copy()
    form.data["saves"] = str(text.saves)
    return False


def _marked(source: str, found: Sequence[Found]) -> list[list[tuple[str, str]]]:
    """The source in paragraphs of (words, kind) pairs; kind is empty for what is no detail."""
    marked: list[list[tuple[str, str]]] = [[]]
    at = 0
    stretches: list[tuple[str, str]] = []
    for one in found:
        stretches += [(source[at : one.start], ""), (source[one.start : one.end], one.what)]
        at = one.end
    for words, kind in [*stretches, (source[at:], "")]:
        if kind:
            marked[-1].append((words, kind))
            continue
        first, *rest = words.split("\n\n")
        marked[-1].append((first, ""))
        marked += [[(each, "")] for each in rest]
    return marked


@require_POST
def settle(request: Request, key: str) -> HttpResponse:
    found = _release(request, key)
    saves = request.POST.get("saves", "")
    if not saves.isdecimal():
        raise NotAllowed(policies.ELSEWHERE)
    if queries.text_of(request.actor, found) is None:
        raise NotAllowed("Only this body’s secretary can change this text.")
    services.approve_text(request.actor, release=found, saves=int(saves))
    messages.success(request, "The text is approved. Nothing is public yet: ask for its release.")
    return redirect(found)


@require_POST
def ask(request: Request, key: str) -> HttpResponse:
    found = releasing.ask(request.actor, release=_release(request, key))
    messages.success(request, "Asked. Another person now looks at it and approves it.")
    return redirect(found)


@require_POST
def approve(request: Request, key: str) -> HttpResponse:
    found = releasing.approve(
        request.actor,
        release=_release(request, key),
        looked_at=request.POST.get("looked_at", ""),
    )
    messages.success(request, "Approved. It is on its way to the public site.")
    return redirect(found)


@require_http_methods(EITHER)
def stop(request: Request, key: str) -> HttpResponse:
    found = _release(request, key)
    policies.may_stop(request.actor, found).enforce()
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        releasing.stop(request.actor, release=found, reason=form.cleaned_data["reason"])
        messages.success(request, "Stopped. Nothing of it went out.")
        return redirect(found)
    return render(request, "editions/stop.html", {"release": found, "form": form})


@require_http_methods(EITHER)
def withdraw(request: Request, key: str) -> HttpResponse:
    found = _release(request, key)
    policies.may_withdraw(request.actor, found).enforce()
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        releasing.withdraw(request.actor, release=found, reason=form.cleaned_data["reason"])
        messages.success(request, "Withdrawn. It leaves the public site within a minute.")
        return redirect(found)
    return render(request, "editions/withdraw.html", {"release": found, "form": form})


@require_http_methods(EITHER)
def hit(request: Request, key: str) -> HttpResponse:
    """Words of a restricted thing in what would be public, for those who may see that thing."""
    found = get_object_or_404(queries.hits_visible_to(request.actor), key=key)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        releasing.accept_hit(request.actor, hit=found, reason=form.cleaned_data["reason"])
        messages.success(request, "Recorded: these words stand there by coincidence.")
        return redirect("editions:list")
    return render(request, "editions/hit.html", {"hit": found, "form": form})


@require_http_methods(EITHER)
def settings(request: Request) -> HttpResponse:
    actor = request.actor
    how = queries.settings_of(actor)
    form = SettingsForm(request.POST or None, initial={"contact": how.contact, "alone": how.alone})
    if form.is_valid():
        services.change_settings(actor, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("editions:settings")
    return _settings(request, form, NameForm(people=_people(request)))


@require_POST
def name_publicly(request: Request) -> HttpResponse:
    form = NameForm(request.POST, people=_people(request))
    if form.is_valid():
        services.name_publicly(request.actor, **form.cleaned_data)
        messages.success(request, "Public texts made from now on may give this name.")
        return redirect("editions:settings")
    policies.may_change_settings(request.actor).enforce()
    how = queries.settings_of(request.actor)
    unchanged = SettingsForm(initial={"contact": how.contact, "alone": how.alone})
    return _settings(request, unchanged, form)


def _people(request: Request) -> QuerySet[Any]:
    return people_visible_to(request.actor)


def _settings(request: Request, form: SettingsForm, name_form: NameForm) -> HttpResponse:
    context = {
        "settings_form": form,
        "name_form": name_form,
        "named": list(queries.named_publicly(request.actor)),
        "may_change": policies.may_change_settings(request.actor),
    }
    return render(request, "editions/settings.html", context)


@require_POST
def name_no_longer(request: Request, key: str) -> HttpResponse:
    named = get_object_or_404(queries.named_publicly(request.actor), key=key)
    services.name_no_longer(request.actor, named=named)
    messages.success(request, "Public texts made from now on do not give this name.")
    return redirect("editions:settings")
