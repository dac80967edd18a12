"""Stories of this package: a meeting and a paper on record, and their way to the public."""

import datetime

import pytest

from concerted.documents import services as documents
from concerted.editions import outbox, queries, releasing, services
from concerted.editions.checking import check
from concerted.editions.models import PublicText, Release
from concerted.editions.sources import source_of
from concerted.meetings import services as meetings
from concerted.meetings.states import MeetingState, Part
from concerted.papers import services as papers
from concerted.people.seating import add_seat, appoint
from concerted.people.states import SeatRole
from concerted.restrictions.tests.conftest import restrict, wanted

__all__ = ["restrict", "wanted"]

DAY = datetime.date(2020, 3, 10)


@pytest.fixture
def met(cast):
    """Put minutes on record: an open item that names people, and what else is asked for."""

    def make(*, body="board", who="dilys", on=DAY, withheld=(), items=(), confidential=()):
        with cast.acting(who) as actor:
            meeting, _ = meetings.record(
                actor,
                minutes=meetings.NewMeeting(
                    body=cast.bodies[body],
                    held_on=on,
                    state=MeetingState.RECEIVED,
                    venue="Wyle House, Marlbeck",
                    attendance=[
                        meetings.NewName("present", "Tobias Wren", "Probation Service"),
                        meetings.NewName("present", "Cllr Rowena Thackley", "Marlbeck Council"),
                    ],
                    items=[
                        meetings.NewItem(
                            "1",
                            "Lighting at Canal Walk",
                            "Tobias Wren spoke.\n\nRing him on 01632 960123 or write to "
                            "tobias@example.org.",
                            decisions=[
                                meetings.NewDecision(
                                    "agreed",
                                    "That the lamps be mended.",
                                    [meetings.NewLimb("agreed", "That the lamps be mended.")],
                                )
                            ],
                            withheld=withheld,
                        ),
                        *(
                            meetings.NewItem(str(n), title, "Said.")
                            for n, title in enumerate(items, 2)
                        ),
                        *(
                            meetings.NewItem("", title, "Not for all.", part=Part.CONFIDENTIAL)
                            for title in confidential
                        ),
                    ],
                ),
            )
        return meeting

    return make


@pytest.fixture
def reported(cast):
    """Put a paper on record."""

    def make(title="Graffiti in the parks", *, body="board", who="dilys", **changes):
        with cast.acting(who) as actor:
            version = documents.receive(actor, data=title.encode(), name="received.docx")
            office = cast.bodies[body].office_audience_id
            documents.hand_to(actor, version=version, audience_id=office)
            given = {
                "dated_on": DAY,
                "author_text": "Head of Street Care",
                "summary": "It stays for months.",
                "recommendations": [papers.NewRecommendation("1", "That it be cleaned.")],
                "paragraphs": [papers.NewParagraph("3", "Background", "Ten days. Not more.")],
            } | changes
            return papers.accept(
                actor,
                new=papers.NewPaper(body=cast.bodies[body], title=title, version=version, **given),
            )

    return make


@pytest.fixture
def drafted(cast):
    """Begin a public version as the secretary."""

    def make(thing, who="dilys"):
        with cast.acting(who) as actor:
            return services.start(actor, source=source_of(actor, thing))

    return make


@pytest.fixture
def settled(cast, drafted):
    """Begin a public version and approve its text."""

    def make(thing, who="dilys"):
        release = drafted(thing, who)
        with cast.acting(who) as actor:
            services.approve_text(actor, release=release, saves=text(cast, release).saves)
        return release

    return make


@pytest.fixture
def asked(cast, settled):
    """Ask for its release, and let the leak check run."""

    def make(thing, who="dilys"):
        release = settled(thing, who)
        with cast.acting(who) as actor:
            release = releasing.ask(actor, release=release)
        check(release.key)
        return fresh(cast, release)

    return make


@pytest.fixture
def public(cast, asked):
    """All the way: asked for by the secretary, approved by the chair, carried."""

    def make(thing, who="dilys", by="rowena"):
        release = asked(thing, who)
        with cast.acting(by) as actor:
            releasing.approve(actor, release=release, looked_at=release.sha256)
        outbox.carry_all()
        return fresh(cast, release)

    return make


@pytest.fixture
def second_chair(cast):
    """Gareth of the police is vice-chair of the board: another organisation than the council."""
    with cast.acting("maud") as maud:
        seat = add_seat(
            maud,
            body=cast.bodies["board"],
            holder=cast.organisations["police"],
            role=SeatRole.VICE_CHAIR,
        )
        appoint(maud, person=cast.people["gareth"], seat=seat)


def fresh(cast, release, who="dilys") -> Release:
    """The release as it stands, read by somebody who may see it."""
    with cast.acting(who) as actor:
        return queries.visible_to(actor).get(pk=release.pk)


def text(cast, release, who="dilys") -> PublicText:
    with cast.acting(who) as actor:
        return queries.text_of(actor, release)
