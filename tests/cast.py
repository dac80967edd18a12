"""The cast of the tests: one small invented partnership that every story plays in.

Maud     partnership manager
Dilys    secretary of all bodies
Rowena   councillor, chair of the board (Marlbeck Borough Council)
Tobias   member of the board (Probation Service)
Priti    analyst
Owen     data protection officer: reads the trail
Sid      administrator: keeps accounts, reads no papers
Agnes    member of the area board only: outside the board
Gareth   member of the hidden Silver group, and of the board (Wyleshire Police)
Nell     an account without any appointment
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.people import founding, seating, services
from concerted.people.models import Body, BodyKind, Organisation, Person, Post, Seat
from concerted.people.public import acting_as
from concerted.people.states import SeatRole, Standing, Support

PASSWORD = "a long enough password"
SINCE = datetime.date(2020, 4, 1)


@dataclass
class Cast:
    accounts: dict[str, Account] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    @contextmanager
    def acting(self, name: str) -> Iterator[Actor]:
        """Act as one of the cast, with the wall open to what they may see."""
        with acting_as(self.accounts[name]) as actor:
            yield actor


def build() -> Cast:
    cast = Cast()
    cast.accounts["maud"] = founding.found(
        name="Safer Marlbeck",
        force_area="Wyleshire",
        organisation="Marlbeck Borough Council",
        person="Maud Trent",
        email="maud@example.org",
        password=PASSWORD,
    )
    with cast.acting("maud") as maud:
        cast.people["maud"] = Person.objects.get(account=cast.accounts["maud"])
        council = cast.organisations["council"] = Organisation.objects.get()
        services.change_organisation(
            maud, organisation=council, name=council.name, short_name="MBC", other_names=["SBC"]
        )
        for key, name, standing in (
            ("police", "Wyleshire Police", Standing.RESPONSIBLE),
            ("probation", "Probation Service", Standing.RESPONSIBLE),
            ("homes", "Marlbeck Homes", Standing.PARTICIPATING),
        ):
            cast.organisations[key] = services.add_organisation(maud, name=name, standing=standing)
        secretary = services.add_post(
            maud,
            title="Partnership secretary",
            organisation=council,
            role_mailbox="partnership@example.org",
            support=Support.SECRETARY,
        )
        cast.posts["secretary"] = secretary
        _person(cast, maud, "dilys", "Dilys Ambrey", post=secretary)
        for key, name, title, support in (
            ("priti", "Priti Lansdown", "Community safety analyst", Support.ANALYST),
            ("owen", "Owen Stainmore", "Data protection officer", Support.AUDITOR),
            ("sid", "Sid Marsh", "Systems officer", Support.ADMINISTRATOR),
        ):
            post = services.add_post(maud, title=title, organisation=council, support=support)
            _person(cast, maud, key, name, post=post)
        kind = BodyKind.objects.get(name="Community safety partnership")
        board = cast.bodies["board"] = services.add_body(
            maud, name="Safer Marlbeck Board", short_name="SMB", kind=kind, quorum=3, starts=SINCE
        )
        area = cast.bodies["area"] = services.add_body(
            maud, name="Fenside area board", short_name="FAB", kind=kind, parent=board
        )
    with cast.acting("dilys") as dilys:
        silver = cast.bodies["silver"] = services.add_body(
            dilys, name="Silver group", kind=kind, hidden=True
        )
    with cast.acting("maud") as maud:
        for key, name, organisation, body, role in (
            ("rowena", "Rowena Thackley", "council", board, SeatRole.CHAIR),
            ("tobias", "Tobias Wren", "probation", board, SeatRole.MEMBER),
            ("gareth", "Gareth Pellow", "police", board, SeatRole.MEMBER),
            ("agnes", "Agnes Fold", "homes", area, SeatRole.MEMBER),
        ):
            seat = seating.add_seat(
                maud,
                body=body,
                holder=cast.organisations[organisation],
                role=role,
                starts=SINCE,
            )
            cast.seats[key] = seat
            _person(cast, maud, key, name, seat=seat)
        _person(cast, maud, "nell", "Nell Bryce")
    with cast.acting("dilys") as dilys:
        cast.seats["silver"] = seating.add_seat(
            dilys, body=silver, holder=cast.organisations["police"], starts=SINCE
        )
    with cast.acting("maud") as maud:
        seating.appoint(maud, person=cast.people["gareth"], seat=cast.seats["silver"])
    return cast


def _person(
    cast: Cast,
    maud: Actor,
    key: str,
    name: str,
    *,
    post: Post | None = None,
    seat: Seat | None = None,
) -> None:
    person = cast.people[key] = services.add_person(maud, name=name)
    if key:
        cast.accounts[key] = services.give_account(
            maud, person=person, email=f"{key}@example.org", password=PASSWORD
        )
    if post or seat:
        seating.appoint(maud, person=person, post=post, seat=seat, starts=SINCE)
