"""An invented edition: bodies, meetings and papers as they would be pushed."""

import datetime
import random

from concerted.public_door.things import (
    Attended,
    Body,
    Closed,
    Decision,
    File,
    Item,
    Limb,
    Meeting,
    Paper,
    Section,
    Site,
    Thing,
    Tombstone,
)

NOON = datetime.datetime(2026, 6, 18, 12, 0, tzinfo=datetime.UTC)
SITE = Site("Safer Marlbeck", "office@example.org")
BOARD = Body("board22222", "Safer Marlbeck Board", "Board", "It decides.", "", "every two months")
GROUP = Body("group22222", "Fire & arson group", "Group", "", "board22222", "monthly")
PAPER = Paper(
    key="paper22222",
    body_key="board22222",
    title="Shoplifting in Lowgate",
    dated_on=datetime.date(2026, 6, 8),
    author="Head of analysis, Wyleshire Police",
    purpose="To note the figures.",
    summary="Shoplifting rose.\n\nMost of it in three shops.",
    recommendations=("That the report is noted.", "That a plan comes back in August."),
    sections=(Section("1.1", "Background", "The shops of Lowgate reported more thefts."),),
    closed=(Closed("C1", "It named a place that is being watched.", None, "The chair"),),
    files=(File("Shoplifting in Lowgate.html", "text/html", b"<p>Shoplifting rose.</p>" * 60),),
)
MEETING = Meeting(
    key="meeting222",
    body_key="board22222",
    held_on=datetime.date(2026, 6, 16),
    status="Draft minutes",
    starts_at=datetime.time(9, 30),
    venue="Old Corn Exchange, Marlbeck",
    attendance=(
        Attended("Present", ("Councillor Rowena Thackley (chair)", "Wyleshire Police: commander")),
        Attended("Apologies", ("Marlbeck Youth Council",)),
    ),
    items=(
        Item("item222222", "1", "Welcome and apologies", ("The chair welcomed all.",)),
        Item(
            "item333333",
            "6",
            "Recorded crime and disorder",
            ("The report was introduced.", "Members asked about Lowgate."),
            (
                Decision("decision22", "Noted", "The report was noted."),
                Decision(
                    "decision33",
                    "Agreed",
                    "That police and council report on shoplifting.",
                    (Limb("a", "Agreed", "by 4 August"), Limb("b", "Noted", "the figures")),
                ),
            ),
            ("paper22222",),
        ),
    ),
    closed=(
        Closed("C1", "It was about the prevention of crime.", datetime.date(2026, 12, 16), ""),
    ),
    next_meeting_on=datetime.date(2026, 8, 4),
)
PLANNED = Meeting(
    "meeting333", "group22222", datetime.date(2026, 7, 7), "Planned", datetime.time(14, 0), "Hall"
)
EVERYTHING: tuple[Thing, ...] = (SITE, BOARD, GROUP, PAPER, MEETING, PLANNED)


def at_random(chance: random.Random) -> Thing:
    """A thing with one of a few keys, so that things replace, withdraw and name each other."""
    number = chance.choice("23456")
    body = f"body{chance.choice('2345')}"
    on = datetime.date(chance.choice([2024, 2025, 2026]), chance.randint(1, 12), 15)
    kind = chance.choice(["meeting"] * 4 + ["paper"] * 3 + ["gone"] * 3 + ["body", "site"])
    match kind:
        case "meeting":
            decided = tuple(
                Decision(f"d{number}{n}", "Agreed", f"To do {chance.randint(1, 9)}.")
                for n in range(chance.randint(0, 2))
            )
            papers = tuple(f"paper{one}" for one in chance.sample("23456", chance.randint(0, 2)))
            item = Item(f"item{number}", "1", f"Item {chance.randint(1, 9)}", (), decided, papers)
            status = chance.choice(["Planned", "Draft minutes"])
            return Meeting(f"meeting{number}", body, on, status, items=(item,))
        case "paper":
            files = tuple(
                File(f"File {n}.txt", "text/plain", bytes([65 + chance.randint(0, 9)]) * 20)
                for n in range(chance.randint(0, 2))
            )
            dated = chance.choice([on, None])
            return Paper(
                f"paper{number}", body, f"Paper {chance.randint(1, 9)}", dated, files=files
            )
        case "gone":
            was = chance.choice(["meeting", "paper", "meeting", "paper", "body"])
            key = body if was == "body" else f"{was}{number}"
            return Tombstone(key, was, on)
        case "body":
            parent = chance.choice(["", "body2", "body3"])
            return Body(body, f"Body {chance.randint(1, 9)}", "Group", parent_key=parent)
        case _:
            return Site(f"Safer {chance.choice(['Marlbeck', 'Overmoor'])}")
