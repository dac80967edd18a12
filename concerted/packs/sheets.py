"""What is printed beside a pack: a sheet to sign, and open actions by organisation."""

from collections import defaultdict
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.actions.public import UNFINISHED
from concerted.arising.public import Line, open_now
from concerted.attending.public import Expected, expected
from concerted.meetings.public import Meeting
from concerted.packs.laying_out import Block, Part, Section
from concerted.packs.queries import as_all
from concerted.people.public import only_open_to
from concerted.ui.words import day

SPARE = 6  # empty rows, for whoever comes as well
NOBODY = "No owner on record"


def to_sign(actor: Actor, meeting: Meeting) -> Part:
    """The seats expected, with a space to sign, and rows for others; no contact details."""
    reader = as_all(actor, meeting)
    with only_open_to(*reader.audience_ids):
        seats = expected(reader, meeting)
    rows = [[one.organisation, _name(one), "", "", ""] for one in seats]
    rows += [[""] * 5 for _ in range(SPARE)]
    head = ("Organisation", "Name", "Arrived", "Left", "Signature")
    table = Section(
        mark="attendance",
        heading="Attendance",
        caption="Please sign when you arrive. If you come for somebody else, write your own name.",
        sensitive=meeting.restricted,
        blocks=(Block("table", head=head, rows=rows, even=True),),
    )
    return _part(meeting, "Attendance sheet", [table])


def _name(one: Expected) -> str:
    """Who was said to come, else who holds the seat."""
    reply = one.reply
    if reply and reply.substitute_name:
        return f"{reply.substitute_name} (for {one.who})" if one.who else reply.substitute_name
    return one.who or "Nobody holds this seat"


@dataclass(frozen=True, slots=True)
class Owed:
    """The open actions of an organisation or body; of two who share one, it stands with both."""

    name: str
    lines: list[Line]


def by_organisation(actor: Actor, meeting: Meeting) -> list[Owed]:
    """What all readers of this meeting may read of open actions, by who owns them."""
    found: dict[str, list[Line]] = defaultdict(list)
    reader = as_all(actor, meeting)
    with only_open_to(*reader.audience_ids):
        lines = open_now(reader, meeting).lines
    for line in lines:
        if line.action and line.action.state in UNFINISHED:
            for name in dict.fromkeys(owner.name for owner in line.owners) or [NOBODY]:
                found[name].append(line)
    return [Owed(name, found[name]) for name in sorted(found)]


def action_list(actor: Actor, meeting: Meeting) -> Part:
    """A page for each organisation, to hand to whoever comes from there."""
    sections = [
        Section(
            mark=f"owed:{place}",
            heading=owed.name,
            caption=f"Open before the meeting of {day(meeting.held_on)}.",
            blocks=(
                Block(
                    "table",
                    head=("What", "Due", "Due dates not kept", "Since the last meeting"),
                    rows=[
                        [
                            one.text,
                            one.due or "–",
                            str(one.slips),
                            f"{one.change_words}. {one.said}",
                        ]
                        for one in owed.lines
                    ],
                ),
            ),
        )
        for place, owed in enumerate(by_organisation(actor, meeting))
    ]
    return _part(meeting, "Open actions by organisation", sections)


def _part(meeting: Meeting, caption: str, sections: list[Section]) -> Part:
    title = f"{meeting.body}, {day(meeting.held_on)}"
    nothing = () if sections else ("No actions are open.",)
    return Part(title, caption, 1, closed=False, sections=sections, notes=nothing)
