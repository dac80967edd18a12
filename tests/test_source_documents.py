"""The partnership of the two source documents can be held: every body, seat and attendance.

The documents are read where they lie, beside the repository, and nothing of their people is
written here: only what bodies, organisations and posts are called.
"""

import datetime
import json
import re
from pathlib import Path

import pytest

from concerted.people import queries, seating, services
from concerted.people.models import BodyKind
from concerted.people.public import renewed
from concerted.people.states import Capacity, LinkKind, SeatRole

SHARED = Path(__file__).resolve().parents[2] / "shared"
MINUTES = SHARED / "minutes" / "seed_003.json"

pytestmark = pytest.mark.skipif(
    not MINUTES.exists(), reason="the source documents are not here: ../shared is absent"
)

DAY = datetime.date(2009, 6, 16)
BOROUGHS = ("Stockton", "Middlesbrough", "Hartlepool", "Redcar and Cleveland")

# Organisations as the documents call them, each with its other names.
ORGANISATIONS = {
    "Stockton on Tees Borough Council": ("SBC",),
    "Cleveland Police": ("Police",),
    "Cleveland Police Authority": (),
    "Cleveland Fire Brigade": ("Fire",),
    "Probation Service": ("Probation",),
    "Tristar Homes Ltd.": (),
    "Victim Support": (),
    "Neighbourhood Watch": ("NHW",),
    "Stockton DAT": (),
    "Safe in Tees Valley": (),
    "HMP Holme House": ("Prison Service",),
    "GONE": ("Government Office for the North East",),
    "Catalyst": (),
}
COUNCIL, POLICE = "Stockton on Tees Borough Council", "Cleveland Police"
REPORTS_BACK = (
    "Children's Fund",
    "Renaissance",
    "Area Partnership Boards",
    "Parkfield / Mill Lane Neighbourhood Management Board",
    "DIP / PPO Strategy Group",
    "Adults Commissioning",
    "Young Peoples Commissioning",
    "Reducing Supply",
)


@pytest.fixture(scope="module")
def text() -> str:
    found = sorted((SHARED / "seeds").glob("*.txt"))
    words = " ".join(path.read_text() for path in found)
    return " ".join(words.replace("‘", "'").replace("’", "'").split())


@pytest.fixture(scope="module")
def minutes() -> dict:
    return json.loads(MINUTES.read_text())


class Stockton:
    """The governance of the documents, built by the services as a secretary and a manager would."""

    def __init__(self, manager, text):
        self.manager, self.text = manager, text
        self.bodies, self.organisations, self.known_as = {}, {}, {}

    def build(self):
        for name, others in ORGANISATIONS.items():
            made = services.add_organisation(self.manager, name=name, other_names=others)
            self.organisations[name] = made
            self.known_as |= dict.fromkeys((name, *others), made)
        for borough in BOROUGHS[1:]:
            council = services.add_organisation(self.manager, name=f"{borough} Council")
            self.organisations[borough] = council
        renaissance = self.body("Renaissance Board", "Local strategic partnership")
        self.partnership = self.body(
            "Safer Stockton Partnership", "Community safety partnership", renaissance
        )
        self.body("Children's Trust Board", "Thematic partnership", renaissance)
        self.body("Faith Network", "Outside body with our representative", outside=True)
        for quarter in ("Northern", "Eastern", "Western", "Central"):
            self.body(f"{quarter} Area Partnership Board", "Area partnership board", renaissance)
        self.body(
            "Parkfield / Mill Lane Neighbourhood Management Board",
            "Neighbourhood board",
            self.bodies["Central Area Partnership Board"],
        )
        self.body("Children's Fund", "Programme", self.bodies["Children's Trust Board"])
        self.body("DIP / PPO Strategy Group", "Strategy group", self.partnership)
        self.body("Violence Reduction Group", "Task group", self.partnership)
        dat = self.body("DAT Groups", "Commissioning group", self.partnership)
        for group in ("Adults Commissioning", "Young Peoples Commissioning", "Reducing Supply"):
            self.body(group, "Commissioning group", dat)
        for jag in self.joint_action_groups():
            self.body(jag, "Joint action group", self.partnership)
        return self

    def body(self, name, kind, parent=None, **more):
        made = self.bodies[name] = services.add_body(
            self.manager, name=name, kind=BodyKind.objects.get(name=kind), parent=parent, **more
        )
        self.manager = renewed(self.manager)
        return made

    def joint_action_groups(self) -> list[str]:
        """The four as the minutes list them."""
        listed = re.search(r"which met monthly, as follows:- (- .+?) With the exc", self.text)[1]
        return [name.split(" (")[0].strip() for name in listed.split("- ") if name.strip()]

    def seat(self, body, holder, **more):
        return seating.add_seat(
            self.manager, body=self.bodies[body], holder=self.organisations[holder], **more
        )

    def person(self, name):
        return services.add_person(self.manager, name=name)

    def holder(self, organisation):
        """Who holds the seat of somebody listed under this name: an organisation or a body."""
        if known := self.known_as.get(organisation):
            return {"holder": known}
        return {"holder_body": self.bodies[organisation]}


@pytest.fixture
def manager(cast):
    with cast.acting("maud") as maud:
        yield maud


@pytest.fixture
def stockton(manager, text):
    return Stockton(manager, text).build()


def names(branches) -> dict:
    return {branch.body.name: names(branch.below) for branch in branches}


def test_the_tree_holds_every_body_that_the_minutes_name(stockton, text):
    for name in REPORTS_BACK:
        assert name in text
    tree = names(queries.tree(stockton.manager, day=DAY))
    renaissance = tree["Renaissance Board"]
    assert {"Safer Stockton Partnership", "Children's Trust Board"} <= set(renaissance)
    assert len([name for name in renaissance if "Area Partnership Board" in name]) == 4
    board = renaissance["Safer Stockton Partnership"]
    assert set(board["DAT Groups"]) == set(REPORTS_BACK[-3:])
    assert len(stockton.joint_action_groups()) == 4
    assert set(stockton.joint_action_groups()) <= set(board)
    assert "DIP / PPO Strategy Group" in board
    central = renaissance["Central Area Partnership Board"]
    assert list(central) == ["Parkfield / Mill Lane Neighbourhood Management Board"]
    assert stockton.bodies["Faith Network"].outside


def test_gold_stands_above_four_boroughs_and_silver_links_into_several_bodies(stockton, text):
    assert "'Gold Group'" in text
    assert "'Silver Group'" in text
    for name in ("Gold Group", "Silver Group"):
        stockton.body(name, name.replace("G", "g").capitalize())
    gold, silver = stockton.bodies["Gold Group"], stockton.bodies["Silver Group"]
    links = [(silver, gold, LinkKind.REPORTS_TO)]
    for other in ("Renaissance Board", "Children's Trust Board", "Safer Stockton Partnership"):
        links.append((silver, stockton.bodies[other], LinkKind.LINKED_TO))
    links.append((stockton.bodies["Faith Network"], silver, LinkKind.REPRESENTED_ON))
    for body, to, kind in links:
        services.link_bodies(stockton.manager, body=body, to=to, kind=kind)

    place = queries.place_of(stockton.manager, silver, day=DAY)
    assert len(place.out) == 4
    assert [link.body.name for link in place.back] == ["Faith Network"]

    chief = services.add_post(
        stockton.manager,
        title="Assistant Chief Constable",
        organisation=stockton.organisations[POLICE],
    )
    stockton.seat("Gold Group", POLICE, role=SeatRole.CHAIR, posts=[chief])
    for borough in (COUNCIL, *BOROUGHS[1:]):
        stockton.seat("Gold Group", borough)
    assert len(queries.seat_lines(stockton.manager, gold, day=DAY)) == 5


def test_a_seat_on_gold_is_filled_by_either_of_two_posts(stockton, text):
    assert "Police District Commander and / or Chief Inspector" in text
    stockton.body("Gold Group", "Gold group")
    posts = [
        services.add_post(
            stockton.manager, title=title, organisation=stockton.organisations[POLICE]
        )
        for title in ("Police District Commander", "Chief Inspector, Neighbourhood Policing")
    ]
    stockton.seat("Gold Group", POLICE, posts=posts)

    [line] = queries.seat_lines(stockton.manager, stockton.bodies["Gold Group"], day=DAY)
    assert line.posts == ("Police District Commander", "Chief Inspector, Neighbourhood Policing")


def test_the_chair_of_silver_changed_in_march_and_the_prison_service_is_only_proposed(
    stockton, text
):
    assert "starting with the Prison Service" in text
    silver = stockton.body("Silver Group", "Silver group")
    council = stockton.organisations[COUNCIL]
    before, after = (
        services.add_post(stockton.manager, title=title, organisation=council)
        for title in ("Assistant Chief Executive", "Head of Community Protection")
    )
    change = datetime.date(2009, 4, 1)
    stockton.seat(
        "Silver Group",
        COUNCIL,
        role=SeatRole.CHAIR,
        posts=[before],
        ends=change - datetime.timedelta(days=1),
    )
    stockton.seat("Silver Group", COUNCIL, role=SeatRole.CHAIR, posts=[after], starts=change)
    stockton.seat("Silver Group", "HMP Holme House", proposed=True)

    def chair(day):
        lines = queries.seat_lines(stockton.manager, silver, day=day)
        [line] = [line for line in lines if line.seat.role == SeatRole.CHAIR]
        return line.posts[0]

    assert chair(DAY) == "Head of Community Protection"
    assert chair(datetime.date(2009, 3, 1)) == "Assistant Chief Executive"
    lines = queries.seat_lines(stockton.manager, silver, day=DAY)
    assert [line.seat.proposed for line in lines] == [False, True]


def test_silver_can_be_hidden_with_its_seats_and_lines(stockton, cast):
    with cast.acting("dilys") as secretary:
        silver = services.add_body(
            secretary,
            name="Silver Group",
            kind=BodyKind.objects.get(name="Silver group"),
            hidden=True,
        )
        secretary = renewed(secretary)
        seating.add_seat(secretary, body=silver, holder=stockton.organisations[POLICE])
        services.link_bodies(
            secretary, body=silver, to=stockton.partnership, kind=LinkKind.LINKED_TO
        )
        assert queries.place_of(secretary, stockton.partnership, day=DAY).back
    with cast.acting("maud") as manager:
        place = queries.place_of(manager, stockton.partnership, day=DAY)
        assert not place.back
        assert "Silver Group" not in names(queries.tree(manager, day=DAY))


@pytest.mark.slow
def test_every_attendance_of_the_minutes_has_its_person_and_seat(stockton, minutes):
    """Nineteen present, three officers, four in attendance, three apologies: 29 people."""
    board = stockton.partnership
    listed = [
        (one["name"], one["organisation"], one["role"] or "", Capacity.MEMBER)
        for one in minutes["present"]
    ]
    capacity = {"officers": Capacity.OFFICER, "in_attendance": Capacity.OBSERVER}
    listed += [
        (one["name"], one["organisation"], "", capacity[one["section"]])
        for one in minutes["in_attendance"]
    ]
    # The minutes do not say for whom those who sent apologies sit.
    listed += [(name, "SBC", "", Capacity.MEMBER) for name in minutes["apologies"]]
    assert len(listed) == 29

    for name, organisation, role, sits_as in listed:
        seat = seating.add_seat(
            stockton.manager,
            body=board,
            capacity=sits_as,
            role=SeatRole.CHAIR if role.startswith("Chair") else SeatRole.MEMBER,
            **stockton.holder(organisation),
        )
        seating.appoint(stockton.manager, person=stockton.person(name), seat=seat)

    lines = queries.seat_lines(stockton.manager, board, day=DAY)
    assert sorted(name for line in lines for name in line.people) == sorted(
        name for name, *_ in listed
    )
    assert {line.holder for line in lines if line.seat.holder_body} == {
        f"{quarter} Area Partnership Board" for quarter in ("Northern", "Eastern", "Western")
    }
    chair = next(one for one in minutes["present"] if one["role"])
    assert lines[0].people == (chair["name"],)
    assert lines[0].holder == chair["organisation"]
    # “Probation” and “Probation Service” are one organisation, as are “SBC” and the council.
    asked = queries.seated_organisations(stockton.manager, board, day=DAY)
    assert len(asked) == len(ORGANISATIONS)


def test_one_person_sits_on_two_bodies_for_two_organisations(stockton, minutes):
    person = stockton.person(minutes["present"][-1]["name"])
    jag = stockton.joint_action_groups()[0]
    for body, holder in ((stockton.partnership.name, "HMP Holme House"), (jag, POLICE)):
        seating.appoint(stockton.manager, person=person, seat=stockton.seat(body, holder))

    found = queries.person_lines(stockton.manager, day=DAY)
    lines = {one: held for one, _, held in found}
    held = {(one.seat.body.name, one.seat.holder.name) for one in lines[person]}
    assert held == {(stockton.partnership.name, "HMP Holme House"), (jag, POLICE)}
    both = queries.organisations_of(stockton.manager, [person.pk])[person.pk]
    assert {one.name for one in both} == {"HMP Holme House", POLICE}


def test_the_area_of_the_pilot_leaves_out_a_retail_park(stockton, text):
    assert "south part of the Mandale and Victoria ward, excluding Teesside Retail Park" in text
    version = services.define_area(
        stockton.manager,
        name="Whatever it Takes area",
        parts=[
            ("place", "", "South part of the Mandale and Victoria ward", False),
            ("place", "", "Teesside Retail Park", True),
        ],
        body=stockton.partnership,
        starts=DAY,
    )
    assert [part.excluded for part in version.parts.all()] == [False, True]


def test_members_outline_their_roles_in_one_table(stockton, minutes):
    [item] = [one for one in minutes["items"] if "outline Roles" in one["title"]]
    assert item["decision"] == "noted"
    for holder in (COUNCIL, POLICE, "Probation Service"):
        seat = stockton.seat("Safer Stockton Partnership", holder)
        seating.confirm_contribution(
            stockton.manager, seat=seat, contributes=f"What {holder} brings.", on=DAY
        )
    lines = queries.seat_lines(stockton.manager, stockton.partnership, day=DAY)
    assert [line.unconfirmed for line in lines] == [False] * 3
    assert all(line.seat.contributes for line in lines)
