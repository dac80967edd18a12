"""An action as a list shows it. Built from rows already loaded: no database."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from concerted.access.actor import Actor
from concerted.actions import history, policies
from concerted.actions.models import Action, Update
from concerted.actions.slips import Given, Slip, slipped
from concerted.actions.states import ActionState, Said
from concerted.kernel.verdict import Verdict
from concerted.ui import words

SOON_WITHIN = 7
NEAR_WITHIN = 14
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Badge:
    """How an action stands: words, and late | soon | done | plain. No words, nothing to show."""

    text: str = ""
    kind: str = "plain"


class OwnerRow(NamedTuple):
    """An owner as a line needs it: ids for the rules, and names with their audiences."""

    action_id: int
    organisation_id: int | None
    organisation_name: str | None
    organisation_audience_id: int | None
    post_id: int | None
    post_title: str | None
    post_of: str | None
    post_audience_id: int | None
    person_id: int | None
    person_name: str | None
    person_audience_id: int | None
    body_id: int | None
    body_name: str | None
    body_audience_id: int | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action with all that a row says of it to one reader.

    `ours`: the reader, their post, organisation or body owns it, or is asked. `asked` and
    `answered` count organisations, for an action asked of all seats. `to_answer` holds the
    reader's own organisations that have not answered. `recent` is what the reader said last and
    may still take back.
    """

    action: Action
    updates: tuple[Update, ...]
    owners: str
    due: str
    standing: Badge
    late: bool
    ours: bool
    dues: tuple[Given, ...]
    slipped: tuple[Slip, ...]
    asked: int
    answered: int
    to_answer: tuple[int, ...]
    last: Update | None
    last_is_own: bool
    recent: Update | None
    closed: Update | None
    actor: Actor
    owner_rows: tuple[OwnerRow, ...]
    asked_ids: frozenset[int]

    # What a reader may do is asked by the lists with buttons alone: worked out when it is.

    @property
    def may_update(self) -> Verdict:
        return policies.may_update(self.actor, self.action, self.owner_rows)

    @property
    def may_redate(self) -> Verdict:
        return policies.may_redate(self.actor, self.action, self.owner_rows)

    @property
    def may_answer(self) -> Verdict:
        return policies.may_answer(
            self.actor,
            self.action,
            None,
            asked=self.asked_ids,
            answered=history.answers(self.updates),
        )

    @property
    def may_accept(self) -> Verdict:
        claim = history.claim(self.updates)
        return policies.may_accept(
            self.actor,
            self.action,
            claimed_by=claim.by_id if claim else None,
            complete=history.complete(self.asked_ids, self.updates),
            owners=self.owner_rows,
        )

    @property
    def with_whom(self) -> str:
        """The owners beside the reader: their names, as far as the reader may know of them."""
        others = [one for one in self.owner_rows if not policies.owns(self.actor, [one])]
        return words.listed(_names(self.actor, others))

    @property
    def source_href(self) -> str:
        """The address of what the action came from, when that has a page."""
        return source_href(self.action)

    @property
    def owner_names(self) -> tuple[str, ...]:
        """Each owner by name, as far as the reader may know of them; and as printed."""
        names = _names(self.actor, self.owner_rows)
        return tuple(filter(None, (*names, self.action.owner_text)))

    @property
    def slips(self) -> int:
        """How many due dates slipped."""
        return len(self.slipped)

    @property
    def waits(self) -> bool:
        """Whether the reader has done their part: said to be done, or answered for theirs."""
        answered = self.action.all_seats and self.ours and not self.to_answer
        return self.action.state == ActionState.CLAIMED or answered

    @property
    def slip_words(self) -> str:
        """`Slipped once.`, `Slipped twice.`, or nothing."""
        often = {0: "", 1: "Slipped once.", 2: "Slipped twice."}
        return often.get(self.slips, f"Slipped {self.slips} times.")

    @property
    def remarks(self) -> str:
        """Where all this stands, in a sentence or two; nothing when there is nothing to say."""
        said = [self.slip_words]
        if self.action.all_seats:
            said.append(f"Asked of every organisation: {self.answer_words}.")
            if self.ours:
                said.append("Yours has not." if self.to_answer else "Yours has.")
        elif self.last and not self.recent:
            said += self._last_words(self.last)
        return " ".join(filter(None, said))

    def _last_words(self, last: Update) -> list[str]:
        who = "Your last update" if self.last_is_own else f"Last update by {last.by.name}"
        note = last.note
        if len(note) > LONGEST_NOTE:
            note = f"{note[:LONGEST_NOTE].rpartition(' ')[0] or note[:LONGEST_NOTE]} …"
        return [
            f"{who}, {words.day(last.at)}: {last.get_said_display()}.",
            f"“{note}”" if note else "",
        ]

    @property
    def answer_words(self) -> str:
        """`7 of 11 have answered`, or nothing when not all seats are asked."""
        return f"{self.answered} of {self.asked} have answered" if self.action.all_seats else ""


def line_of(
    actor: Actor,
    action: Action,
    *,
    owners: Sequence[OwnerRow],
    updates: Sequence[Update],
    asked: frozenset[int],
    now: datetime.datetime,
) -> ActionLine:
    """Build the line of an action from its owners and its updates, oldest first.

    `asked` are the organisations with a seat on its body today.
    """
    counting, answers = history.counting(updates), history.answers(updates)
    # Whoever answered was asked, though their seat may have ended since.
    everybody = asked | answers.keys() if action.all_seats else frozenset()
    own = everybody & set(actor.organisation_ids)
    dues = history.dues(action, updates)
    today = history.day(now)
    return ActionLine(
        action=action,
        updates=tuple(updates),
        owners=owner_words(actor, action, owners),
        due=due_words(action),
        standing=standing(action, today=today),
        late=is_late(action, today=today),
        ours=bool(own) or policies.owns(actor, owners),
        dues=tuple(dues),
        slipped=slipped(dues, history.ended_on(action, updates), today),
        asked=len(everybody),
        answered=len(answers),
        to_answer=tuple(sorted(own & asked - answers.keys())),
        last=counting[-1] if counting else None,
        last_is_own=bool(counting) and counting[-1].by_id == actor.person_id,
        recent=_recent(actor, action, counting, now=now),
        closed=history.closing(updates),
        actor=actor,
        owner_rows=tuple(owners),
        asked_ids=asked,
    )


def _recent(
    actor: Actor, action: Action, updates: Sequence[Update], *, now: datetime.datetime
) -> Update | None:
    own = [one for one in updates if one.by_id == actor.person_id]
    if own and policies.may_take_back(actor, action, own[-1], now=now):
        return own[-1]
    return None


def is_late(action: Action, *, today: datetime.date) -> bool:
    """Whether the due date passed and nobody has said that it is done."""
    return action.state == ActionState.OPEN and bool(action.due and action.due < today)


def standing(action: Action, *, today: datetime.date) -> Badge:
    """How an action stands, in words."""
    match action.state:
        case ActionState.DONE:
            return Badge(f"Done {_near(action.done_on, today)}".strip(), "done")
        case ActionState.WITHDRAWN:
            return Badge("Withdrawn")
        case ActionState.CLAIMED if action.all_seats:
            return Badge("All have answered", "done")
        case ActionState.CLAIMED:
            return Badge("Said to be done", "done")
    days = words.days_from(action.due, today) if action.due else NEAR_WITHIN + 1
    if days < 0:
        return Badge(f"{words.plural(-days, 'day')} overdue", "late")
    if days == 0:
        return Badge("Due today", "soon")
    if days <= NEAR_WITHIN and action.due:
        kind = "soon" if days <= SOON_WITHIN else "plain"
        return Badge(words.in_days(action.due, today).capitalize(), kind)
    return Badge()


def _near(day: datetime.date | None, today: datetime.date) -> str:
    """The day, without its year when that is this year's."""
    return words.day_and_month(day) if day and day.year == today.year else words.day(day)


def due_words(action: Action) -> str:
    """The due date; as printed, when no date could be read from it."""
    return words.day(action.due) or action.due_text or "No date given"


def owner_words(actor: Actor, action: Action, owners: Sequence[OwnerRow]) -> str:
    """Who owns an action; as printed, when nobody known was named."""
    if action.all_seats:
        return "All seats, one answer per organisation"
    return words.listed(_names(actor, owners)) or action.owner_text or "Nobody named"


def _names(actor: Actor, owners: Sequence[OwnerRow]) -> list[str]:
    """Each once: two records of one person may both own what became one person's."""
    names = (_name(actor, owner) for owner in owners)
    return list(dict.fromkeys(name for name in names if name))


def _name(actor: Actor, owner: OwnerRow) -> str:
    """The name of an owner; nothing when this reader may not know of them."""
    if owner.organisation_id:
        name, audience_id = owner.organisation_name, owner.organisation_audience_id
    elif owner.post_id:
        name, audience_id = f"{owner.post_title} ({owner.post_of})", owner.post_audience_id
    elif owner.person_id:
        name, audience_id = owner.person_name, owner.person_audience_id
    else:
        name, audience_id = owner.body_name, owner.body_audience_id
    return name or "" if audience_id in actor.audience_ids else ""


def source_href(action: Action | Update) -> str:
    """The address of what an action came from, or an update was said in, when that has a page."""
    if not (action.source_route and action.source_key):
        return ""
    try:
        return reverse(action.source_route, args=[action.source_key])
    except NoReverseMatch:
        return ""


def said_words(update: Update) -> str:
    """What an update says, as the title of a line: `Action re-dated to 4 December 2026`."""
    title = {
        Said.DONE: "Action said to be done",
        Said.ON_TRACK: "Action on track",
        Said.STILL: "Action still being done",
        Said.LATE: "Action will be late",
        Said.NEW_DATE: f"Action re-dated to {words.day(update.due_after)}",
        Said.NOTE: "Note on an action",
        Said.ANSWER: "Action answered",
        Said.NIL: "Action answered: nothing to say (nil return)",
        Said.ACCEPTED: "Action done and accepted",
        Said.NOT_ACCEPTED: "Action not accepted as done",
        Said.WITHDRAWN: "Action withdrawn",
    }
    return title[Said(update.said)]
