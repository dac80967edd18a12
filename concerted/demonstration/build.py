"""Builds the demonstration as people would: through services, and minutes through the reader."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from concerted.access.models import Account
from concerted.imports.commands import import_files
from concerted.imports.review import Choice, Review
from concerted.people import founding, services
from concerted.people.models import BodyKind, Organisation
from concerted.people.public import acting_as
from concerted.people.states import SeatRole, Standing, Support

PASSWORD = "safer-marlbeck-2026"  # noqa: S105 - a demonstration's, printed at its start
MINUTES = Path(__file__).parent / "minutes"
SINCE = datetime.date(2020, 4, 1)
PEOPLE = (
    ("dilys@marlbeck.example", "Dilys Ambrey", "secretary"),
    ("rowena@marlbeck.example", "Rowena Thackley", "chair of the board"),
    ("tobias@marlbeck.example", "Tobias Wren", "member, Probation Service"),
)


def is_there() -> bool:
    return Account.objects.exists()


def sign_ins() -> str:
    lines = [f"  {email:28} {what}" for email, _, what in PEOPLE]
    return "\n".join(["Sign in as one of these, password " + PASSWORD, *lines])


def build(*, say: Callable[[str], None] = print) -> None:
    manager = founding.found(
        name="Safer Marlbeck",
        force_area="Wyleshire",
        organisation="Marlbeck Borough Council",
        person="Maud Trent",
        email="maud@marlbeck.example",
        password=PASSWORD,
    )
    with acting_as(manager) as maud:
        council = Organisation.objects.get()
        secretary = services.add_post(
            maud, title="Partnership secretary", organisation=council, support=Support.SECRETARY
        )
        dilys = services.add_person(maud, name="Dilys Ambrey")
        services.give_account(maud, person=dilys, email=PEOPLE[0][0], password=PASSWORD)
        services.appoint(maud, person=dilys, post=secretary, starts=SINCE)
        kind = BodyKind.objects.get(name="Community safety partnership")
        board = services.add_body(
            maud, name="Safer Marlbeck Board", short_name="SMB", kind=kind, quorum=6
        )
        probation = services.add_organisation(
            maud, name="Probation Service", standing=Standing.RESPONSIBLE
        )
        for organisation, role, (email, name, _) in (
            (council, SeatRole.CHAIR, PEOPLE[1]),
            (probation, SeatRole.MEMBER, PEOPLE[2]),
        ):
            seat = services.add_seat(maud, body=board, holder=organisation, role=role)
            person = services.add_person(maud, name=name)
            services.give_account(maud, person=person, email=email, password=PASSWORD)
            services.appoint(maud, person=person, seat=seat, starts=SINCE)
    files = [(path.name, path.read_bytes()) for path in sorted(MINUTES.glob("*.txt"))]
    outcome = import_files(
        PEOPLE[0][0], files, accept=True, personal="replace", answer=_as_dilys_would
    )
    say(f"Minutes: {outcome.summary}")


def _as_dilys_would(review: Review) -> dict[str, Any]:
    """The secretary's answers: the first offered, and somebody new where nobody fits."""
    given: dict[str, Any] = {}
    for one in review.fields:
        if isinstance(one, Choice) and one.required and not one.initial:
            given[one.name] = one.options[0][0]
    return given


