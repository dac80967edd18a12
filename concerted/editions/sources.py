"""What a public text starts from: what the record says to all who see its source, no more.

Only rows with the audience of the meeting or paper itself are copied. What is hidden from some of
those readers leaves nothing; what all of them know to be closed leaves a number.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from concerted.access.actor import Actor
from concerted.crime_reports.public import public_figures
from concerted.documents.public import closed_files
from concerted.editions import content as contents
from concerted.editions.content import Content, field, part
from concerted.editions.naming import Naming, cleaner, plain
from concerted.editions.states import SourceKind
from concerted.meetings.public import NOT_HELD, Meeting, Part, items_of
from concerted.papers.public import Paper, Tier, put_to
from concerted.people.public import Body, Organisation
from concerted.restrictions.public import Closure, closures_in, told_to_all

Clean = Callable[[str], str]
ABOUT_TABLES = (
    "Nobody edits a table: it goes out as it is, or is left out. What is hidden in it is hidden so "
    "that no small count follows from anything public: it must not stand in the words either."
)
FILE = "documents.document"  # as received it is never public, so that it is closed needs no word


@dataclass(frozen=True, slots=True)
class Source:
    """A meeting or a paper, with what rules ask of it.

    `restricted`: it, or something in it that the actor sees, is not for all who see the body's
    papers. `digest` changes with every word and every marking that all its readers see.
    """

    kind: str
    thing: Meeting | Paper
    body: Body
    title: str
    restricted: bool
    originator: Organisation | None
    digest: str

    @property
    def key(self) -> str:
        return str(self.thing.key)

    @property
    def audience_id(self) -> int:
        return self.thing.audience_id

    @property
    def drafting_audience_id(self) -> int:
        """Who sees a draft: the body's office; of what is restricted, those who see it."""
        shared = self.audience_id == self.body.papers_audience_id
        return self.body.office_audience_id if shared else self.audience_id


def source_of(actor: Actor, thing: Meeting | Paper) -> Source:
    """What rules ask of a source, as far as the actor sees it."""
    body, own = thing.body, thing.audience_id
    shut = own != body.papers_audience_id
    if isinstance(thing, Meeting):
        parts = _on_agenda(thing).filter(audience_id__in=actor.audience_ids)
        shut = (
            shut
            or parts.exclude(audience_id=own).exists()
            or parts.filter(part=Part.CONFIDENTIAL).exists()
            or parts.filter(passages__audience_id__in=actor.audience_ids).exists()
            or any(one.item.said or one.item.kept for one in items_of(actor, thing))
            or bool(closed_files(closures_in(actor, thing._meta.label_lower, [thing.key])))
        )
        return Source(
            SourceKind.MEETING, thing, body, str(thing), shut, None, _digest(_meeting_rows(thing))
        )
    shut = (
        shut
        or thing.tier != Tier.OFFICIAL
        or any(
            rows.filter(audience_id__in=actor.audience_ids).exclude(audience_id=own).exists()
            for rows in (thing.paragraphs, thing.appendices, thing.recommendations)
        )
        or thing.appendices.filter(audience_id=own).exclude(marking="").exists()
        or bool(closed_files(closures_in(actor, thing._meta.label_lower, [thing.key])))
    )
    originator = thing.organisation or (thing.author.organisation if thing.author else None)
    rows = _paper_rows(thing)
    return Source(SourceKind.PAPER, thing, body, thing.title, shut, originator, _digest(rows))


def _on_agenda(meeting: Meeting) -> Any:
    """The items of a meeting; of one to come those that are published and not withdrawn."""
    items = meeting.items.all()
    if meeting.state not in NOT_HELD:
        return items
    issue = meeting.agenda_issue
    return items.filter(issue__lte=issue).exclude(withdrawn_in__lte=issue)


# Fingerprints


def _digest(rows: Any) -> str:
    return hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()


def _held(body: Body) -> list[Any]:
    return [body.key, body.name, body.audience_id, body.papers_audience_id]


def _file_rows(thing: Meeting | Paper, *, named: bool) -> list[Any]:
    """Whether a file is kept with it, and which are closed: what all its readers see of that."""
    closed = Closure.objects.filter(
        parent_kind=thing._meta.label_lower, parent_key=thing.key, audience_id=thing.audience_id
    )
    return [named, sorted(closed_files(closed))]


def _meeting_rows(meeting: Meeting) -> list[Any]:
    own = meeting.audience_id
    items = _on_agenda(meeting).filter(audience_id=own)
    return [
        _held(meeting.body),
        [own, meeting.held_on, meeting.starts_at, meeting.venue, meeting.state],
        list(items.values_list("key", "ref", "title", "part", "sub_items", "text")),
        [list(_decided(item)) for item in items],
        list(
            meeting.attendance.filter(audience_id=own).values_list(
                "attended", "name", "organisation_name", "role"
            )
        ),
        *_closed_in_meeting(meeting),
        _file_rows(meeting, named=meeting.document_id is not None),
    ]


def _paper_rows(paper: Paper) -> list[Any]:
    own = paper.audience_id
    return [
        _held(paper.body),
        [own, paper.title, paper.dated_on, paper.author_text, paper.tier, paper.marking],
        [paper.exempt_reason, paper.purpose, paper.summary],
        list(paper.recommendations.filter(audience_id=own).values_list("ref", "text", "parts")),
        list(paper.paragraphs.filter(audience_id=own).values_list("ref", "heading", "text")),
        list(paper.appendices.filter(audience_id=own).values_list("ref", "title", "marking")),
        *_closed_in_paper(paper),
        _file_rows(paper, named=paper.version_id is not None),
    ]


# Where the text starts


def names_at(meeting: Meeting) -> tuple[tuple[str, ...], dict[str, str]]:
    """The names in a meeting's lists, and by plain name what each came as."""
    rows = meeting.attendance.filter(audience_id=meeting.audience_id).values_list(
        "name", "organisation_name"
    )
    came = {plain(name): f"the representative of {whose}" for name, whose in rows if whose}
    return tuple(name for name, _ in rows), came


def start_of(actor: Actor, source: Source, naming: Naming) -> Content:
    """The copy that a public text starts as, with other words where personal details stood."""
    clean = cleaner(naming)
    if isinstance(source.thing, Meeting):
        made = _meeting_start(actor, source.thing, naming, clean)
    else:
        made = _paper_start(source.thing, naming, clean)
    if source.audience_id != source.body.papers_audience_id:
        return _emptied(made)
    if isinstance(source.thing, Paper) and (figures := public_figures(actor, source.thing)):
        made = made if figures.words_may_stand else _emptied(made)
        made["parts"] += [
            part(one["caption"], ABOUT_TABLES, [], table=one, may_be_out=True)
            for one in figures.tables
        ]
    return made


def _emptied(made: Content) -> Content:
    """All of it is restricted: nothing is copied but where it belongs and its day."""
    head = made["parts"][0]
    parts = [head | {"fields": [one | {"text": ""} for one in head["fields"]]}]
    if made["kind"] == SourceKind.PAPER:
        heading = field("heading", "Heading", "", long=False)
        parts.append(part("What it says", "", [heading, field("section", "Text", "", number="")]))
    return made | {"parts": parts, "closed": []}


def _meeting_start(actor: Actor, meeting: Meeting, naming: Naming, clean: Clean) -> Content:
    own = meeting.audience_id
    items = list(_on_agenda(meeting).filter(audience_id=own).order_by("position"))
    papers = put_to(actor, meeting.key)
    open_items = [item for item in items if item.part != Part.CONFIDENTIAL]
    return {
        "kind": SourceKind.MEETING.value,
        "key": meeting.key,
        "body_key": meeting.body.key,
        "held_on": meeting.held_on.isoformat(),
        "starts_at": meeting.starts_at.isoformat() if meeting.starts_at else "",
        "status": meeting.get_state_display(),
        "next_meeting_on": meeting.next_meeting_on.isoformat() if meeting.next_meeting_on else "",
        "parts": [
            _meeting_head(meeting, naming, clean),
            *(
                _item(item, clean, [one.key for one in papers if one.item_ref == item.ref != ""])
                for item in open_items
            ),
        ],
        "closed": _numbered(
            [
                *[contents.closed("", whom=naming.mailbox)] * (len(items) - len(open_items)),
                *_closed_in_meeting(meeting),
            ]
        ),
    }


def _numbered(stubs: list[Content]) -> list[Content]:
    return [one | {"number": f"C{number}"} for number, one in enumerate(stubs, start=1)]


def _closed_in_meeting(meeting: Meeting) -> list[Content]:
    own = meeting.audience_id
    keys = _on_agenda(meeting).filter(audience_id=own).exclude(part=Part.CONFIDENTIAL)
    places = [
        ("meetings.meeting", [meeting.key]),
        ("meetings.item", keys.values_list("key", flat=True)),
    ]
    return [
        _stub(one)
        for kind, parents in places
        for one in told_to_all(own, kind, parents)
        if one.kind != FILE
    ]


def _closed_in_paper(paper: Paper) -> list[Content]:
    said = told_to_all(paper.audience_id, "papers.paper", [paper.key])
    return [_stub(one) for one in said if one.kind != FILE]


def _stub(one: Closure) -> Content:
    """What a closed thing says of itself to all who see where it stands."""
    return contents.closed(
        "", reason=one.ground.words, review_on=one.review_on.isoformat(), whom=one.whom_to_ask
    )


def _meeting_head(meeting: Meeting, naming: Naming, clean: Clean) -> Content:
    lists: dict[str, list[str]] = {}
    printed: list[str] = []
    rows = meeting.attendance.filter(audience_id=meeting.audience_id)
    for row in rows.select_related("organisation"):
        title = row.get_attended_display()
        whose = row.organisation_name or (row.organisation.name if row.organisation else "")
        came_as = ", ".join(one for one in (whose, clean(row.role)) if one)
        named = naming.may_stand("person", row.name)
        line = f"{row.name}{', ' if came_as else ''}{came_as}" if named else came_as
        lists.setdefault(title, []).append(line or "A person without an organisation on record")
        printed.append(f"{title}: {row.name}, {row.organisation_name}, {row.role}".rstrip(", "))
    fields = [
        field("venue", "Where", clean(meeting.venue), long=False),
        *(
            field("attended", title, "\n".join(_counted(said)), title=title)
            for title, said in lists.items()
        ),
    ]
    return part("Where, and who was there", "\n".join([meeting.venue, *printed]).strip(), fields)


def _counted(said: list[str]) -> list[str]:
    """Each line once, with how often it was said."""
    return [
        f"{one} ({said.count(one)})" if said.count(one) > 1 else one for one in dict.fromkeys(said)
    ]


def _decided(item: Any) -> list[tuple[Any, list[Any]]]:
    own = item.audience_id
    return [
        (
            [one.key, one.code, one.text],
            [
                [limb.letter, limb.get_code_display(), limb.text]
                for limb in one.limbs.filter(audience_id=own).order_by("position")
            ],
        )
        for one in item.decisions.filter(audience_id=own).order_by("position")
    ]


def _item(item: Any, clean: Clean, papers: list[str]) -> Content:
    fields = [field("title", "Title", clean(item.title), long=False)]
    listed = [f"({letter}) {words}" for letter, words in item.sub_items]
    text = "\n\n".join([*listed, *_paragraphs(item.text)])
    fields.append(field("text", "Text", clean(text)))
    said = [item.title, "", text]
    for decision in item.decisions.filter(audience_id=item.audience_id).order_by("position"):
        outcome = decision.get_code_display()
        limbs = list(decision.limbs.filter(audience_id=item.audience_id).order_by("position"))
        fixed = {"key": decision.key, "outcome": outcome}
        if len(limbs) < 2:
            label = f"Decision: {outcome.lower()}"
            fields.append(field("decision", label, clean(decision.text), **fixed))
            said.append(f"{label}. {decision.text}")
            continue
        for place, limb in enumerate(limbs):
            letter = limb.letter or "abcdefghijklmnopqrstuvwxyz"[place % 26]
            label = f"Decision, part ({letter}): {limb.get_code_display().lower()}"
            fields.append(
                field(
                    "limb",
                    label,
                    clean(limb.text),
                    key=decision.key,
                    decided=outcome,
                    letter=letter,
                    outcome=limb.get_code_display(),
                )
            )
            said.append(f"{label}. {limb.text}")
    title = f"{item.ref}. {item.title}" if item.ref else item.title or "Item"
    return part(
        title,
        "\n\n".join(said).strip(),
        fields,
        key=item.key,
        number=item.ref,
        papers=papers,
        may_be_out=True,
    )


def _paragraphs(text: str) -> list[str]:
    """The text in paragraphs: what blank lines part, or single lines where there are none."""
    parted = "\n\n" if "\n\n" in text.strip() else "\n"
    return [one.strip() for one in text.strip().split(parted) if one.strip()]


def _paper_start(paper: Paper, naming: Naming, clean: Clean) -> Content:
    own = paper.audience_id
    appendices = list(paper.appendices.filter(audience_id=own).order_by("position"))
    marked = [one for one in appendices if one.marking]
    return {
        "kind": SourceKind.PAPER.value,
        "key": paper.key,
        "body_key": paper.body.key,
        "dated_on": paper.dated_on.isoformat() if paper.dated_on else "",
        "parts": [
            _paper_head(paper, clean),
            *_stretches(paper, clean),
            *_not_here([one for one in appendices if not one.marking], naming, clean),
        ],
        "closed": _numbered(
            [
                *[
                    contents.closed(
                        "",
                        review_on=paper.review_on.isoformat() if paper.review_on else "",
                        whom=naming.mailbox,
                    )
                ]
                * len(marked),
                *_closed_in_paper(paper),
            ]
        ),
    }


def _paper_head(paper: Paper, clean: Clean) -> Content:
    author = paper.author.title if paper.author else paper.author_text
    whose = paper.organisation.name if paper.organisation else ""
    by = ", ".join(one for one in (author, whose) if one)
    fields = [
        field("title", "Title", clean(paper.title), long=False),
        field("author", "Reported by (post and organisation)", clean(by), long=False),
        field("purpose", "Purpose", clean(paper.purpose)),
        field("summary", "Summary", clean(paper.summary)),
    ]
    said = [paper.title, by, paper.purpose, paper.summary]
    for number, one in enumerate(
        paper.recommendations.filter(audience_id=paper.audience_id).order_by("position"), start=1
    ):
        text = " ".join([one.text, *(f"{letter} {words}" for letter, words in one.parts)])
        fields.append(field("recommendation", f"Recommendation {one.ref or number}", clean(text)))
        said.append(text)
    return part("In short", "\n\n".join(one for one in said if one), fields)


def _stretches(paper: Paper, clean: Clean) -> list[Content]:
    """The text of the paper, one part for each heading."""
    made: list[Content] = []
    last = None
    for one in paper.paragraphs.filter(audience_id=paper.audience_id).order_by("position"):
        if not made or one.heading != last:
            heading = field("heading", "Heading", clean(one.heading), long=False)
            made.append(part(one.heading or "Text", "", [heading], may_be_out=True))
            last = one.heading
        text = "\n\n".join(_paragraphs(one.text))
        label = f"Paragraph {one.ref}" if one.ref else "Paragraph"
        made[-1]["fields"].append(field("section", label, clean(text), number=one.ref))
        made[-1]["source"] = f"{made[-1]['source']}\n\n{one.ref} {text}".strip()
    return made


def _not_here(appendices: list[Any], naming: Naming, clean: Clean) -> list[Content]:
    """Says of appendices without a text of their own that they are not part of the edition."""
    away = [one for one in appendices if not one.here]
    if not away:
        return []
    whom = naming.mailbox or "the partnership office"
    said = [
        f"Appendix {one.ref}{', ' + clean(one.title) if one.title else ''}, is not part of the "
        f"public edition. Ask {whom} for it."
        for one in away
    ]
    fields = [
        field("heading", "Heading", "Appendices", long=False),
        field("section", "Text", "\n\n".join(said), number=""),
    ]
    listed = "\n".join(f"Appendix {one.ref}: {one.title}" for one in away)
    return [part("Appendices", listed, fields, may_be_out=True)]
