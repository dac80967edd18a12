"""Pages of actions: whose they are, one action, and what can be said of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.addresses import address
from concerted.access.http import Request
from concerted.actions import history, links, policies, queries, services
from concerted.actions.forms import (
    LONGEST,
    AcceptForm,
    AddForm,
    AnswerForm,
    FilterForm,
    RedateForm,
    SayForm,
    SendLinkForm,
    SettleForm,
    WithdrawForm,
)
from concerted.actions.lines import ActionLine, source_href
from concerted.actions.models import Action, Update
from concerted.actions.queries import Counts, Listed, Part, Whose
from concerted.actions.states import ActionState, Said
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import (
    bodies_visible_to,
    may_see_readers,
    organisations_visible_to,
    people_visible_to,
    posts_visible_to,
)
from concerted.reading.files import NotReadable
from concerted.reading.sandbox import read_letter
from concerted.restrictions.public import closed_to, closure_of
from concerted.ui.forms import MailForm
from concerted.ui.jinja import query
from concerted.ui.words import day

ON_A_PAGE = 20
DONE_SHOWN = 20
EITHER = ["GET", "HEAD", "POST"]
STATE_WORDS = {"late": "Overdue"} | dict(ActionState.choices)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a list as it stands on a page: `total` counts it on all pages."""

    id: str
    title: str
    total: int
    lines: list[ActionLine]


TITLES = {
    Part.OVERDUE: ("late", "Overdue"),
    Part.SOON: ("soon", "Due in the next 14 days"),
    Part.LATER: ("later", "Later"),
}


@require_safe
def mine(request: Request) -> HttpResponse:
    """What was given to the reader or their post."""
    return _whose(request, Whose.MINE)


@require_safe
def organisation(request: Request) -> HttpResponse:
    """What the reader's organisation owns or is asked."""
    return _whose(request, Whose.ORGANISATION)


@require_safe
def bodies(request: Request) -> HttpResponse:
    """The actions of the bodies the reader sits on or supports."""
    return _whose(request, Whose.BODIES)


def _page(request: Request, actions: Listed) -> Page[Any]:
    return Paginator(actions, ON_A_PAGE).get_page(request.GET.get("page"))


def _rows(page: Page[Any]) -> QuerySet[Action]:
    return cast(QuerySet[Action], page.object_list)


def _whose(request: Request, whose: Whose) -> HttpResponse:
    actor = request.actor
    listed = queries.unfinished(actor, whose)
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(actor, queries.rows(actor, [pk for pk, _ in page]))
    done = queries.done_lately(actor, whose)
    counts = queries.counts(actor)
    context = {
        "tab": whose.value,
        "tabs": _tabs(whose, counts),
        "counts": counts,
        "page": page,
        "sections": _sections(
            lines,
            dict(listed),
            "Waiting to be accepted" if whose == Whose.BODIES else "Waiting for others",
        ),
        "done": queries.lines(actor, queries.rows(actor, done[:DONE_SHOWN])),
        "done_count": len(done),
        "may_add": policies.may_agree(actor, None),
        "here": request.get_full_path(),
    }
    return render(request, "actions/whose.html", context)


def _sections(lines: list[ActionLine], parts: Mapping[int, Part], waiting: str) -> list[Section]:
    totals = Counter(parts.values())
    sections = []
    for part, (key, title) in (TITLES | {Part.WAITING: ("waiting", waiting)}).items():
        shown = [line for line in lines if parts[line.action.pk] == part]
        if shown:
            sections.append(Section(key, title, totals[part], shown))
    return sections


def _tabs(current: str, counts: Counts) -> list[dict[str, Any]]:
    tabs = [
        ("mine", "Mine", counts.mine),
        ("organisation", "My organisation’s", counts.organisation),
        ("bodies", "My bodies’", counts.bodies),
        ("all", "All", counts.all),
    ]
    return [
        {
            "text": text,
            "count": count,
            "href": address(f"actions:{name}"),
            "current": name == current,
        }
        for name, text, count in tabs
    ]


@require_safe
def register(request: Request) -> HttpResponse:
    """All actions the reader sees, overdue first, with a filter."""
    actor = request.actor
    form = FilterForm(
        request.GET,
        auto_id="filter-%s",
        bodies=bodies_visible_to(actor),
        organisations=organisations_visible_to(actor),
    )
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name) or None for name in ("body", "organisation")}
    state = form.cleaned_data.get("state", "")
    listed = queries.register(actor, **chosen, state=state)
    page = _page(request, listed)
    context = {
        "tabs": _tabs("all", queries.counts(actor)),
        "filter": form,
        "closed": [] if any(chosen.values()) or state else closed_to(actor, "actions.action"),
        "filter_chips": _chips(request, chosen, state),
        "page": page,
        "lines": queries.lines(actor, _rows(page)),
        "of": chosen["body"],
        "may_add": policies.may_agree(actor, None),
    }
    return render(request, "actions/all.html", context)


def _chips(request: Request, chosen: Mapping[str, Any], state: str) -> list[dict[str, str]]:
    """The filter in use; each link takes one part of it away."""
    words = {name: str(value) for name, value in chosen.items() if value}
    if state:
        words["state"] = STATE_WORDS[state]
    return [
        {"text": text, "href": query(request.GET, **{name: None, "page": None})}
        for name, text in words.items()
    ]


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    return _detail(request, _action(request, key), SayForm())


def _detail(
    request: Request, action: Action, form: SayForm, *, from_mail: bool = False
) -> HttpResponse:
    actor = request.actor
    services.consulted(actor, action=action)
    line = queries.line(actor, action)
    updates = list(line.updates)
    closure = (
        closure_of(actor, "actions.action", action.key)
        if action.audience_id != action.body.papers_audience_id
        else None
    )
    context = {
        "line": line,
        "action": line.action,
        "form": form,
        "updates": list(reversed(updates)),
        "proposals": [
            one
            for one in queries.to_take_up(actor).filter(action=action)
            if policies.may_settle(actor, one)
        ]
        if policies.runs(actor, action.body_id)
        else [],
        "sources": {one.pk: source_href(one) for one in updates},
        "moves": [one for one in history.counting(updates) if one.said == Said.NEW_DATE],
        "first_due": history.first_due(line.action, updates),
        "answers": queries.answer_table(actor, line),
        "may_send_link": policies.may_send_link(actor, action, line.owner_rows),
        "may_withdraw": policies.may_withdraw(actor, action),
        "may_see_readers": action.restricted
        and may_see_readers(actor, action.body, owner_id=closure.owner_id if closure else None),
        "closure": closure,
        "from_mail": from_mail,
        "here": request.get_full_path() if request.method != "POST" else "",
    }
    return render(request, "actions/detail.html", context)


def _action(request: Request, key: str) -> Action:
    return get_object_or_404(queries.visible_to(request.actor), key=key)


def _posted(request: Request) -> QueryDict | None:
    """What a form is filled with: nothing until it was sent, even if it was sent empty."""
    return request.POST if request.method == "POST" else None


def _back(request: Request, action: Action) -> HttpResponse:
    """Back to the list where the button stood, at the row it stood in."""
    to = request.POST.get("next", "")
    if to.startswith("/") and url_has_allowed_host_and_scheme(to, {request.get_host()}):
        return redirect(f"{to}#action-{action.key}")
    return redirect(action)


@require_POST
def say(request: Request, key: str) -> HttpResponse:
    """One tap. “Give a new date” leads on to the page that asks for the date, with the note."""
    action = _action(request, key)
    if request.POST.get("said") == Said.NEW_DATE:
        _owned(request, action).may_redate.enforce()
        return _redate(request, action, RedateForm(initial={"reason": request.POST.get("note")}))
    _owned(request, action).may_update.enforce()
    form = SayForm(request.POST)
    if not form.is_valid():
        return _detail(request, action, form)
    services.say(request.actor, action=action, **form.cleaned_data)
    return _back(request, action)


@require_http_methods(EITHER)
def from_mail(request: Request, key: str) -> HttpResponse:
    """An e-mail becomes the note of an update, which a person reads before anything is said."""
    action = _action(request, key)
    line = _owned(request, action)
    line.may_update.enforce()
    form = MailForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            letter = read_letter(file.read(), file.name or "message.eml")
        except NotReadable as refusal:
            form.add_error("file", str(refusal))
        else:
            # Who wrote it, the mail only says: whoever takes it over stands for it.
            parts = [letter.sender, day(letter.sent) if letter.sent else ""]
            head = ", ".join(["By e-mail", *filter(None, parts)])
            note = f"{head}: {letter.words}"[:LONGEST]
            return _detail(request, action, SayForm(initial={"note": note}), from_mail=True)
    status = 422 if form.is_bound else 200
    context = {"line": line, "form": form}
    return render(request, "actions/from_mail.html", context, status=status)


def _owned(request: Request, action: Action) -> ActionLine:
    return queries.line(request.actor, action)


@require_http_methods(EITHER)
def redate(request: Request, key: str) -> HttpResponse:
    """Give a new due date, and why."""
    action = _action(request, key)
    _owned(request, action).may_redate.enforce()
    form = RedateForm(_posted(request))
    if form.is_valid():
        services.redate(request.actor, action=action, **form.cleaned_data)
        messages.success(request, "The new date is recorded, with the reason.")
        return _back(request, action)
    return _redate(request, action, form)


def _redate(request: Request, action: Action, form: RedateForm) -> HttpResponse:
    context = {
        "line": _owned(request, action),
        "form": form,
        "next": request.POST.get("next", ""),
    }
    return render(request, "actions/redate.html", context)


@require_POST
def take_back(request: Request, key: str, update_key: str) -> HttpResponse:
    """Take back what the reader said, within the day."""
    action = _action(request, key)
    said = queries.updates_visible_to(request.actor).select_related("action").filter(action=action)
    update: Update = get_object_or_404(said, key=update_key)
    policies.may_take_back(request.actor, action, update, now=now()).enforce()
    services.take_back(request.actor, update=update)
    return _back(request, action)


@require_http_methods(EITHER)
def answer(request: Request, key: str) -> HttpResponse:
    """Answer for one's organisation, or say that there is nothing to say."""
    actor = request.actor
    action = _action(request, key)
    line = queries.line(actor, action)
    line.may_answer.enforce()
    organisations = organisations_visible_to(actor).filter(pk__in=line.to_answer)
    form = AnswerForm(_posted(request), organisations=organisations)
    if form.is_valid():
        services.answer(actor, action=action, **form.cleaned_data)
        messages.success(request, "Your organisation’s answer is recorded.")
        return _back(request, action)
    context = {"line": line, "form": form, "next": request.POST.get("next", "")}
    return render(request, "actions/answer.html", context)


@require_http_methods(EITHER)
def send_link(request: Request, key: str) -> HttpResponse:
    """Have a link sent to a colleague, who says once how the action stands, without an account."""
    action = _action(request, key)
    line = _owned(request, action)
    policies.may_send_link(request.actor, action, line.owner_rows).enforce()
    form = SendLinkForm(_posted(request), posts=links.posts_to_send_to(request.actor))
    if form.is_valid():
        try:
            person = links.send(request.actor, action=action, post=form.cleaned_data["post"])
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, f"A link goes to {person.name}. The secretary takes up what they answer."
            )
            return redirect(action)
    return render(request, "actions/send_link.html", {"line": line, "form": form})


@require_http_methods(EITHER)
def accept(request: Request, key: str) -> HttpResponse:
    """Accept as done, or say what is still to be done."""
    action = _action(request, key)
    line = queries.line(request.actor, action)
    line.may_accept.enforce()
    form = AcceptForm(_posted(request))
    if form.is_valid():
        note = form.cleaned_data["note"]
        if form.cleaned_data["accepted"] == "yes":
            services.accept(request.actor, action=action, note=note)
            messages.success(request, "Accepted as done.")
        else:
            services.not_accept(request.actor, action=action, note=note)
            messages.success(request, "Not accepted. The action is open again.")
        return _back(request, action)
    context = {"line": line, "form": form, "next": request.POST.get("next", "")}
    return render(request, "actions/accept.html", context)


@require_http_methods(EITHER)
def settle(request: Request, key: str) -> HttpResponse:
    """Take up what an owner without an account proposed, or say why not."""
    proposal = get_object_or_404(queries.proposals_visible_to(request.actor), key=key)
    policies.may_settle(request.actor, proposal).enforce()
    form = SettleForm(_posted(request))
    if form.is_valid():
        if form.cleaned_data["taken"] == "yes":
            services.take_up(request.actor, proposal=proposal)
            messages.success(request, "It is a part of the record now, as said by the owner.")
        else:
            services.not_take_up(
                request.actor, proposal=proposal, reason=form.cleaned_data["reason"]
            )
            messages.success(request, "It is not a part of the record.")
        return redirect(proposal.action)
    line = queries.line(request.actor, proposal.action)
    context = {"line": line, "proposal": proposal, "form": form}
    return render(request, "actions/settle.html", context)


@require_http_methods(EITHER)
def withdraw(request: Request, key: str) -> HttpResponse:
    """End an action that is no longer wanted, and say why."""
    action = _action(request, key)
    policies.may_withdraw(request.actor, action).enforce()
    form = WithdrawForm(_posted(request))
    if form.is_valid():
        services.withdraw(request.actor, action=action, **form.cleaned_data)
        messages.success(request, "The action is withdrawn.")
        return redirect(action)
    line = queries.line(request.actor, action)
    return render(request, "actions/withdraw.html", {"line": line, "form": form})


@require_http_methods(EITHER)
def add(request: Request) -> HttpResponse:
    """Add an action by hand."""
    actor = request.actor
    policies.may_agree(actor, None).enforce()
    form = AddForm(
        _posted(request),
        initial={"agreed_on": today()},
        bodies=queries.bodies_to_add_for(actor),
        owner_bodies=bodies_visible_to(actor),
        organisations=organisations_visible_to(actor),
        posts=posts_visible_to(actor),
        people=people_visible_to(actor),
    )
    if form.is_valid():
        action = services.agree(actor, **_agreed(form.cleaned_data))
        messages.success(request, "The action is added.")
        return redirect(action)
    return render(request, "actions/add.html", {"form": form})


def _agreed(given: Mapping[str, Any]) -> dict[str, Any]:
    owners = services.Owners(
        organisations=list(given["organisations"]),
        posts=[given["post"]] if given["post"] else [],
        people=[given["person"]] if given["person"] else [],
        bodies=[given["owner_body"]] if given["owner_body"] else [],
    )
    plain = ("text", "body", "agreed_on", "due", "all_seats")
    return {name: given[name] for name in plain} | {"owners": owners}
