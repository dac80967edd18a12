"""One random partnership, built twice: as it is, and without what one of its people may not see.

To that person both must look the same to the last byte. Where a thing has words of its own inside
something that everybody sees (a passage withheld), the second world has other words there.

Who is meant to see a step is said here, in names, and never asked of the product. The clock stands
still, and random keys are drawn from the name of the step that makes them, so that what both
worlds hold has the same keys in both. The database's own ids differ: they may not show.
"""

import datetime
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.db import transaction

from concerted.access.actor import Actor
from concerted.actions import services as actions
from concerted.actions.services import Owners
from concerted.actions.states import Said
from concerted.agendas import services as agendas
from concerted.agendas.models import Issue
from concerted.demonstration.publishing import _go_through
from concerted.documents import services as documents
from concerted.editions import outbox, releasing
from concerted.editions import services as editions
from concerted.editions.checking import check
from concerted.editions.queries import text_of
from concerted.editions.services import change_settings
from concerted.editions.sources import source_of
from concerted.imports import commands
from concerted.imports.review import Choice
from concerted.imports.tests import nearby
from concerted.interests import declaring, rules
from concerted.interests import services as interests
from concerted.interests.policies import NewDeclaration, NewEntry, NewGift
from concerted.kernel import keys
from concerted.kernel.clock import as_of
from concerted.meetings import queries
from concerted.meetings import services as meetings
from concerted.meetings.models import Item
from concerted.meetings.paragraphs import mark_of
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting, NewName
from concerted.meetings.states import MeetingState
from concerted.papers import services as papers
from concerted.people import seating, services
from concerted.people.models import AudienceMember
from concerted.people.public import entries_to_pick
from concerted.people.states import LinkKind, PartKind, SeatRole, Support
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground
from tests import two_worlds_business
from tests.cast import PASSWORD, SINCE, Cast
from tests.world import MINUTES, REPORT, _first_offered

MOMENT = datetime.datetime(2026, 6, 16, 9, 30, tzinfo=datetime.UTC)
EVERYONE = frozenset[str]()
RUN_ALL = frozenset({"dilys", "maud"})  # the offices of all open bodies
READ_ALL = RUN_ALL | {"priti"}
# Whoever may read the trail may know that a thing exists: its lines hold no titles and no words.
READS_TRAIL = {"maud", "owen"}
BOARD = ("tobias", "rowena", "gareth", "orla", "vera")  # who sits on it
SUBJECTS = (
    *("nell", "tobias", "rowena", "gareth", "agnes", "priti", "orla", "wilf", "dilys"),
    *("maud", "owen", "sid", "una", "ivor"),
)
PLACES = ("Canal", "Harbour", "Priory", "Station", "Larkhill", "Millrace", "Tanner", "Quayside")
SORTS = ("group", "forum", "panel", "board", "task group")
NAMED_ALIKE = "Tanner Street group"
TOPICS = (
    *("Night buses", "Empty shops", "Graffiti", "Street lighting", "Nuisance bikes"),
    *("Park closing times", "Door staff", "Bin fires", "Underpass cameras", "Taxi ranks"),
)
# Of what is kept back from most: words that no public text bears, or the leak check would stop it
# and lead whoever releases it to those who know.
KEPT_TOPICS = ("A witness in the market", "Two doors in Quay Row", "Calls to one hostel")
# What a paragraph says of itself, by which it is found: its level comes first.
HIDDEN, CLOSED = "hidden from most", "closed to most"


@dataclass
class Build:
    """A world being built for one subject; `whole` says whether it holds what they may not see."""

    cast: Cast
    seed: int
    subject: str
    whole: bool
    things: dict[str, Any] = field(default_factory=dict)
    hidden_keys: list[str] = field(default_factory=list)

    def sees(self, seen_by: frozenset[str]) -> bool:
        return not seen_by or self.subject in seen_by

    def words(self, text: str, seen_by: frozenset[str]) -> str:
        """Words that only some may read: others in a world that is not whole."""
        if self.whole or self.sees(seen_by):
            return text
        return f"Nothing of the kind, said at another length, about {text[::-1]}"

    @contextmanager
    def acting(self, name: str) -> Iterator[Actor]:
        with self.cast.acting(name) as actor:
            yield actor


@dataclass(frozen=True)
class Step:
    name: str
    seen_by: frozenset[str]
    do: Callable[[Build, random.Random], Any]

    def hidden_from(self, name: str) -> bool:
        return bool(self.seen_by) and name not in self.seen_by


class Plan:
    """What a partnership is made of, drawn from a seed; the same for both worlds."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.steps: list[Step] = []
        # By body: who reads its papers, and who runs its office.
        self.readers: dict[str, frozenset[str]] = {}
        self.office: dict[str, frozenset[str]] = {}
        self.stewards: dict[str, str] = {}
        self.sitting: dict[str, set[str]] = {}
        self.named_alike: set[str] = set()
        self.restricted: set[str] = set()
        self.hidden = {"silver"}
        # Bodies that everybody knew first, and what becomes of each.
        self.later: dict[str, str] = {}
        self._people()
        self._bodies()
        for body in ("board", "area"):
            self._seat_apart(body, self.chance.choice(("added", "hidden", "closed")))
        for body in list(self.readers):
            self._business(body)
        self._registers()
        self._between()
        for body in self.later:
            self._body_kept(body)
        self._in_public()

    def step(self, name: str, seen_by: frozenset[str], do: Callable[..., Any]) -> None:
        self.steps.append(Step(name, seen_by, do))

    def also_seen(self, name: str, who: str) -> None:
        """Somebody else is told of what a step makes, so it is there for them as well."""
        self.steps = [
            replace(one, seen_by=one.seen_by | {who}) if one.name == name and one.seen_by else one
            for one in self.steps
        ]

    def _people(self) -> None:
        def more(build: Build, chance: random.Random) -> None:
            cast = build.cast
            with build.acting("maud") as maud:
                post = services.add_post(
                    maud,
                    title="Secretary of the board",
                    organisation=cast.organisations["council"],
                    support=Support.SECRETARY,
                    bodies=[cast.bodies["board"]],
                )
                for key, name in (
                    ("wilf", "Wilf Oakes"),
                    ("orla", "Orla Finch"),
                    ("una", "Una Sedge"),
                    ("ivor", "Ivor Crane"),
                    ("vera", "Vera Moss"),
                ):
                    person = cast.people[key] = services.add_person(maud, name=name)
                    cast.accounts[key] = services.give_account(
                        maud, person=person, email=f"{key}@example.org", password=PASSWORD
                    )
                seating.appoint(maud, person=cast.people["wilf"], post=post, starts=SINCE)
                for name, role in (("orla", SeatRole.OBSERVER), ("vera", SeatRole.VICE_CHAIR)):
                    seat = seating.add_seat(
                        maud,
                        body=cast.bodies["board"],
                        holder=cast.organisations["homes"],
                        role=role,
                        starts=SINCE,
                    )
                    seating.appoint(maud, person=cast.people[name], seat=seat, starts=SINCE)
                change_settings(maud, contact="office@example.org", alone=False)
                rules.set_rule(
                    maud,
                    starts=MOMENT.date(),
                    days_after_appointment=28,
                    days_after_change=28,
                    confirm_months=12,
                    remind_days=14,
                    gift_pounds=Decimal(25),
                    gift_days=28,
                )
                build.things["land"] = rules.add_kind(
                    maud, words="Land", covers="", starts=MOMENT.date()
                )

        self.step("people", EVERYONE, more)
        self.readers["board"] = READ_ALL | {"tobias", "rowena", "gareth", "wilf", "orla", "vera"}
        self.office["board"] = RUN_ALL | {"wilf"}
        self.readers["area"] = READ_ALL | {"agnes"}
        self.office["area"] = RUN_ALL
        self.readers["silver"] = frozenset({"dilys", "gareth"})
        self.office["silver"] = frozenset({"dilys"})
        self.sitting |= {"board": set(BOARD), "area": {"agnes"}, "silver": {"gareth"}}
        self.stewards |= {"board": "dilys", "area": "dilys", "silver": "dilys"}

    def _bodies(self) -> None:
        for number in range(self.chance.randint(2, 5)):
            hidden = number == 0 or self.chance.random() < 0.5
            steward = self.chance.choice(("dilys", "wilf")) if hidden else "dilys"
            sitting = set(self.chance.sample(("una", "ivor", "tobias", "agnes"), 2))
            listed = set(self.chance.sample(("rowena", "orla", "priti", "sid"), 1))
            name = f"body {number}"
            later = hidden and self.chance.random() < 0.5
            if hidden:
                self.hidden.add(name)
            if later:
                steward = "dilys"
                self.later[name] = self.chance.choice(("hidden", "closed"))
                self.readers[name] = READ_ALL | sitting
                self.office[name] = RUN_ALL
            elif hidden:
                self.readers[name] = frozenset({steward, *sitting, *listed})
                self.office[name] = frozenset({steward})
            else:
                self.readers[name] = READ_ALL | sitting
                self.office[name] = RUN_ALL
            self.stewards[name] = steward
            self.sitting[name] = sitting
            # A name like that of another body would be asked about, of whoever sees both.
            title = f"{PLACES[(self.seed + number) % len(PLACES)]} {self.chance.choice(SORTS)}"
            if self.chance.random() < 0.5:
                # Hidden bodies and open ones of the same name.
                title = NAMED_ALIKE
                self.named_alike.add(name)
            closed = self.later.get(name) == "closed"
            seen = self.readers[name] if hidden and not closed else EVERYONE
            self.step(name, seen, self._body(name, title, hidden, sitting, listed))
            if later and self.chance.random() < 0.5:
                self._body_kept(name)
                del self.later[name]

    def _body_kept(self, body: str) -> None:
        """Close or hide a body that everybody knew."""
        level = self.later[body]

        def restrict(build: Build, chance: random.Random) -> Any:
            with build.acting(self.stewards[body]) as actor:
                _restrict(build, actor, "people.body", build.cast.bodies[body].key, level)

        seen = EVERYONE if level == "closed" else self.readers[body]
        self.step(f"{body} {level}", seen, restrict)

    def _seat_apart(self, body: str, level: str) -> None:
        """A seat that only those know of who read the body's papers; nobody sits on it."""
        name, readers = f"{body} seat apart", self.readers[body]

        def make(build: Build, chance: random.Random) -> Any:
            cast = build.cast
            holder = chance.choice(("police", "homes", "probation"))
            with build.acting("dilys") as dilys:
                build.things[name] = seating.add_seat(
                    dilys,
                    body=cast.bodies[body],
                    holder=cast.organisations[
                        holder if build.whole or build.sees(readers) else "council"
                    ],
                    contributes=build.words(f"Knows {chance.choice(TOPICS).lower()}.", readers),
                    starts=SINCE,
                    hidden=level == "added",
                )

        def restrict(build: Build, chance: random.Random) -> Any:
            with build.acting("dilys") as dilys:
                _restrict(build, dilys, "people.seat", build.things[name].key, level)

        seen = EVERYONE if level == "closed" else readers
        self.step(name, seen, make)
        if level != "added":
            self.step(f"{name} {level}", seen, restrict)

    def _body(
        self, name: str, title: str, hidden: bool, sitting: set[str], listed: set[str]
    ) -> Callable[[Build, random.Random], Any]:
        made_known = {*self.later}

        def do(build: Build, chance: random.Random) -> Any:
            cast = build.cast
            readers, born = self.readers[name], hidden and name not in made_known
            with build.acting(self.stewards[name]) as actor:
                body = services.add_body(
                    actor,
                    name=build.words(title, readers) if hidden else title,
                    kind=cast.bodies["board"].kind,
                    parent=cast.bodies["board"] if chance.random() < 0.5 else None,
                    purpose=f"To look after {chance.choice(TOPICS).lower()}.",
                    hidden=born,
                )
            cast.bodies[name] = body
            if born:
                for one in sorted(listed):
                    AudienceMember.objects.create(
                        audience_id=body.papers_audience_id, person=cast.people[one]
                    )
            appointing = self.stewards[name] if born else "maud"
            for one in sorted(sitting):
                with build.acting(appointing) as actor:
                    seat = seating.add_seat(
                        actor,
                        body=body,
                        holder=cast.organisations[chance.choice(("police", "homes"))],
                        starts=SINCE,
                        contributes=f"Knows {chance.choice(TOPICS).lower()}.",
                    )
                    seating.appoint(actor, person=cast.people[one], seat=seat, starts=SINCE)
            return body

        return do

    def _business(self, body: str) -> None:
        readers, office, steward = self.readers[body], self.office[body], self.stewards[body]
        for number in range(self.chance.randint(1, 3)):
            day = datetime.date(2026, 1, 6) + datetime.timedelta(
                days=7 * self.chance.randint(0, 20)
            )
            name = f"{body} meeting {number}"
            self.step(name, readers, self._meeting(name, body, steward, day, office))
            # Of the first item: one paragraph that only the steward may know of, and one that
            # all know to be closed.
            kept = frozenset({steward})
            for words, seen in ((HIDDEN, kept), (CLOSED, readers)):
                if self.chance.random() < 0.6:
                    self.restricted.add(f"{name} {words}")
                    self.step(f"{name} {words}", seen, self._paragraph(name, body, steward, words))
            if self.chance.random() < 0.4:
                self._one_file(name, body, self.chance.choice(("closed", "hidden")))
            if self.chance.random() < 0.4:
                self.step(f"{name} declared", readers, self._declared(name, body))
        for what in (self._whole_meeting, self._one_item, self._one_paper, self._one_action):
            if self.chance.random() < 0.5:
                what(body, self.chance.choice(("closed", "hidden")))
        for number in range(self.chance.randint(1, 3)):
            self.step(f"{body} action {number}", readers, self._action(body, steward, None))
        self.step(f"{body} office action", office, self._action(body, steward, "office"))
        if self.chance.random() < 0.7:
            self.step(f"{body} planned", readers, self._planned(body, steward))
            if self.chance.random() < 0.7:
                self._agenda(body, self.chance.choice(("", "closed", "hidden")))
            two_worlds_business.add(self, body)
        if self.chance.random() < 0.5:
            seen = readers if self.is_hidden(body) else EVERYONE
            self.step(f"{body} area", seen, self._area(body))
        if body in self.named_alike:
            # Which of them a file is about is asked of whoever sees both; others are not asked.
            return
        if body in self.later:
            # Whom its minutes name, everybody knows for good.
            return
        if self.chance.random() < 0.5:
            self.step(f"{body} minutes", readers, self._handed_over(body, steward, MINUTES))
        if self.chance.random() < 0.5:
            self.step(f"{body} paper", readers, self._handed_over(body, steward, REPORT))
        if self.chance.random() < 0.5:
            self.step(
                f"{body} waiting",
                frozenset({steward}),
                self._handed_over(body, steward, MINUTES, accept=False),
            )

    def _meeting(
        self, name: str, body: str, steward: str, day: datetime.date, office: frozenset[str]
    ) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            kept = frozenset({steward})
            first = []
            if f"{name} {HIDDEN}" in self.restricted and (build.whole or build.sees(kept)):
                first.append(f"The stall by the {chance.choice(PLACES)} is {HIDDEN}.")
            chance = random.Random(f"{self.seed} {name} after")
            if f"{name} {CLOSED}" in self.restricted:
                said = build.words(f"The boat at {chance.choice(PLACES)} was named.", kept)
                first.append(f"{said} It is {CLOSED}.")
            first.append("The chair gave thanks.")
            cast = build.cast
            people = [cast.people[name] for name in ("tobias", "rowena", "agnes", "una")]
            items = []
            for number in range(1, chance.randint(3, 6)):
                topic = chance.choice(KEPT_TOPICS if self.is_hidden(body) else TOPICS)
                withheld = chance.random() < 0.4
                said = build.words(f"The flat above the shop in {topic} was named.", office)
                items.append(
                    NewItem(
                        ref=str(number),
                        title=topic,
                        text="\n\n".join(
                            [
                                f"Members heard of {topic.lower()}. {'[withheld 1]' * withheld}",
                                *(first if number == 1 else ()),
                            ]
                        ),
                        withheld=[said] if withheld else [],
                        decisions=[
                            NewDecision(
                                "noted", f"That {topic} be noted.", [NewLimb("noted", "Noted.")]
                            )
                        ]
                        if chance.random() < 0.7
                        else [],
                    )
                )
            with build.acting(steward) as actor:
                meeting, _ = meetings.record(
                    actor,
                    minutes=NewMeeting(
                        body=cast.bodies[body],
                        held_on=day,
                        state=MeetingState.DRAFT,
                        venue=f"{chance.choice(PLACES)} Hall",
                        attendance=[
                            NewName(attended="present", name=one.name, person=one)
                            for one in chance.sample(people, 2)
                        ],
                        items=items,
                        apart=True,
                    ),
                )
            build.things[name] = meeting
            return meeting

        return do

    def _paragraph(
        self, name: str, body: str, steward: str, words: str
    ) -> Callable[[Build, random.Random], Any]:
        """Restrict a paragraph with these words to the steward."""

        def do(build: Build, chance: random.Random) -> Any:
            with build.acting(steward) as actor:
                meeting = build.things[name]
                line = queries.items_of(actor, meeting)[0]
                one = next(one for one in line.paragraphs if words in one.words)
                chosen = meetings.choose_paragraph(
                    actor,
                    item=Item.objects.select_related("meeting__body").get(pk=line.item.id),
                    number=str(one.number),
                    mark=mark_of(one.words),
                )
                return _restrict(
                    build, actor, "meetings.paragraph", chosen.key, words.partition(" ")[0]
                )

        return do

    # Whole things, kept back from all but the steward: seen as closed by those who read where they
    # stand, or by nobody else at all. Made in one step and restricted in the next, so that what
    # is said of them has the same key however long they are.

    def _kept(self, body: str, level: str, name: str, make: Callable[..., Any], label: str) -> None:
        steward = self.stewards[body]
        kept = frozenset({steward})
        seen = kept if level == "hidden" else self.readers[body]

        def restrict(build: Build, chance: random.Random) -> Any:
            with build.acting(steward) as actor:
                return _restrict(build, actor, label, build.things[name].key, level)

        self.step(name, seen, make)
        self.step(f"{name} {level}", seen, restrict)

    def _whole_meeting(self, body: str, level: str) -> None:
        """Only one to come can be hidden: of those that were, other records speak."""
        steward, name = self.stewards[body], f"{body} meeting apart"
        weeks = datetime.timedelta(days=7 * self.chance.randint(0, 12))

        def make(build: Build, chance: random.Random) -> Any:
            kept = frozenset({steward})
            said = build.words(f"They met about {chance.choice(KEPT_TOPICS)}.", kept)
            items = [
                NewItem(ref=str(number), title=said[:60], text=said)
                for number in range(1, 4 if build.whole or build.sees(kept) else 2)
            ]
            body_there = build.cast.bodies[body]
            venue = build.words("A back room", kept)[:60]
            with build.acting(steward) as actor:
                if level == "hidden":
                    build.things[name] = meetings.plan(
                        actor,
                        body=body_there,
                        held_on=datetime.date(2026, 9, 1) + weeks,
                        venue=venue,
                        items=items,
                    )
                    return
                build.things[name], _ = meetings.record(
                    actor,
                    minutes=NewMeeting(
                        body=body_there,
                        held_on=datetime.date(2026, 2, 3) + weeks,
                        state=MeetingState.DRAFT,
                        venue=venue,
                        items=items,
                        apart=True,
                    ),
                )

        self._kept(body, level, name, make, "meetings.meeting")

    def _one_file(self, meeting: str, body: str, level: str) -> None:
        """The file that is kept with a meeting, which only the steward may take or know."""
        steward, name = self.stewards[body], f"{meeting} file"
        kept = frozenset({steward})

        def make(build: Build, chance: random.Random) -> Any:
            called = build.words(f"The raid of {chance.choice(PLACES)}", kept)
            office = build.cast.bodies[body].office_audience_id
            with build.acting(steward) as actor:
                version = documents.receive(actor, data=called.encode(), name=f"{called}.txt")
                documents.hand_to(actor, version=version, audience_id=office)
                meetings.give_document(
                    actor, meeting=build.things[meeting], document=version.document
                )
                _restrict(build, actor, "documents.document", version.document.key, level)

        seen = kept if level == "hidden" else self.readers[body]
        self.step(name, seen, make)

    def _one_item(self, body: str, level: str) -> None:
        """Of a meeting that its readers see: the last item, with a decision inside."""
        steward, name = self.stewards[body], f"{body} item apart"
        kept = frozenset({steward})
        day = datetime.date(2026, 3, 3) + datetime.timedelta(days=7 * self.chance.randint(0, 12))

        def make(build: Build, chance: random.Random) -> Any:
            topic = chance.choice(KEPT_TOPICS if self.is_hidden(body) else TOPICS)
            items = [NewItem(ref="", title=topic, text=f"Members heard of {topic.lower()}.")]
            if level == "closed" or build.whole or build.sees(kept):
                said = build.words(chance.choice(KEPT_TOPICS), kept)
                items.append(NewItem(ref="", title=said, text=f"{said}. It was talked about."))
            with build.acting(steward) as actor:
                meeting, made = meetings.record(
                    actor,
                    minutes=NewMeeting(
                        body=build.cast.bodies[body],
                        held_on=day,
                        state=MeetingState.DRAFT,
                        items=items,
                        apart=True,
                    ),
                )
            build.things[name], build.things[f"{name} meeting"] = made[-1], meeting

        def restrict(build: Build, chance: random.Random) -> Any:
            with build.acting(steward) as actor:
                return _restrict(build, actor, "meetings.item", build.things[name].key, level)

        self.step(name, self.readers[body], make)
        seen = kept if level == "hidden" else self.readers[body]
        self.step(f"{name} {level}", seen, restrict)
        if self.chance.random() < 0.5:
            self.step(f"{name} declared", kept, self._declared(name, body))

    def _one_paper(self, body: str, level: str) -> None:
        """A paper that is kept back whole, or one of whose appendices is."""
        steward, name = self.stewards[body], f"{body} paper apart"
        kept = frozenset({steward})
        whole = self.chance.random() < 0.5
        if whole:
            self.restricted.add(name)  # so nothing of it is released

        def make(build: Build, chance: random.Random) -> Any:
            topic = chance.choice(KEPT_TOPICS if self.is_hidden(body) else TOPICS)
            held = build.words(chance.choice(KEPT_TOPICS), kept)
            appendices = [papers.NewAppendix("", "Map")]
            if level == "closed" or build.whole or build.sees(kept):
                appendices.append(papers.NewAppendix("", held))
            with build.acting(steward) as actor:
                version = documents.receive(actor, data=topic.encode(), name="report.txt")
                cast_body = build.cast.bodies[body]
                documents.hand_to(actor, version=version, audience_id=cast_body.office_audience_id)
                paper = papers.accept(
                    actor,
                    new=papers.NewPaper(
                        body=cast_body,
                        title=held if whole else f"{topic}, a report",
                        version=version,
                        dated_on=datetime.date(2026, 3, 1),
                        summary=held if whole else f"It is about {topic.lower()}.",
                        paragraphs=[papers.NewParagraph("1", "Background", "As before.")],
                        appendices=[] if whole else appendices,
                    ),
                )
                last = paper.appendices.order_by("position").last()
            build.things[name] = paper if whole else last
            build.things[f"{name} report"] = paper

        if whole:
            self._kept(body, level, name, make, "papers.paper")
            return

        def restrict(build: Build, chance: random.Random) -> Any:
            with build.acting(steward) as actor:
                return _restrict(build, actor, "papers.appendix", build.things[name].key, level)

        self.step(name, self.readers[body], make)
        seen = kept if level == "hidden" else self.readers[body]
        self.step(f"{name} {level}", seen, restrict)

    def _one_action(self, body: str, level: str) -> None:
        steward, name = self.stewards[body], f"{body} action apart"

        def make(build: Build, chance: random.Random) -> Any:
            said = build.words(f"Visit {chance.choice(KEPT_TOPICS)}", frozenset({steward}))
            with build.acting(steward) as actor:
                build.things[name] = actions.agree(
                    actor,
                    body=build.cast.bodies[body],
                    text=said,
                    agreed_on=datetime.date(2026, 4, 1),
                    due=datetime.date(2026, 7, 1),
                    owners=Owners(organisations=[build.cast.organisations["police"]]),
                )

        self._kept(body, level, name, make, "actions.action")

    def _in_public(self) -> None:
        """Some of what the board has is released, by two people of two organisations; of several,
        one is withdrawn again."""
        there = {one.name for one in self.steps}
        of_board = [name for name in ("board meeting 0", "board meeting 1") if name in there]
        of_board += [
            f"{name} {kind}"
            for name, kind in (("board item apart", "meeting"), ("board paper apart", "report"))
            if name in there and name not in self.restricted
        ]
        # What everybody may read of them is there in both worlds, and so is what was taken out.
        apart = [f"board {what} apart" for what in ("item", "paper")]
        apart = [name for name in apart if name not in self.restricted]
        open_now = {*of_board, *apart, *(f"{name} {CLOSED}" for name in of_board)}
        open_now |= {f"{name} closed" for name in apart}
        self.steps = [
            replace(one, seen_by=EVERYONE) if one.name in open_now else one for one in self.steps
        ]
        for name in of_board:
            self.step(f"public {name}", EVERYONE, self._released(name))
        if len(of_board) > 1:
            self.step("withdrawn", EVERYONE, self._withdrawn(self.chance.choice(of_board)))

    def _released(self, name: str) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            with build.acting("dilys") as dilys:
                release = editions.start(dilys, source=source_of(dilys, build.things[name]))
                _go_through(dilys, release)
                text = text_of(dilys, release)
                assert text
                editions.approve_text(dilys, release=release, saves=text.saves)
                release = releasing.ask(dilys, release=release)
            check(release.key)
            with build.acting("vera") as vera:
                releasing.approve(vera, release=release, looked_at=release.sha256)
            assert outbox.carry_all() == 1
            build.things[f"public {name}"] = release

        return do

    def _withdrawn(self, name: str) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            with build.acting("dilys") as dilys:
                release = build.things[f"public {name}"]
                releasing.withdraw(dilys, release=release, reason="It was too soon.")
            assert outbox.carry_all() == 1

        return do

    def _action(
        self, body: str, steward: str, only: str | None
    ) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            cast = build.cast
            held = cast.bodies[body]
            due = datetime.date(2026, chance.randint(5, 8), chance.randint(1, 28))
            with build.acting(steward) as actor:
                action = actions.agree(
                    actor,
                    body=held,
                    text=f"Look into {chance.choice(TOPICS).lower()}",
                    agreed_on=datetime.date(2026, 4, 1),
                    due=due,
                    owners=Owners(
                        organisations=[cast.organisations[chance.choice(("police", "homes"))]],
                        people=[cast.people[chance.choice(("tobias", "una", "agnes"))]],
                    ),
                    audience_id=held.office_audience_id if only else None,
                )
                if chance.random() < 0.5:
                    actions.say(actor, action=action, said=Said.NOTE, note="Begun.")
            return action

        return do

    def _planned(self, body: str, steward: str) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            with build.acting(steward) as actor:
                build.things[f"{body} planned"] = meetings.plan(
                    actor,
                    body=build.cast.bodies[body],
                    held_on=datetime.date(2026, 7, chance.randint(1, 28)),
                    venue=f"{chance.choice(PLACES)} Hall",
                )

        return do

    def _agenda(self, body: str, level: str) -> None:
        """The agenda of the meeting to come: a draft of the office and the chair, or, of the board,
        one that the chair approved. Its last item may be kept for the steward."""
        steward, name = self.stewards[body], f"{body} agenda"
        kept = frozenset({steward})
        published = body == "board" and self.chance.random() < 0.7
        drafting = self.office[body] | ({"rowena", "vera"} if body == "board" else set())
        seen = self.readers[body] if published else drafting

        def draft(build: Build, chance: random.Random) -> None:
            topics = KEPT_TOPICS if self.is_hidden(body) else TOPICS
            there = level == "closed" or build.whole or build.sees(kept)
            with build.acting(steward) as actor:
                meeting = build.things[f"{body} planned"]
                issue = agendas.begin(actor, meeting=meeting, from_last=True)
                for title in (chance.choice(topics), build.words(KEPT_TOPICS[0], kept)):
                    # What is hidden was in the draft before, which the office could read then.
                    entry = agendas.Entry(title=title, minutes_allowed=10)
                    token = str(Issue.objects.get(pk=issue.pk).version)
                    item = agendas.add(actor, issue=issue, token=token, entry=entry)
                token = str(Issue.objects.get(pk=issue.pk).version)
                if level and there:
                    agendas.change(actor, issue=issue, key=item.key, token=token, entry=entry)
                    build.things[name] = item
                else:
                    agendas.remove(actor, issue=issue, key=item.key, token=token)

        def restrict(build: Build, chance: random.Random) -> Any:
            with build.acting(steward) as actor:
                return _restrict(build, actor, "meetings.item", build.things[name].key, level)

        def publish(build: Build, chance: random.Random) -> None:
            meeting = build.things[f"{body} planned"]

            def there() -> Issue:
                return Issue.objects.select_related("meeting__body").get(meeting=meeting)

            with build.acting(steward):
                token = str(there().version)
            with build.acting("rowena") as rowena:
                agendas.approve(rowena, meeting=meeting, token=token)
            with build.acting(steward) as actor:
                issue = there()
                agendas.publish(actor, issue=issue, token=str(issue.version))

        self.step(name, seen, draft)
        if level:
            self.step(f"{name} {level}", kept if level == "hidden" else seen, restrict)
            if self.chance.random() < 0.5:
                self.step(f"{name} declared", kept, self._declared(name, body))
        if published:
            self.step(f"{name} published", seen, publish)

    def _declared(self, name: str, body: str) -> Callable[[Build, random.Random], Any]:
        """What a member declared at an item, or at the first one of a meeting."""

        def do(build: Build, chance: random.Random) -> Any:
            with build.acting(self.stewards[body]) as actor:
                thing = build.things[name]
                item = thing if isinstance(thing, Item) else queries.items_of(actor, thing)[0].item
                return declaring.declare(
                    actor,
                    item=Item.objects.get(key=item.key),
                    person=build.cast.people[chance.choice(("tobias", "una", "agnes"))],
                    new=NewDeclaration(build.things["land"], "They own land there.", "left"),
                )

        return do

    def _registers(self) -> None:
        """What members register: for who sits with them; some of it for who keeps it alone."""
        for who in ("tobias", "agnes", "una", "ivor"):
            bodies = [body for body, sitting in self.sitting.items() if who in sitting]
            if not bodies:
                continue
            keepers = frozenset({who, *(one for body in bodies for one in self.office[body])})
            with_them = {one for body in bodies for one in self.sitting[body]}
            self.step(f"register of {who}", keepers | with_them, self._register(who, keepers))

    def _register(self, who: str, keepers: frozenset[str]) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> None:
            today = MOMENT.date()
            land = build.things["land"]
            organisation = build.cast.organisations[chance.choice(("police", "homes"))]
            apart = build.words(f"A flat in {chance.choice(PLACES)}", keepers)
            with build.acting(who) as actor:
                interests.add(
                    actor, new=NewEntry(land, "They work there.", "own", today, organisation)
                )
                if chance.random() < 0.6:
                    interests.add(
                        actor, new=NewEntry(land, apart, "own", today), because="It is near."
                    )
                if chance.random() < 0.5:
                    dinner = NewGift(
                        "received", today, "A dinner", Decimal(30), True, None, "A firm"
                    )
                    interests.register_gift(actor, new=dinner)

        return do

    def _area(self, body: str) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            with build.acting(self.stewards[body]) as actor:
                return services.define_area(
                    actor,
                    name=f"{build.cast.bodies[body].name}, {body}, corner",
                    parts=[(PartKind.WARD, "", chance.choice(PLACES), False)],
                    body=build.cast.bodies[body],
                    starts=SINCE,
                ).area

        return do

    def _handed_over(
        self, body: str, steward: str, text: str, *, accept: bool = True
    ) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            this = build.cast.bodies[body]
            named = this.name

            def answers(review: Any) -> dict[str, Any]:
                """The first answer offered, but for the body: two may have one name."""
                choices = {
                    one.name: [key for key, _ in one.options]
                    for one in review.fields
                    if isinstance(one, Choice)
                }
                known = {"body": this.key} if this.key in choices.get("body", ()) else {}
                return _first_offered(review) | known

            with nearby.here():
                commands.import_files(
                    build.cast.accounts[steward].email,
                    [(f"{named}.txt", text.format(body=named).encode())],
                    accept=accept,
                    personal="restrict",
                    answer=answers,
                )

        return do

    def _between(self) -> None:
        """Lines of the drawing between bodies, seen by those who see both ends."""
        pairs = [(one, other) for one in self.readers for other in self.readers if one < other]
        for one, other in self.chance.sample(pairs, 4):
            hidden = [name for name in (one, other) if self.is_hidden(name)]
            if len(hidden) == 2:
                continue  # refused: it would show one to the people of the other
            seen = self.readers[hidden[0]] if hidden else EVERYONE
            steward = self.stewards[hidden[0] if hidden else one]
            first, second = (*hidden, *({one, other} - set(hidden))) if hidden else (one, other)
            self.step(f"link {first} {second}", seen, self._link(first, second, steward))

    def is_hidden(self, body: str) -> bool:
        return body in self.hidden

    def _link(self, one: str, other: str, steward: str) -> Callable[[Build, random.Random], Any]:
        def do(build: Build, chance: random.Random) -> Any:
            with build.acting(steward) as actor:
                services.link_bodies(
                    actor,
                    body=build.cast.bodies[one],
                    to=build.cast.bodies[other],
                    kind=LinkKind.REPORTS_TO,
                )

        return do


def _restrict(build: Build, actor: Actor, label: str, key: str, level: str) -> Any:
    """Keep a thing for the post of whoever restricts it."""
    return restrictions.restrict(
        actor,
        kind=restrictions.by_label(label),
        key=key,
        wanted=restrictions.Wanted(
            level=restrictions.Level(level),
            tier=restrictions.Tier.SENSITIVE,
            owner=build.cast.organisations["council"],
            ground=Ground.objects.first(),
            public_interest="It is about one person.",
            review_on=MOMENT.date() + datetime.timedelta(days=90),
            whom_to_ask="Secretary",
            entries=tuple(
                one
                for one in entries_to_pick(actor)
                if one.post_id and one.holder_id == actor.person_id
            ),
        ),
        token="",
    )


@contextmanager
def built(plan: Plan, cast: Cast, *, subject: str, whole: bool) -> Iterator[Build]:
    """The plan as a world, in a transaction that is rolled back at the end."""
    before = dict(cast.accounts), dict(cast.people), dict(cast.bodies)
    build = Build(cast, plan.seed, subject, whole)
    with transaction.atomic(), transaction.atomic("edition"), as_of(MOMENT):
        try:
            for step in plan.steps:
                if not whole and not build.sees(step.seen_by):
                    continue
                drawn = keys_from(f"{plan.seed} {step.name}")
                with drawn as made:
                    step.do(build, random.Random(f"{plan.seed} {step.name} chance"))
                if not build.sees(step.seen_by):
                    build.hidden_keys += made
            yield build
        finally:
            cast.accounts, cast.people, cast.bodies = before
            transaction.set_rollback(True)
            transaction.set_rollback(True, "edition")


@contextmanager
def keys_from(name: str) -> Iterator[list[str]]:
    """Draw random keys from a name; the keys that were drawn are added to the list."""
    chance = random.Random(name)
    made: list[str] = []
    letters: list[str] = []

    def choice(alphabet: str) -> str:
        letters.append(chance.choice(alphabet))
        if len(letters) == keys.LENGTH:
            made.append("".join(letters))
            letters.clear()
        return letters[-1] if letters else made[-1][-1]

    with mock.patch.object(keys, "secrets", SimpleNamespace(choice=choice)):
        yield made
