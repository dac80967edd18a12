"""What a person has to look at before a report becomes a paper: the same cards as for minutes."""

import datetime
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from concerted.imports.matching import NEW, Directory, Known, Match, plain
from concerted.imports.review import (
    EACH_UNPLACED,
    INSTEAD,
    KEEP,
    KINDS,
    NOWHERE,
    OTHER,
    REPLACE,
    RESTRICT,
    Card,
    Choice,
    Input,
    Line,
    Marked,
    Tick,
    placed,
)
from concerted.reading.model import Field, Personal, Span
from concerted.reading.reports import Report
from concerted.reading.reports.markings import care
from concerted.reading.reports.model import Paragraph

HELD, ASK_FIRST = "held", "ask"
AS_PRINTED, NOT_SAID = "printed", "none"


@dataclass(slots=True)
class Going:
    """A meeting that the report goes to, as the form asks about it."""

    body_name: str
    day: datetime.date | None
    item: str
    match: Match
    span: Span | None
    sure: bool
    why: str = ""


@dataclass(slots=True)
class PaperReview:
    """A report, laid out for a person."""

    reading: Report
    undecided: bool = False  # nobody said yet whether the text with its tracked changes counts
    fields: list[Input] = field(default_factory=list)
    questions: list[Card] = field(default_factory=list)
    personal: list[Card] = field(default_factory=list)
    facts: list[Card] = field(default_factory=list)
    points: list[Card] = field(default_factory=list)
    appendices: list[Card] = field(default_factory=list)
    meetings_told: list[Card] = field(default_factory=list)
    goings: list[Going] = field(default_factory=list)
    marks: list[Marked] = field(default_factory=list)

    template = "imports/paper_review.html"
    meetings = 1  # a report is accepted whole

    @property
    def details(self) -> Sequence[Personal]:
        """What stands in the narrative; whom to contact is withheld without being asked about."""
        known = {(one.kind, one.value) for one in self.reading.contact}
        return [one for one in self.reading.personal if (one.kind, one.value) not in known]

    @property
    def sure(self) -> int:
        return sum(map(len, (self.facts, self.points, self.appendices, self.meetings_told)))

    @property
    def told(self) -> list[Paragraph]:
        """The paragraphs that become the paper's text; purpose and summary stand apart."""
        apart = [
            place
            for place, one in enumerate(self.reading.sections)
            if one.kind in ("purpose", "summary")
        ]
        return [one for one in self.reading.paragraphs if one.section not in apart]

    @property
    def marked(self) -> bool:
        return care_of(self.reading) >= 2


def care_of(report: Report) -> int:
    """How much care its marking, a reason for being exempt and its appendices here ask for."""
    printed = [str(report.marking.value)] if report.marking else []
    printed += [one.marking for one in report.appendices if one.here and one.marking]
    return max([*map(care, printed), 2 if report.exempt_reason else 0])


def paper_review(report: Report, directory: Directory, *, undecided: bool = False) -> PaperReview:
    """Lay out a report against what the actor may see."""
    made = PaperReview(report, undecided)
    directory = directory.as_read(report.body, report.date)
    _marking(made)
    _body(made, directory)
    _title(made)
    _date(made)
    _author(made, directory)
    _organisation(made, directory)
    _points(made)
    _appendices(made)
    _goings(made, directory)
    _personal(made)
    _unplaced(made)
    for cards, letter in ((made.questions, "q"), (made.personal, "p")):
        for number, card in enumerate(cards, start=1):
            card.id = f"{letter}{number}"
    made.marks = placed(
        report.text,
        [
            (made.questions, "unplaced", "Q", True),
            (made.personal, "private", "P", False),
            (_contact(made), "private", "C", False),
            (made.points, "decision", "R", False),
            (made.meetings_told, "action", "G", False),
            (made.facts, "fact", "M", False),
        ],
    )
    return made


def _typed(day: object) -> str:
    return f"{day.day} {day:%B %Y}" if isinstance(day, datetime.date) else str(day)


def _short(text: str, limit: int = 120) -> str:
    return textwrap.shorten(text, limit, placeholder="…")


def _marking(made: PaperReview) -> None:
    report = made.reading
    printed = report.marking or report.exempt_reason
    made.fields += [
        Line("marking", "Marking as printed", str(printed.value) if printed else "", limit=120)
    ]
    card = Card("marking", "Marking as printed", ("marking",), printed.span if printed else None)
    if not made.marked:
        made.facts.append(card)
        return
    words = str(printed.value) if printed else "in an appendix"
    made.fields += [
        Choice(
            "held",
            f"This report is marked “{_short(words, 80)}”. How is it held?",
            [
                (HELD, "As OFFICIAL-SENSITIVE, for this body’s office alone: its owner agreed"),
                (ASK_FIRST, "Not settled: I ask its owner first"),
            ],
            hint="Ask whoever marked it. Until this is answered only you can see the file.",
            missing="Say how this report is held",
        ),
        Line(
            "review_on",
            "When the marking is looked at again",
            kind="date",
            hint="For example, 16 June 2027",
        ),
    ]
    card.title = made.fields[-2].label
    card.names = ("held", "review_on", "marking")
    made.questions.append(card)


def _body(made: PaperReview, directory: Directory) -> None:
    read = made.reading.body
    words = str(read.value) if read else ""
    match = directory.body(words) if words else NEW
    known = sorted(directory.bodies.known, key=lambda one: plain(one.name))
    first = [one for one in (match.same, *match.perhaps) if one]
    made.fields.append(
        Choice(
            "body",
            "Whose paper is it?",
            [(one.key, one.name) for one in dict.fromkeys([*first, *known])],
            initial=match.same.key if match.same and read and read.sure else "",
            hint=(read.why if read else "The text does not name a body.")
            or match.why
            or ("" if match.same else f"The text says “{_short(words, 80)}”."),
            missing="Say whose paper it is",
        )
    )
    card = Card("body", "Whose paper is it?", ("body",), read.span if read else None)
    (made.facts if match.same and read and read.sure else made.questions).append(card)


def _title(made: PaperReview) -> None:
    read = made.reading.title
    _line(made, "title", "Title", read, limit=400, missing="Give the paper a title")


def _line(
    made: PaperReview, name: str, label: str, read: Field | None, *, limit: int, missing: str = ""
) -> None:
    words = str(read.value) if read else ""
    why = read.why if read else ""
    required = bool(missing)
    made.fields.append(
        Line(name, label, words, hint=why, required=required, missing=missing, limit=limit)
    )
    card = Card(name, label, (name,), read.span if read else None, hint=why)
    if (read and not read.sure) or (required and not read):
        card.title = f"{label}: is this right?" if read else f"{label}: what is it?"
        made.questions.append(card)
    else:
        made.facts.append(card)


def _date(made: PaperReview) -> None:
    read = made.reading.date
    if read is None or read.sure:
        made.fields.append(Line("held_on", "Date", _typed(read.value) if read else "", kind="date"))
        card = Card("held_on", "Date", ("held_on",), read.span if read else None)
        card.title = "Date" if read else "Date: the text gives none"
        (made.facts if read else made.questions).append(card)
        return
    days = dict.fromkeys([read.value, *read.candidates])
    made.fields += [
        Choice(
            "date",
            "Which day does the report bear?",
            [
                *((_typed(day), f"{day:%A} {_typed(day)}") for day in days),
                (OTHER, "Another date"),
            ],
            hint=read.why,
            missing="Say which day the report bears",
        ),
        Line("held_on", "If another date", kind="date", hint="For example, 16 June 2009"),
    ]
    made.questions.append(
        Card("date", "Which day does the report bear?", ("date", "held_on"), read.span)
    )


def _author(made: PaperReview, directory: Directory) -> None:
    read = made.reading.author
    _line(made, "author", "Post of the author, as printed", read, limit=200)
    contact = made.reading.contact_post
    _line(made, "contact_post", "Post to ask, as printed", contact, limit=200)
    words = str(read.value) if read else ""
    same = directory.posts.exact.get(plain(words), []) if words else []
    if not same:
        return
    options = [(one.key, one.label) for one in same]
    made.fields.append(
        Choice(
            "author_post",
            f"Is “{_short(words, 60)}” this post?",
            [*options, (AS_PRINTED, "No: keep the words as printed")],
            initial=options[0][0] if len(options) == 1 else "",
            missing="Say which post the author holds",
        )
    )
    card = Card("author_post", made.fields[-1].label, ("author_post",), read.span if read else None)
    (made.facts if len(options) == 1 else made.questions).append(card)


def _organisation(made: PaperReview, directory: Directory) -> None:
    """The owner: the organisation at the head of the report, or the one that the author is of."""
    read = made.reading.organisation
    match = directory.organisation(str(read.value)) if read else NEW
    chosen: Known | None = match.same
    author = str(made.reading.author.value) if made.reading.author else ""
    posts = directory.posts.exact.get(plain(author), []) if author else []
    if chosen is None and len(posts) == 1 and posts[0].of:
        chosen = directory.organisation(posts[0].of[0]).same
    known = sorted(directory.organisations.known, key=lambda one: plain(one.name))
    first = [one for one in (chosen, *match.perhaps) if one]
    made.fields.append(
        Choice(
            "organisation",
            "Which organisation owns it?",
            [
                *((one.key, one.name) for one in dict.fromkeys([*first, *known])),
                (NOT_SAID, "It is not said"),
            ],
            initial=chosen.key if chosen else "",
            hint=match.why,
            missing="Say which organisation owns the report",
        )
    )
    card = Card(
        "organisation",
        "Which organisation owns it?",
        ("organisation",),
        read.span if read else None,
    )
    (made.facts if chosen else made.questions).append(card)


def _points(made: PaperReview) -> None:
    for place, point in enumerate(made.reading.recommendations):
        prefix = f"r{place}"
        made.fields += [
            Tick(f"{prefix}_keep", "This is a recommendation", initial=point.sure),
            Line(f"{prefix}_ref", "Number", point.ref or "", limit=20),
            Line(f"{prefix}_text", "What is recommended", point.text),
        ]
        names = (f"{prefix}_keep", f"{prefix}_ref", f"{prefix}_text")
        words = " ".join(filter(None, (point.ref, _short(point.text))))
        card = Card(prefix, words, names, point.span, hint="" if point.sure else point.why)
        if point.sure:
            made.points.append(card)
        else:
            card.title = "A recommendation?"
            made.questions.append(card)


def _appendices(made: PaperReview) -> None:
    for place, one in enumerate(made.reading.appendices):
        prefix = f"x{place}"
        made.fields += [
            Line(f"{prefix}_title", f"Title of appendix {one.ref}", one.title or "", limit=300),
            Line(f"{prefix}_marking", "Its marking as printed", one.marking or "", limit=200),
        ]
        names = (f"{prefix}_title", f"{prefix}_marking")
        made.appendices.append(Card(prefix, f"Appendix {one.ref}", names, one.span))


def _goings(made: PaperReview, directory: Directory) -> None:
    report = made.reading
    for one in report.presented:
        match = directory.body(one.body) if one.body else NEW
        made.goings.append(
            Going(one.body or "", one.date, one.item or "", match, one.span, one.sure, one.why)
        )
    body = str(report.body.value) if report.body else ""
    day = report.date.value if report.date else None
    own = isinstance(day, datetime.date) and not any(
        plain(one.body_name) == plain(body) and one.day == day for one in made.goings
    )
    if body and own and report.date and isinstance(day, datetime.date):
        match = directory.body(body)
        made.goings.append(Going(body, day, "", match, report.date.span, report.date.sure))
    for place, going in enumerate(made.goings):
        _going(made, directory, f"g{place}", going)


def _going(made: PaperReview, directory: Directory, prefix: str, going: Going) -> None:
    first = [one for one in (going.match.same, *going.match.perhaps) if one]
    known = sorted(directory.bodies.known, key=lambda one: plain(one.name))
    sure = going.match.same is not None and going.sure
    made.fields += [
        Choice(
            f"{prefix}_body",
            "Which body",
            [
                *((one.key, one.name) for one in dict.fromkeys([*first, *known])),
                (AS_PRINTED, f"As printed: {_short(going.body_name, 80) or 'no body named'}"),
                (NOWHERE, "It goes to no such meeting: leave it out"),
            ],
            initial=going.match.same.key if going.match.same and sure else "",
            hint=" ".join(filter(None, (going.why, going.match.why))),
            missing=f"Say which body “{_short(going.body_name, 60)}” is",
        ),
        Line(
            f"{prefix}_on",
            "Day of the meeting",
            _typed(going.day) if going.day else "",
            kind="date",
        ),
        Line(f"{prefix}_item", "Item number, as printed", going.item, limit=40),
    ]
    words = ", ".join(
        filter(
            None,
            (
                going.body_name,
                _typed(going.day) if going.day else "",
                f"item {going.item}" if going.item else "",
            ),
        )
    )
    names = (f"{prefix}_body", f"{prefix}_on", f"{prefix}_item")
    card = Card(prefix, words, names, going.span)
    if not sure:
        card.title = "Which meeting does it go to?"
        card.hint = f"The text says “{words}”."
    (made.meetings_told if sure else made.questions).append(card)


def _personal(made: PaperReview) -> None:
    once = dict.fromkeys((one.kind, one.value) for one in made.details)
    first = {(one.kind, one.value): one for one in reversed(made.details)}
    for place, (kind, value) in enumerate(once):
        name = f"p{place}"
        instead = INSTEAD[kind]
        label = f"{value} ({KINDS[kind]})"
        made.fields += [
            Choice(
                name,
                label,
                [(KEEP, "Keep"), (REPLACE, f"Replace by “{instead}”"), (RESTRICT, "Withhold")],
                required=False,
                missing=f"Keep, replace or withhold {value}",
                inline=True,
            ),
            Line(f"{name}_with", "The words to put instead", instead),
        ]
        made.personal.append(Card(name, label, (name, f"{name}_with"), first[kind, value].span))
    if len(once) > 1:
        made.fields.append(
            Choice(
                "p_rest",
                "All those not answered one by one",
                [(KEEP, "Keep"), (REPLACE, "Replace"), (RESTRICT, "Withhold")],
                required=False,
                inline=True,
            )
        )


def _contact(made: PaperReview) -> list[Card]:
    """Marks on what is withheld without asking; they lead to the sentence that says so."""
    return [Card("contact", one.value, (), one.span) for one in made.reading.contact]


def _unplaced(made: PaperReview) -> None:
    texts = [one for one in made.reading.unplaced if one.kind == "text"]
    for place, one in enumerate(texts[:EACH_UNPLACED]):
        options = [(NOWHERE, "Nowhere: it stays in the file only")]
        before = paragraph_before(made, one.span)
        if before is not None:
            said = made.told[before]
            words = " ".join(filter(None, (said.ref, _short(said.text, 40))))
            options.insert(0, (str(before), f"After “{words}”"))
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
        title = f"{len(texts) - EACH_UNPLACED} more lines found no place"
        made.fields.append(
            Choice(
                "u_rest",
                title,
                [(NOWHERE, "They stay in the file only")],
                missing="Say what becomes of the lines that found no place",
            )
        )
        made.questions.append(Card("u_rest", title, ("u_rest",), texts[EACH_UNPLACED].span))


def paragraph_before(made: PaperReview, span: Span) -> int | None:
    """The paragraph that a line without a place stands behind."""
    found = [place for place, one in enumerate(made.told) if one.span.start <= span.start]
    return found[-1] if found else None
