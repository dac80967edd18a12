"""What a person has to look at before a reading becomes records: plain data, no database.

A review is made of cards. A question must be answered; an offer or a personal detail is decided;
what is sure stands ready to be corrected. Nothing is ever answered for the person.
"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from concerted.imports.closing import Closing, Earlier, closings
from concerted.imports.matching import NEW, Answered, Directory, Known, Match, initials, plain
from concerted.reading.model import (
    Action,
    Decision,
    Field,
    Meeting,
    Name,
    Personal,
    Reading,
    Span,
)
from concerted.reading.reports import Report

NEW_PERSON = "new"
LEAVE_OUT = "leave-out"
OTHER = "other"
NOWHERE = "nowhere"
KEEP, REPLACE, RESTRICT = "keep", "replace", "restrict"
AND = re.compile(r"\s*(?:[,;/&]|\band\b)\s*")
ALL_SEATS, NO_OWNER, AS_PRINTED = "all", "none", "printed"
EACH_UNPLACED = 12  # beyond this, one question for the rest
LIMITS = {"venue": 300, "status": 80}

INSTEAD = {
    "person": "a named person",
    "phone": "a telephone number",
    "email": "an e-mail address",
    "address": "an address",
}
KINDS = {"person": "person", "phone": "telephone", "email": "e-mail", "address": "address"}
LISTS = (
    ("present", "Present"),
    ("officers", "Officers"),
    ("in_attendance", "In attendance"),
    ("apologies", "Apologies"),
    ("late", "Apologies for lateness"),
)


@dataclass(slots=True)
class Card:
    """Something to look at: the form fields it needs, the words it is about, where they stand."""

    id: str
    title: str
    names: tuple[str, ...]
    span: Span | None = None
    hint: str = ""
    line: int = 0
    quote: str = ""
    anchor: str = ""


@dataclass(slots=True)
class Choice:
    """A field with a closed list of answers; `initial` only where the text itself is sure."""

    name: str
    label: str
    options: list[tuple[str, str]]
    hint: str = ""
    initial: str = ""
    required: bool = True
    missing: str = "Choose an answer"
    inline: bool = False


@dataclass(slots=True)
class Line:
    """A line of text to correct; `kind` is text, date or time."""

    name: str
    label: str
    initial: str = ""
    hint: str = ""
    kind: str = "text"
    required: bool = False
    missing: str = ""
    limit: int = 0  # the longest that its column holds; 0 where there is no limit


@dataclass(slots=True)
class Tick:
    """A box to tick; never ticked for the person unless the minutes marked it themselves."""

    name: str
    label: str
    initial: bool = False


Input = Choice | Line | Tick


@dataclass(slots=True)
class Marked:
    """A stretch of the text as the page shows it."""

    span: Span
    kind: str
    ref: str
    href: str
    id: str
    ask: bool = False


@dataclass(slots=True)
class Review:
    """One meeting of a reading, laid out for a person."""

    reading: Reading
    meeting: Meeting
    number: int
    fields: list[Input] = field(default_factory=list)
    questions: list[Card] = field(default_factory=list)
    offers: list[Card] = field(default_factory=list)
    closings: list[Card] = field(default_factory=list)
    personal: list[Card] = field(default_factory=list)
    facts: list[Card] = field(default_factory=list)
    names: list[Card] = field(default_factory=list)
    items: list[Card] = field(default_factory=list)
    decisions: list[Card] = field(default_factory=list)
    actions: list[Card] = field(default_factory=list)
    matches: list[tuple[Name, Match]] = field(default_factory=list)
    organisations: dict[str, Match] = field(default_factory=dict)
    marks: list[Marked] = field(default_factory=list)
    closing: dict[str, Closing] = field(default_factory=dict)  # by the name of their field
    closing_of: Known | None = None  # the body whose earlier actions are offered to be closed
    undecided: bool = False  # nobody said yet whether the text with its tracked changes counts

    template = "imports/review.html"

    @property
    def meetings(self) -> int:
        """How many meetings the text holds; each is accepted on its own."""
        return len(self.reading.meetings)

    @property
    def details(self) -> Sequence[Personal]:
        return self.meeting.personal

    @property
    def sure(self) -> int:
        return sum(map(len, (self.facts, self.names, self.items, self.decisions, self.actions)))

    @property
    def decided(self) -> int:
        return sum(len(item.decisions) for item in self.meeting.items)

    @property
    def attendance(self) -> list[Name]:
        return [name for name, _ in self.matches]


NOT_TYPED: Mapping[str, Any] = {}


def none_earlier(body: str) -> Sequence[Earlier]:
    """No action is on record."""
    return ()


def review(
    reading: Reading,
    number: int,
    directory: Directory,
    *,
    undecided: bool = False,
    earlier: Callable[[str], Sequence[Earlier]] = none_earlier,
    typed: Mapping[str, Any] = NOT_TYPED,
) -> Review:
    """Lay out meeting `number` (from 1) of a reading against what the actor may see.

    `earlier` gives the unfinished actions of the body with a key. `typed` holds the answers that
    are known where minutes are typed here: they are not asked for, but owners who are not known.
    """
    made = Review(reading, reading.meetings[number - 1], number, undecided=undecided)
    directory = directory.as_read(made.meeting.body, made.meeting.date)
    _facts(made, directory)
    _names(made, directory)
    _items(made)
    _actions(made, directory)
    _closings(made, directory, earlier)
    _personal(made, directory)
    _unplaced(made)
    if typed:
        _as_typed_here(made, typed)
    for cards, letter in (
        (made.questions, "Q"),
        (made.offers, "O"),
        (made.closings, "E"),
        (made.personal, "P"),
    ):
        for place, card in enumerate(cards, start=1):
            card.id = f"{letter.lower()}{place}"
    _place(made)
    return made


def _as_typed_here(made: Review, answers: Mapping[str, Any]) -> None:
    """Leave out what is answered, and ask for each owner whom the words do not name for sure."""
    made.fields = [one for one in made.fields if one.name not in answers]
    for cards in (made.questions, made.facts, made.names, made.items, made.actions):
        cards[:] = [one for one in cards if not answers.keys() >= set(one.names)]
    for place, (name, _) in enumerate(made.matches):
        if f"n{place}_who" in answers:
            made.matches[place] = (name, NEW)
    choices = {one.name: one for one in made.fields if isinstance(one, Choice)}
    for place, action in enumerate(made.meeting.actions):
        owner = choices.get(f"a{place}_owner")
        if owner is None:
            continue
        owner.required = True
        owner.missing = f"Say who is to do “{_short(action.text, 60)}”, or choose “No owner yet”"
        if owner.initial in ("", AS_PRINTED):
            owner.initial = ""
            card = next(one for one in (*made.actions, *made.questions) if one.id == f"a{place}")
            card.title = "Whose action is this?"
            if card in made.actions:
                made.actions.remove(card)
                made.questions.append(card)


# What the meeting was


def _facts(made: Review, directory: Directory) -> None:
    meeting = made.meeting
    _body(made, meeting.body, directory)
    _date(made, meeting.date)
    for name, label, read, kind in (
        ("starts_at", "Time", meeting.start_time, "time"),
        ("venue", "Place", meeting.venue, "text"),
        ("status", "What the minutes say of themselves", meeting.status, "text"),
        ("next_meeting", "Next meeting", meeting.next_meeting, "date"),
    ):
        _scalar(made, name, label, read, kind)


def _body(made: Review, read: Field | None, directory: Directory) -> None:
    words = str(read.value) if read else ""
    match = directory.body(words) if words else NEW
    known = sorted(directory.bodies.known, key=lambda one: plain(one.name))
    first = [one for one in (match.same, *match.perhaps) if one]
    options = [(one.key, one.name) for one in dict.fromkeys([*first, *known])]
    options.append((NEW_PERSON, f"A body not known yet: add “{words}”" if words else "A new body"))
    made.fields.append(
        Choice(
            "body",
            "Which body met?",
            options,
            initial=match.same.key if match.same and read and read.sure else "",
            hint=(read.why if read else "The text does not name a body.") or match.why,
            missing="Say which body met",
        )
    )
    made.fields += [
        Line("body_name", "If it is new, its name", initial=words, limit=160),
        Choice(
            "body_kind",
            "If it is new, what kind of body",
            [(kind, kind) for kind in directory.kinds],
            required=False,
        ),
    ]
    names = ("body", "body_name", "body_kind")
    card = Card("body", "Which body met?", names, read.span if read else None)
    sure = bool(match.same and read and read.sure)
    (made.facts if sure else made.questions).append(card)


def _date(made: Review, read: Field | None) -> None:
    if read and read.sure:
        made.fields.append(
            Line(
                "held_on",
                "Date",
                _as_typed(read.value),
                kind="date",
                required=True,
                missing="Give the day of the meeting",
            )
        )
        made.facts.append(Card("held_on", "Date", ("held_on",), read.span))
        return
    options = []
    if read:
        days = dict.fromkeys([read.value, *read.candidates])
        options = [(_as_typed(day), _spoken(day)) for day in days]
    options.append((OTHER, "Another date"))
    made.fields.append(
        Choice(
            "date",
            "Which day was the meeting?",
            options,
            hint=read.why if read else "The text gives no date.",
            missing="Say which day the meeting was",
        )
    )
    made.fields.append(
        Line("held_on", "If another date", kind="date", hint="For example, 16 June 2009")
    )
    made.questions.append(
        Card("date", "Which day was the meeting?", ("date", "held_on"), read.span if read else None)
    )


def _scalar(made: Review, name: str, label: str, read: Field | None, kind: str) -> None:
    limit = LIMITS.get(name, 0)
    initial = _as_typed(read.value) if read else ""
    made.fields.append(Line(name, label, initial, kind=kind, limit=limit))
    card = Card(name, label, (name,), read.span if read else None, hint=read.why if read else "")
    if read and not read.sure:
        card.title = f"{label}: is this right?"
        made.questions.append(card)
    else:
        made.facts.append(card)


def _as_typed(value: object) -> str:
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return str(value)


def _spoken(value: object) -> str:
    return f"{value:%A} {_as_typed(value)}" if isinstance(value, datetime.date) else str(value)


# Who was there


def _names(made: Review, directory: Directory) -> None:
    meeting = made.meeting
    everyone = (
        *meeting.present,
        *meeting.in_attendance,
        *meeting.apologies,
        *meeting.late,
    )
    asked: set[str] = set()
    for place, name in enumerate(everyone):
        match = directory.person(name.name, name.organisation)
        made.matches.append((name, match))
        _name(made, place, name, match, directory.answer(name.name, name.organisation))
        _organisation(made, name, directory, asked)


def _name(made: Review, place: int, name: Name, match: Match, answered: Answered | None) -> None:
    prefix = f"n{place}"
    made.fields += [
        Line(
            f"{prefix}_name",
            "Name",
            name.name,
            required=True,
            missing=f"Give the name that stands for “{_short(name.name, 60)}”",
            limit=160,
        ),
        Line(f"{prefix}_organisation", "Organisation", name.organisation or "", limit=160),
        Choice(f"{prefix}_list", "List", list(LISTS), initial=name.section),
    ]
    written = f"{name.name} ({name.organisation})" if name.organisation else name.name
    details = (f"{prefix}_name", f"{prefix}_organisation", f"{prefix}_list")
    options = [(one.key, one.label) for one in match.perhaps]
    if match.same:
        options = [(match.same.key, match.same.label)]
    options += [
        (NEW_PERSON, "Somebody else: add a new person"),
        (LEAVE_OUT, "Not a person: leave it out"),
    ]
    sure = name.sure and not match.perhaps
    initial = "" if not sure else match.same.key if match.same else NEW_PERSON
    before = ""
    unasked = initial == NEW_PERSON and answered and answered.who == LEAVE_OUT
    if answered and (unasked or not initial) and answered.who in dict(options):
        initial = answered.who
        before = f"As you answered for {answered.held_on.day} {answered.held_on:%B %Y}."
    title = f"Is “{written}” the same as …?" if match.perhaps else f"Is “{written}” a person?"
    made.fields.append(
        Choice(
            f"{prefix}_who",
            title if not sure else "Who this is",
            options,
            hint=" ".join(filter(None, (name.why, match.why, before))),
            initial=initial,
            missing=f"Say who {name.name} is",
        )
    )
    card = Card(prefix, title if not sure else written, (f"{prefix}_who", *details), name.span)
    if sure:
        card.hint = before or ("" if match.same else "new")
        made.names.append(card)
    else:
        card.names = (f"{prefix}_who",)
        made.questions.append(card)
        made.names.append(Card(prefix, written, details, name.span))


def _organisation(made: Review, name: Name, directory: Directory, asked: set[str]) -> None:
    words = name.organisation
    if not words or plain(words) in asked:
        return
    asked.add(plain(words))
    match = directory.organisation(words)
    body = directory.body(words)
    made.organisations[plain(words)] = body if body.same else match
    if match.same or body.same or not match.perhaps:
        return
    field_name = f"g{len(asked)}"
    made.fields.append(
        Choice(
            field_name,
            f"Is “{words}” the same as …?",
            [
                *((one.key, one.name) for one in match.perhaps),
                (NEW_PERSON, "Another organisation: add it"),
            ],
            hint=match.why,
            missing=f"Say which organisation {words} is",
        )
    )
    made.organisations[plain(words)] = Match(perhaps=match.perhaps, why=field_name)
    made.questions.append(
        Card(field_name, f"Is “{words}” the same as …?", (field_name,), name.span)
    )


# What was dealt with and decided


def _items(made: Review) -> None:
    for place, item in enumerate(made.meeting.items):
        prefix = f"i{place}"
        made.fields += [
            Line(f"{prefix}_ref", "Number", item.ref or "", limit=40),
            Line(f"{prefix}_title", "Title", item.title or "", limit=400),
        ]
        words = " ".join(filter(None, (item.ref, item.title))) or f"Item {place + 1}"
        card = Card(prefix, words, (f"{prefix}_ref", f"{prefix}_title"), item.title_span)
        if item.sure:
            made.items.append(card)
        else:
            card.title, card.hint = f"Is “{words}” right?", item.why
            made.questions.append(card)
        for number, decision in enumerate(item.decisions):
            _decision(made, place, number, decision)


def _decision(made: Review, place: int, number: int, decision: Decision) -> None:
    prefix = f"d{place}_{number}"
    names = []
    for place_, limb in enumerate(decision.limbs):
        name = f"{prefix}_{place_}"
        letter = f"({limb.letter or chr(97 + place_)}) " if len(decision.limbs) > 1 else ""
        made.fields.append(
            Choice(
                name,
                f"{letter}{_short(limb.text)}",
                # What the words suggest stands first; where the reader doubts, nobody chose it.
                sorted(OUTCOME_OPTIONS, key=lambda option: option[0] != limb.code),
                hint="" if decision.sure else f"Read as: {OUTCOMES[limb.code]}.",
                initial=limb.code if decision.sure else "",
                missing=f"Say what “{_short(limb.text, 60)}” decided",
            )
        )
        names.append(name)
    card = Card(prefix, _short(decision.text), tuple(names), decision.span)
    if decision.sure:
        made.decisions.append(card)
    else:
        card.title = "Two decisions in one sentence?" if len(names) > 1 else "What did this decide?"
        card.hint = decision.why
        made.questions.append(card)


def _short(text: str, limit: int = 120) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"


OUTCOME_OPTIONS: list[tuple[str, str]] = [
    ("noted", "noted"),
    ("agreed", "agreed"),
    ("approved", "approved"),
    ("endorsed", "endorsed"),
    ("recommended_to", "recommended to"),
    ("referred_to", "referred to"),
    ("delegated_to", "delegated to"),
    ("deferred", "deferred"),
    ("not_agreed", "not agreed"),
    ("agreed_as_correct_record", "agreed as correct record"),
    ("other", "other"),
]
OUTCOMES = dict(OUTCOME_OPTIONS)


# What is to be done


def _actions(made: Review, directory: Directory) -> None:
    owners = owner_options(made, directory)
    for place, action in enumerate(made.meeting.actions):
        _action(made, directory, f"a{place}", action, owners, marked=True)
    for place, action in enumerate(made.meeting.implied_actions):
        _action(made, directory, f"o{place}", action, owners, marked=False)


def owner_options(made: Review, directory: Directory) -> list[tuple[str, str]]:
    """Everybody an action of this meeting can be given to."""
    options = [(ALL_SEATS, "All seats: one answer per organisation")]
    seen = set()
    for place, name in enumerate(made.attendance):
        if plain(name.name) not in seen:
            seen.add(plain(name.name))
            options.append((f"name:{place}", name.name))
    options += [(f"organisation:{one.key}", one.name) for one in directory.organisations.known]
    options += [(f"body:{one.key}", one.name) for one in directory.bodies.known]
    return options


def _owner(
    made: Review, directory: Directory, words: str | None, options: Sequence[tuple[str, str]]
) -> str:
    """The option that the printed owner plainly is, several joined by `+`; else the words alone."""
    if not words:
        return ""
    whole = _one_owner(made, directory, words, options)
    if whole != AS_PRINTED:
        return whole
    parts = [
        _one_owner(made, directory, part, options) for part in AND.split(words) if part.strip()
    ]
    known = len(parts) > 1 and not {AS_PRINTED, ALL_SEATS} & set(parts)
    return "+".join(dict.fromkeys(parts)) if known else AS_PRINTED


def _one_owner(
    made: Review, directory: Directory, words: str, options: Sequence[tuple[str, str]]
) -> str:
    if plain(words) in ("members", "all members", "all", "all partners", "partners"):
        return ALL_SEATS
    for value, label in options:
        if plain(label) == plain(words):
            return value
    if words.isupper() and len(words) <= 4:
        held = [
            f"name:{place}"
            for place, name in enumerate(made.attendance)
            if initials(name.name) == words
        ]
        if len(held) == 1:
            return held[0]
    for kind, match in (
        ("organisation", directory.organisation(words)),
        ("body", directory.body(words)),
    ):
        if match.same:
            return f"{kind}:{match.same.key}"
    return AS_PRINTED


def _action(
    made: Review,
    directory: Directory,
    prefix: str,
    action: Action,
    owners: list[tuple[str, str]],
    *,
    marked: bool,
) -> None:
    owner = _owner(made, directory, action.owner, owners)
    options = [*owners, (NO_OWNER, "No owner yet")]
    if "+" in owner:
        options.insert(0, (owner, str(action.owner)))
    if action.owner:
        options.insert(0, (AS_PRINTED, f"As printed: {action.owner}"))
    words = _short(action.text, 200)
    who = action.owner or "No owner read"
    due = _as_typed(action.due) if action.due else ""
    by = f", by {due or action.due_text}" if due or action.due_text else ""
    sure = marked and action.sure
    made.fields += [
        Tick(f"{prefix}_follow", f"{who}: {words}{by}", initial=marked),
        Line(f"{prefix}_text", "What is to be done", " ".join(action.text.split())),
        Choice(f"{prefix}_owner", "Owner", options, initial=owner, required=False),
        Line(
            f"{prefix}_due",
            "By when",
            due,
            kind="date",
            hint="For example, 16 June 2009. Leave empty if no date was given.",
        ),
    ]
    names = tuple(f"{prefix}_{part}" for part in ("follow", "text", "owner", "due"))
    card = Card(prefix, "Follow this?", names, action.span, hint=action.why)
    if sure:
        card.title = f"{who}: {words}{by}"
        made.actions.append(card)
    elif marked:
        card.title = "An action?"
        made.questions.append(card)
    else:
        made.offers.append(card)


def _closings(
    made: Review, directory: Directory, earlier: Callable[[str], Sequence[Earlier]]
) -> None:
    """Earlier actions that these minutes say are done; nothing is ticked for the person."""
    words = made.meeting.body
    made.closing_of = directory.body(str(words.value)).same if words else None
    if made.closing_of is None or made.reading.kind == "agenda":
        return
    for one in closings(made.reading, made.meeting, earlier(made.closing_of.key)):
        name = f"c_{one.action.key}"
        made.closing[name] = one
        label = f"This closes an earlier action: {_short(one.action.text, 200)}"
        made.fields.append(Tick(name, f"{label} ({one.action.words})"))
        made.closings.append(Card(name, "Is this done?", (name,), one.span, hint=one.why))


# Personal details, and what found no place


def _personal(made: Review, directory: Directory) -> None:
    seen: dict[tuple[str, str], int] = {}
    for detail in made.meeting.personal:
        key = (detail.kind, detail.value)
        if key in seen:
            continue
        place = seen[key] = len(seen)
        name = f"p{place}"
        instead = _instead(made, directory, detail)
        made.fields += [
            Choice(
                name,
                f"{detail.value} ({KINDS[detail.kind]})",
                [
                    (KEEP, "Keep"),
                    (REPLACE, f"Replace by “{instead}”"),
                    (RESTRICT, "Restrict"),
                ],
                required=False,
                missing=f"Keep, replace or restrict {detail.value}",
                inline=True,
            ),
            Line(f"{name}_with", "The words to put instead", instead),
        ]
        made.personal.append(
            Card(
                name, f"{detail.value} ({KINDS[detail.kind]})", (name, f"{name}_with"), detail.span
            )
        )
    if len(seen) > 1:
        made.fields.append(
            Choice(
                "p_rest",
                "All those not answered one by one",
                [(KEEP, "Keep"), (REPLACE, "Replace"), (RESTRICT, "Restrict")],
                required=False,
                inline=True,
            )
        )


def _instead(made: Review, directory: Directory, detail: Personal) -> str:
    """What could stand instead of a detail: a person's post, or whom they came for."""
    if detail.kind == "person":
        known = directory.person(detail.value, None).same
        if known and known.posts:
            return f"the {known.posts[0]}"
        for name in made.attendance:
            if name.organisation and plain(name.name) == plain(detail.value):
                return f"the representative of {name.organisation}"
    return INSTEAD[detail.kind]


class Detailed(Protocol):
    """A review of a text in which personal details stand."""

    @property
    def details(self) -> Sequence[Personal]: ...


def personal_of(made: Detailed) -> list[tuple[str, str, str]]:
    """Each personal detail once: its field's name, its kind, its words."""
    once = dict.fromkeys((one.kind, one.value) for one in made.details)
    return [(f"p{place}", kind, value) for place, (kind, value) in enumerate(once)]


def _unplaced(made: Review) -> None:
    texts = [one for one in made.meeting.unplaced if one.kind == "text"]
    for place, one in enumerate(texts[:EACH_UNPLACED]):
        options = []
        before = _item_before(made, one.span)
        if before is not None:
            item = made.meeting.items[before]
            words = " ".join(filter(None, (item.ref, item.title))) or f"item {before + 1}"
            options.append((str(before), f"To {words}"))
        options.append((NOWHERE, "Nowhere: it stays in the text only"))
        title = f"Where does “{_short(one.text, 60)}” belong?"
        made.fields.append(
            Choice(
                f"u{place}",
                title,
                options,
                hint="The reader could not place it.",
                missing=f"Say where “{_short(one.text, 40)}” belongs",
            )
        )
        made.questions.append(Card(f"u{place}", title, (f"u{place}",), one.span))
    if len(texts) > EACH_UNPLACED:
        rest = len(texts) - EACH_UNPLACED
        made.fields.append(
            Choice(
                "u_rest",
                f"{rest} more lines found no place",
                [(NOWHERE, "They stay in the text only")],
                missing="Say what becomes of the lines that found no place",
            )
        )
        made.questions.append(
            Card(
                "u_rest",
                f"{rest} more lines found no place",
                ("u_rest",),
                texts[EACH_UNPLACED].span,
            )
        )


def _item_before(made: Review, span: Span) -> int | None:
    places = [
        place for place, item in enumerate(made.meeting.items) if item.span.start <= span.start
    ]
    return places[-1] if places else None


# The text, marked


def _place(made: Review) -> None:
    made.marks = placed(
        made.reading.text,
        [
            (made.questions, "unplaced", "Q", True),
            (made.offers, "implied", "O", False),
            (made.closings, "action", "E", False),
            (made.personal, "private", "P", False),
            (made.decisions, "decision", "D", False),
            (made.actions, "action", "A", False),
            (made.names, "who", "N", False),
            (made.facts, "fact", "M", False),
        ],
    )


def placed(text: str, groups: Sequence[tuple[Sequence[Card], str, str, bool]]) -> list[Marked]:
    """Give each card its line and quote, and choose the marks that do not overlap.

    A group is its cards, the kind of their marks, their letter, whether they ask something.
    """
    starts = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]
    wanted: list[Marked] = []

    def note(cards: Iterable[Card], kind: str, letter: str, *, ask: bool = False) -> None:
        for place, card in enumerate(cards, start=1):
            if card.span is None:
                continue
            card.line = bisect_right(starts, card.span.start)
            card.quote = _short(text[card.span.start : card.span.end], 100)
            ref = f"{letter}{place}"
            href = card.id if letter in "QOEP" else f"sure-{kind}"
            wanted.append(Marked(card.span, kind, ref, f"#{href}", f"s-{ref.lower()}", ask))

    for cards, kind, letter, ask in groups:
        note(cards, kind, letter, ask=ask)
    taken: list[Span] = []
    marks: list[Marked] = []
    for mark in wanted:
        span = mark.span
        if span.end > span.start and all(
            span.end <= other.start or span.start >= other.end for other in taken
        ):
            taken.append(span)
            marks.append(mark)
    shown = {mark.id for mark in marks}
    for cards, _, letter, _ in groups:
        if letter in "QOEP":
            for place, card in enumerate(cards, start=1):
                mark_id = f"s-{letter.lower()}{place}"
                line = f"line-{card.line}" if card.line else ""
                card.anchor = mark_id if mark_id in shown else line
    return sorted(marks, key=lambda mark: mark.span.start)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: plain words, or a mark over them."""

    words: str
    mark: Marked | None = None
    first: bool = True


class Shown(Protocol):
    """A review whose text is shown with marks."""

    @property
    def reading(self) -> Reading | Report: ...

    @property
    def marks(self) -> Sequence[Marked]: ...


def lines(made: Shown) -> list[list[Piece]]:
    """The meeting's text, line by line, in pieces. A mark over several lines is shown on each."""
    text = made.reading.text
    shown: list[list[Piece]] = []
    marks = iter(made.marks)
    mark = next(marks, None)
    begun: Marked | None = None
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        pieces: list[Piece] = []
        at = start
        while mark and mark.span.start < end + 1 and at <= end:
            if mark.span.end <= start:
                mark = next(marks, None)
                continue
            begins, stops = max(mark.span.start, at), min(mark.span.end, end)
            if begins > end:
                break
            if begins > at:
                pieces.append(Piece(text[at:begins]))
            if stops > begins:
                pieces.append(Piece(text[begins:stops], mark, first=mark is not begun))
                begun = mark
            at = max(at, stops)
            if mark.span.end > end:
                break
            mark = next(marks, None)
        if at < end:
            pieces.append(Piece(text[at:end]))
        shown.append(pieces)
        start = end + 1
    return shown
