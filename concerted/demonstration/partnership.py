"""Who Safer Marlbeck is: its districts, organisations, people, bodies, seats, links and areas."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.people import founding, seating, services
from concerted.people.models import Body, District, Organisation, Person, Post, Seat
from concerted.people.public import (
    acting_as,
    kinds_visible_to,
    organisations_visible_to,
    people_visible_to,
)
from concerted.people.states import Capacity, LinkKind, PartKind, SeatRole, Standing, Support

SINCE = datetime.date(2020, 4, 1)
FORCE_AREA = "Wyleshire"
DISTRICTS = ("Marlbeck", "Aldermere", "Thornwick", "Seaholm")
COUNCIL = "Marlbeck Borough Council"
MANAGER = "Maud Trent"

# key: name, short name, other names, standing, district
ORGANISATIONS: dict[str, tuple[str, str, tuple[str, ...], str, str]] = {
    "police": ("Wyleshire Police", "", ("Police", "the police"), Standing.RESPONSIBLE, ""),
    "fire": (
        "Wyleshire Fire and Rescue Service",
        "WFRS",
        ("Fire Service",),
        Standing.RESPONSIBLE,
        "",
    ),
    "probation": (
        "Probation Service",
        "",
        ("Probation", "Probation Service, Wyle region"),
        Standing.RESPONSIBLE,
        "",
    ),
    "nhs": (
        "NHS Wyleshire Integrated Care Board",
        "ICB",
        ("NHS Wyleshire", "NHS"),
        Standing.RESPONSIBLE,
        "",
    ),
    "youth": (
        "Marlbeck Youth Justice Service",
        "YJS",
        ("Youth Justice Service",),
        Standing.OTHER,
        "Marlbeck",
    ),
    "commissioner": (
        "Wyleshire Police and Crime Commissioner",
        "PCC",
        ("OPCC", "Office of the Police and Crime Commissioner"),
        Standing.COOPERATING,
        "",
    ),
    "prison": ("HMP Wyleside", "", (), Standing.COOPERATING, ""),
    "homes": ("Marlbeck Homes", "", (), Standing.PARTICIPATING, "Marlbeck"),
    "watch": (
        "Marlbeck Neighbourhood Watch Network",
        "NHW",
        ("Neighbourhood Watch", "Neighbourhood Watch Network"),
        Standing.PARTICIPATING,
        "Marlbeck",
    ),
    "victims": (
        "Marlbeck Victims’ Voice",
        "",
        ("Victims’ Voice",),
        Standing.PARTICIPATING,
        "Marlbeck",
    ),
    "residents": ("Fenside Residents’ Association", "", (), Standing.PARTICIPATING, "Marlbeck"),
    "recovery": ("Wyle Recovery Service", "", (), Standing.PARTICIPATING, ""),
    "voluntary": ("Marlbeck Voluntary Action", "MVA", (), Standing.PARTICIPATING, "Marlbeck"),
    "ambulance": ("Wyle Ambulance Service", "", (), Standing.OTHER, ""),
    "aldermere": ("Aldermere District Council", "", (), Standing.RESPONSIBLE, "Aldermere"),
    "thornwick": ("Thornwick Borough Council", "", (), Standing.RESPONSIBLE, "Thornwick"),
    "seaholm": ("Seaholm Borough Council", "", (), Standing.RESPONSIBLE, "Seaholm"),
}

# key: name, other names that minutes print, name to sign in with
PEOPLE: dict[str, tuple[str, tuple[str, ...], str]] = {
    "dilys": ("Dilys Ambrey", (), "dilys"),
    "rowena": ("Councillor Rowena Thackley", (), "rowena"),
    "gareth": ("Chief Superintendent Gareth Pellow", (), "gareth"),
    "tobias": ("Tobias Wren", (), "tobias"),
    "odette": ("Odette Marrin", (), "odette"),
    "priti": ("Priti Lansdown", (), "priti"),
    "winifred": ("Winifred Askew", (), "winifred"),
    "sunita": ("Sunita Dorsey", ("Group Manager Sunita Dorsey",), "sunita"),
    "leah": ("Leah Quill", ("Watch Manager Leah Quill",), ""),
    "femi": ("Dr Femi Ashgrove", (), "femi"),
    "noor": ("Noor Hadleigh", (), "noor"),
    "nathan": ("Nathan Hadleigh", (), ""),
    "callum": ("Callum Reddish", (), "callum"),
    "owen": ("Owen Stainmore", (), ""),
    "bernard": ("Bernard Tolley", (), "bernard"),
    "agnieszka": ("Agnieszka Fold", (), ""),
    "imelda": ("Imelda Croft", (), ""),
    "harold": ("Harold Inskip", (), ""),
    "jean": ("Jean Tallentire", (), ""),
    "mohan": ("Mohan Sethi", (), ""),
    "brigid": ("Brigid Latchford", (), ""),
    "lorna": ("Lorna Beck", (), ""),
    "stuart": ("Stuart Penhale", (), ""),
    "yusuf": ("Yusuf Demir", (), ""),
    "joss": ("Inspector Joss Harkin", (), ""),
    "wanda": ("Chief Inspector Wanda Holroyd", (), ""),
    "helena": ("Assistant Chief Constable Helena Stroud", (), ""),
    "edmund": ("Edmund Sorrel", (), ""),
    "hazel": ("Hazel Cropton", (), ""),
    "desmond": ("Councillor Desmond Farrow", (), ""),
    "keir": ("Keir Ashdown", (), ""),
    "philippa": ("Philippa Marsh", (), ""),
    "dominic": ("Dominic Yeo", (), ""),
}

# key: title, organisation, who holds it
POSTS = {
    "protection": ("Head of community protection", "council", "edmund"),
    "licensing": ("Licensing manager", "council", "hazel"),
    "commander": ("District commander", "police", "gareth"),
    "neighbourhoods": ("Chief inspector, neighbourhood policing", "police", "wanda"),
    "operations": ("Operations inspector", "police", "joss"),
    "assistant": ("Assistant chief constable", "police", "helena"),
    "housing": ("Neighbourhood housing manager", "homes", "nathan"),
    "governor": ("Head of resettlement", "prison", "stuart"),
    "aldermere": ("Head of community safety", "aldermere", "keir"),
    "thornwick": ("Community safety manager", "thornwick", "philippa"),
    "seaholm": ("Head of public protection", "seaholm", "dominic"),
}

TWO_MONTHS, QUARTER, MONTH = "Every two months", "Every quarter", "Every month"
SIX_WEEKS = "Every six weeks"


@dataclass(frozen=True, slots=True)
class NewBody:
    name: str
    kind: str
    parent: str = ""
    short: str = ""
    other: tuple[str, ...] = ()
    purpose: str = ""
    quorum: int | None = None
    frequency: str = ""
    outside: bool = False


BODIES = {
    "together": NewBody(
        "Marlbeck Together Board",
        "Local strategic partnership",
        short="MTB",
        quorum=7,
        frequency=QUARTER,
        purpose="Brings the partnerships of the borough together under one strategy.",
    ),
    "board": NewBody(
        "Safer Marlbeck Board",
        "Community safety partnership",
        "together",
        "SMB",
        quorum=6,
        frequency=TWO_MONTHS,
        purpose="Makes and carries out the strategy on crime, disorder, misuse of substances "
        "and reoffending.",
    ),
    "children": NewBody(
        "Children and Families Partnership",
        "Thematic partnership",
        "together",
        frequency=QUARTER,
        purpose="What children, young people and their families need.",
    ),
    "fenside": NewBody(
        "Fenside Area Board",
        "Area partnership board",
        "together",
        "FAB",
        quorum=3,
        frequency=TWO_MONTHS,
        purpose="What the wards of Fenside want put right.",
    ),
    "alderholme": NewBody(
        "Alderholme Area Board",
        "Area partnership board",
        "together",
        "AAB",
        quorum=3,
        frequency=TWO_MONTHS,
    ),
    "canal": NewBody(
        "Canal and Market Area Board",
        "Area partnership board",
        "together",
        "CMAB",
        quorum=3,
        frequency=SIX_WEEKS,
    ),
    "northgate": NewBody(
        "Northgate Area Board",
        "Area partnership board",
        "together",
        "NAB",
        quorum=3,
        frequency=TWO_MONTHS,
    ),
    "millbank": NewBody(
        "Mill Bank Neighbourhood Management Board",
        "Neighbourhood board",
        "canal",
        frequency=MONTH,
        purpose="Residents and services look after Mill Bank together.",
    ),
    "violence": NewBody(
        "Violence Reduction Group",
        "Strategy group",
        "board",
        "VRG",
        ("Violence Reduction Group (VRG)",),
        quorum=3,
        frequency=SIX_WEEKS,
        purpose="Leads on violence, alcohol and the evening economy.",
    ),
    "reoffending": NewBody(
        "Reducing Reoffending Strategy Group",
        "Strategy group",
        "board",
        "RRSG",
        quorum=3,
        frequency=MONTH,
        purpose="Runs the offender schemes as schemes: counts and standards, no names.",
    ),
    "abuse": NewBody(
        "Domestic Abuse Strategy Group", "Strategy group", "board", "DASG", frequency=QUARTER
    ),
    "adults": NewBody("Adults Commissioning Group", "Commissioning group", "board"),
    "young": NewBody("Young People’s Commissioning Group", "Commissioning group", "board"),
    "supply": NewBody("Reducing Supply Group", "Commissioning group", "board"),
    "jag": NewBody(
        "Town Centre Joint Action Group", "Joint action group", "board", frequency=MONTH
    ),
    "jagfenside": NewBody(
        "Fenside Joint Action Group", "Joint action group", "board", frequency=MONTH
    ),
    "jagalderholme": NewBody(
        "Alderholme Joint Action Group", "Joint action group", "board", frequency=MONTH
    ),
    "jagnorthgate": NewBody(
        "Northgate and Villages Joint Action Group",
        "Joint action group",
        "board",
        frequency=MONTH,
    ),
    "streets": NewBody(
        "Street by Street",
        "Programme",
        "board",
        purpose="Asks each street what worries it, acts, and goes back to ask again.",
    ),
    "gold": NewBody(
        "Wyleshire Gold Group",
        "Gold group",
        frequency=QUARTER,
        purpose="Four districts and the police steer the Prevent duty together.",
    ),
    "justice": NewBody(
        "Wyleshire Criminal Justice Board", "Outside body with our representative", outside=True
    ),
}

LINKS = (
    ("board", "gold", LinkKind.LINKED_TO, "Prevent and protection"),
    ("board", "children", LinkKind.LINKED_TO, "Young people in the justice system"),
    ("board", "justice", LinkKind.REPRESENTED_ON, "By the chair"),
    ("millbank", "board", LinkKind.REPORTS_TO, "On crime and disorder"),
    ("jag", "canal", LinkKind.LINKED_TO, ""),
    ("jagfenside", "fenside", LinkKind.LINKED_TO, ""),
    ("jagalderholme", "alderholme", LinkKind.LINKED_TO, ""),
    ("jagnorthgate", "northgate", LinkKind.LINKED_TO, ""),
    ("streets", "millbank", LinkKind.REPORTS_TO, "Results of each round"),
    ("adults", "together", LinkKind.REPORTS_TO, "On spending"),
)


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat: on which body, held by an organisation or, with `of_body`, by another body."""

    body: str
    holder: str
    person: str = ""
    role: str = SeatRole.MEMBER
    contributes: str = ""
    confirmed: bool = False
    substitute: str = ""
    posts: tuple[str, ...] = ()
    proposed: bool = False
    of_body: bool = False
    capacity: str = Capacity.MEMBER


CHAIR, VICE, COMMUNITY = SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.COMMUNITY

SEATS = (
    NewSeat("board", "council", "rowena", CHAIR, "The chair, the secretary and the analyst", True),
    NewSeat("board", "police", "gareth", VICE, "Neighbourhood teams and recorded crime", True),
    NewSeat(
        "board",
        "fire",
        "sunita",
        contributes="Home fire safety visits; counts of fires set",
        confirmed=True,
        substitute="leah",
    ),
    NewSeat(
        "board",
        "probation",
        "tobias",
        contributes="Unpaid work and the reoffending figures",
        confirmed=True,
    ),
    NewSeat("board", "nhs", "femi", contributes="Counts of assaults seen in hospital"),
    NewSeat(
        "board", "youth", "noor", contributes="Work with young people in trouble", confirmed=True
    ),
    NewSeat(
        "board",
        "homes",
        "callum",
        contributes="Wardens, lettings and tenancy action",
        confirmed=True,
        substitute="nathan",
    ),
    NewSeat("board", "commissioner", "owen", contributes="Part of the partnership fund"),
    NewSeat("board", "watch", "bernard", contributes="48 street coordinators", confirmed=True),
    NewSeat("board", "residents", "agnieszka", COMMUNITY),
    NewSeat("board", "victims", "imelda", COMMUNITY, "What victims say of the services they met"),
    NewSeat("board", "fenside", "harold", COMMUNITY, of_body=True),
    NewSeat("board", "alderholme", "jean", COMMUNITY, of_body=True),
    NewSeat("board", "canal", "mohan", COMMUNITY, of_body=True),
    NewSeat("board", "northgate", "brigid", COMMUNITY, of_body=True),
    NewSeat("board", "ambulance", proposed=True, contributes="Calls to assaults, by street"),
    NewSeat("together", "council", "desmond", CHAIR),
    NewSeat("together", "police", posts=("commander", "neighbourhoods")),
    NewSeat("together", "nhs", "femi"),
    NewSeat("together", "voluntary", "yusuf", COMMUNITY),
    NewSeat("together", "board", "rowena", of_body=True),
    NewSeat("together", "fenside", "harold", of_body=True),
    NewSeat("children", "council", "desmond", CHAIR),
    NewSeat("children", "youth", "noor"),
    NewSeat("fenside", "residents", "odette", COMMUNITY, "Knows every street of Fenside", True),
    NewSeat("fenside", "council", "harold", CHAIR),
    NewSeat("fenside", "homes", posts=("housing",)),
    NewSeat("fenside", "police", posts=("operations",)),
    NewSeat("alderholme", "council", "jean", CHAIR),
    NewSeat("alderholme", "homes", "callum"),
    NewSeat("canal", "council", "mohan", CHAIR),
    NewSeat("canal", "watch", "bernard"),
    NewSeat("northgate", "council", "brigid", CHAIR),
    NewSeat("millbank", "homes", "callum", CHAIR),
    NewSeat("millbank", "council", posts=("protection",)),
    NewSeat("violence", "police", "gareth", CHAIR),
    NewSeat("violence", "youth", "noor"),
    NewSeat("violence", "nhs", "femi"),
    NewSeat("violence", "victims", "imelda", COMMUNITY),
    NewSeat("violence", "council", posts=("licensing",)),
    NewSeat("violence", "recovery", "lorna"),
    NewSeat("reoffending", "probation", "tobias"),
    NewSeat("reoffending", "youth", "noor"),
    NewSeat("reoffending", "prison", posts=("governor",)),
    NewSeat("reoffending", "recovery", "lorna", CHAIR),
    NewSeat("reoffending", "police", posts=("operations", "neighbourhoods")),
    NewSeat("reoffending", "homes", "callum"),
    NewSeat("abuse", "victims", "imelda", CHAIR),
    NewSeat("abuse", "police", posts=("neighbourhoods",)),
    NewSeat("adults", "nhs", "femi", CHAIR),
    NewSeat("adults", "recovery", "lorna"),
    NewSeat("young", "youth", "noor", CHAIR),
    NewSeat("supply", "police", posts=("operations",)),
    NewSeat("jag", "police", posts=("operations",)),
    NewSeat("jag", "council", posts=("protection",)),
    NewSeat("jag", "homes", posts=("housing",)),
    NewSeat("jag", "fire", "leah"),
    NewSeat("jagfenside", "police", posts=("operations",)),
    NewSeat("jagalderholme", "police", posts=("operations",)),
    NewSeat("jagnorthgate", "police", posts=("operations",)),
    NewSeat("gold", "police", role=CHAIR, posts=("assistant",)),
    NewSeat("gold", "police", posts=("commander", "neighbourhoods")),
    NewSeat("gold", "council", posts=("protection",)),
    NewSeat("gold", "aldermere", posts=("aldermere",)),
    NewSeat("gold", "thornwick", posts=("thornwick",)),
    NewSeat("gold", "seaholm", posts=("seaholm",)),
    NewSeat("justice", "board", "rowena", of_body=True, capacity=Capacity.OBSERVER),
)

# Seats of the hidden group, which its secretary adds.
SILVER = (
    NewSeat("silver", "council", role=CHAIR, posts=("protection",)),
    NewSeat("silver", "police", "gareth"),
    NewSeat("silver", "prison", proposed=True),
)

WARD, STREET, SPOT = PartKind.WARD, PartKind.STREET, PartKind.PLACE
# name: body that looks after it, and its parts (kind, code, name, excluded)
AREAS = {
    "Fenside": (
        "fenside",
        ((WARD, "", "Fenside North", False), (WARD, "", "Fenside South", False)),
    ),
    "Alderholme": ("alderholme", ((WARD, "", "Alderholme", False), (WARD, "", "Ferry", False))),
    "Canal and Market": (
        "canal",
        ((WARD, "", "Market Place", False), (WARD, "", "Mill Bank", False)),
    ),
    "Northgate": (
        "northgate",
        ((WARD, "", "Northgate", False), (WARD, "", "Wyle Villages", False)),
    ),
    "Street by Street, first round": (
        "streets",
        (
            (STREET, "", "Tanner Street", False),
            (STREET, "", "Alder Street", False),
            (STREET, "", "Canal Walk", False),
        ),
    ),
}
# The same area from a later day on: the south of a ward, without a retail park.
REDRAWN = (
    "Street by Street, first round",
    "streets",
    (
        (WARD, "", "Mill Bank", False),
        (STREET, "", "Tanner Street", False),
        (STREET, "", "Alder Street", False),
        (SPOT, "", "Canalside Retail Park", True),
    ),
)


@dataclass(slots=True)
class Made:
    """What was made, by the keys of the tables above."""

    accounts: dict[str, Account] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)


def make(*, today: datetime.date, password: str, say: Callable[[str], None]) -> Made:
    """Found the partnership, and let its manager and its secretary make the rest of it."""
    made = Made()
    made.accounts["maud"] = founding.found(
        name="Safer Marlbeck",
        force_area=FORCE_AREA,
        organisation=COUNCIL,
        person=MANAGER,
        email=address("maud"),
        password=password,
    )
    with acting_as(made.accounts["maud"]) as maud:
        made.people["maud"] = people_visible_to(maud).get()
        _organisations(made, maud)
        _people(made, maud, password)
        say(f"  {len(made.organisations)} organisations, {len(made.people)} people")
        _bodies(made, maud)
        _support(made, maud)
        for new in SEATS:
            _seat(made, maud, new, today)
        for body, to, kind, note in LINKS:
            services.link_bodies(
                maud, body=made.bodies[body], to=made.bodies[to], kind=kind, note=note
            )
        _areas(made, maud, today)
    with acting_as(made.accounts["dilys"]) as dilys:
        _silver(made, dilys)
    say(f"  {len(made.bodies)} bodies, {len(SEATS) + len(SILVER)} seats")
    return made


def address(name: str) -> str:
    return f"{name}@marlbeck.example"


def _organisations(made: Made, maud: Actor) -> None:
    for name in DISTRICTS:
        made.districts[name] = services.add_district(maud, name=name, force_area=FORCE_AREA)
    council = made.organisations["council"] = organisations_visible_to(maud).get()
    services.change_organisation(
        maud, organisation=council, name=COUNCIL, short_name="MBC", other_names=["the council"]
    )
    services.change_standing(
        maud, organisation=council, standing=Standing.RESPONSIBLE, starts=SINCE
    )
    for key, (name, short, other, standing, district) in ORGANISATIONS.items():
        made.organisations[key] = services.add_organisation(
            maud,
            name=name,
            short_name=short,
            other_names=other,
            standing=standing,
            district=made.districts.get(district),
            starts=SINCE,
        )


def _people(made: Made, maud: Actor, password: str) -> None:
    for key, (name, other, signs_in) in PEOPLE.items():
        person = made.people[key] = services.add_person(maud, name=name, other_names=other)
        if signs_in:
            made.accounts[key] = services.give_account(
                maud, person=person, email=address(signs_in), password=password
            )
    for key, (title, organisation, holder) in POSTS.items():
        post = made.posts[key] = services.add_post(
            maud, title=title, organisation=made.organisations[organisation]
        )
        seating.appoint(maud, person=made.people[holder], post=post, starts=SINCE)


def _bodies(made: Made, maud: Actor) -> None:
    kinds = {kind.name: kind for kind in kinds_visible_to(maud)}
    for key, new in BODIES.items():
        made.bodies[key] = services.add_body(
            maud,
            name=new.name,
            kind=kinds[new.kind],
            short_name=new.short,
            other_names=new.other,
            parent=made.bodies.get(new.parent),
            district=None if new.outside or key == "gold" else made.districts["Marlbeck"],
            purpose=new.purpose,
            quorum=new.quorum,
            frequency=new.frequency,
            outside=new.outside,
            starts=SINCE,
        )


def _support(made: Made, maud: Actor) -> None:
    """Posts that support bodies: the analyst three of them, the secretary all."""
    for key, title, support, bodies in (
        ("dilys", "Partnership secretary", Support.SECRETARY, ()),
        (
            "priti",
            "Community safety analyst",
            Support.ANALYST,
            ("board", "violence", "reoffending"),
        ),
        ("winifred", "Data protection officer", Support.AUDITOR, ()),
    ):
        post = services.add_post(
            maud,
            title=title,
            organisation=made.organisations["council"],
            support=support,
            role_mailbox=address("office") if support == Support.SECRETARY else "",
            bodies=[made.bodies[one] for one in bodies],
        )
        seating.appoint(maud, person=made.people[key], post=post, starts=SINCE)


def _seat(made: Made, actor: Actor, new: NewSeat, today: datetime.date) -> Seat:
    seat = seating.add_seat(
        actor,
        body=made.bodies[new.body],
        holder=None if new.of_body else made.organisations[new.holder],
        holder_body=made.bodies[new.holder] if new.of_body else None,
        role=new.role,
        capacity=new.capacity,
        posts=[made.posts[one] for one in new.posts],
        proposed=new.proposed,
        contributes=new.contributes,
        starts=None if new.proposed else SINCE,
    )
    if new.person:
        seating.appoint(actor, person=made.people[new.person], seat=seat, starts=SINCE)
    if new.substitute:
        seating.appoint(
            actor, person=made.people[new.substitute], seat=seat, substitute=True, starts=SINCE
        )
    if new.confirmed:
        seating.confirm_contribution(
            actor,
            seat=seat,
            contributes=new.contributes,
            on=today - datetime.timedelta(days=45),
        )
    return seat


def _areas(made: Made, maud: Actor, today: datetime.date) -> None:
    marlbeck = made.districts["Marlbeck"]
    for name, (body, parts) in AREAS.items():
        services.define_area(
            maud,
            name=name,
            parts=parts,
            district=marlbeck,
            body=made.bodies[body],
            starts=SINCE,
        )
    name, body, parts = REDRAWN
    services.define_area(
        maud,
        name=name,
        parts=parts,
        body=made.bodies[body],
        starts=today - datetime.timedelta(days=200),
    )


def _silver(made: Made, dilys: Actor) -> None:
    """The hidden group: only its secretary and its members know that it is there."""
    kind = kinds_visible_to(dilys).get(name="Silver group")
    silver = made.bodies["silver"] = services.add_body(
        dilys,
        name="Marlbeck Silver Group",
        short_name="Silver",
        kind=kind,
        parent=made.bodies["gold"],
        purpose="Council and police carry out in Marlbeck what Gold settles.",
        frequency=SIX_WEEKS,
        hidden=True,
        starts=SINCE,
    )
    dilys = services.renewed(dilys)
    for new in SILVER:
        _seat(made, dilys, new, SINCE)
    for to in ("together", "board", "children"):
        services.link_bodies(
            dilys, body=silver, to=made.bodies[to], kind=LinkKind.LINKED_TO, note="As needed"
        )
