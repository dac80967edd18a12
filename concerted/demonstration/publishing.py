"""What the demonstration publishes, through two people; one version is withdrawn again."""

from collections.abc import Callable

from concerted.access.actor import Actor
from concerted.crime_reports import public as crime_reports
from concerted.demonstration.partnership import Made
from concerted.editions import public as editions
from concerted.editions.public import Release, ReleaseState
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import public as meetings
from concerted.meetings.public import Meeting
from concerted.papers import public as papers
from concerted.papers.public import Paper
from concerted.people.public import acting_as

CLOSED = "Exempt: the financial or business affairs of a person. It is in the public interest "
CLOSED += "that firms can give their figures in confidence."
WITHDRAWN = "The second page tells of one house only."


def publish(made: Made, *, say: Callable[[str], None]) -> None:
    """Publish the board's agreed minutes and open papers; leave one release for the chair."""
    with acting_as(made.accounts["maud"]) as maud:
        editions.change_settings(maud, contact="partnership@example.org", alone=False)
        editions.name_publicly(
            maud, person=made.people["rowena"], office="Councillor and chair of the board"
        )
    with acting_as(made.accounts["dilys"]) as dilys:
        board = made.bodies["board"]
        agreed = meetings.visible_to(dilys).filter(body=board).order_by("-held_on", "-id")
        minutes: list[Meeting | Paper] = list(
            agreed.filter(state=meetings.MeetingState.CONFIRMED)[:4]
        )
        to_come: list[Meeting | Paper] = list(
            agreed.filter(state=meetings.MeetingState.PLANNED)[:1]
        )
        issued = crime_reports.visible_to(dilys).filter(paper__isnull=False).values("paper")
        open_papers = papers.visible_to(dilys).filter(body=board, tier="official")
        figures: list[Meeting | Paper] = list(open_papers.filter(pk__in=issued))
        reports: list[Meeting | Paper] = list(open_papers.exclude(pk__in=issued)[:3])
    released = [_release(made, one) for one in (*to_come, *minutes, *figures, *reports)]
    _approve(made, released[:-1])
    with acting_as(made.accounts["dilys"]) as dilys:
        last = released[-2]
        public = editions.visible_to(dilys).filter(pk=last.pk, state=ReleaseState.PUSHED).first()
        if public:
            editions.withdraw(dilys, release=public, reason=WITHDRAWN)
    editions.carry_all()
    with acting_as(made.accounts["dilys"]) as dilys:
        states = [editions.visible_to(dilys).get(pk=one.pk).state for one in released]
    say(
        f"  {states.count(ReleaseState.PUSHED)} public versions on the public site, "
        f"{states.count(ReleaseState.WITHDRAWN)} withdrawn, "
        f"{states.count(ReleaseState.ASKED)} for the chair to approve"
    )


def _release(made: Made, thing: Meeting | Paper) -> Release:
    """A public version, its text gone through as the secretary would, its release asked for."""
    with acting_as(made.accounts["dilys"]) as dilys:
        release = editions.start(dilys, source=editions.source_of(dilys, thing))
        _go_through(dilys, release)
        text = editions.text_of(dilys, release)
        assert text  # noqa: S101 - the secretary is of the office
        editions.approve_text(dilys, release=release, saves=text.saves)
        release = editions.ask(dilys, release=release)
    editions.check(release.key)
    return release


def _go_through(dilys: Actor, release: Release) -> None:
    """Say why closed things are closed, and keep what only looks like a personal detail."""
    text = editions.text_of(dilys, release)
    assert text  # noqa: S101
    for number, stub in enumerate(text.content["closed"], start=1):
        if stub["reason"]:
            continue
        text = editions.save_closed(
            dilys,
            release=release,
            number=number,
            reason=CLOSED,
            review_on=None,
            whom_to_ask="partnership@example.org",
            out=False,
            saves=text.saves,
        )
    left = [one.words for one in editions.left_over(dilys, release, text)]
    for number in range(1, len(text.content["parts"]) + 1) if left else ():
        text = editions.save_part(
            dilys,
            release=release,
            number=number,
            given={},
            out=False,
            kept=left,
            saves=text.saves,
        )


def _approve(made: Made, released: list[Release]) -> None:
    """By the chair; by the vice-chair of another organisation where a source is restricted."""
    for one in released:
        for who in ("rowena", "gareth"):
            try:
                with acting_as(made.accounts[who]) as actor:
                    editions.approve(actor, release=one, looked_at=one.sha256)
                break
            except NotAllowed:
                continue
    editions.carry_all()
