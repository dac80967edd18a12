"""A request for erasure with its draft and decisions, and a ledger of its own."""

import datetime

import pytest

from concerted.actions import services as actions
from concerted.actions.services import Owners
from concerted.erasure import queries, services, tasks
from concerted.erasure.policies import Wanted
from concerted.erasure.states import Chosen, KeepGround, Way
from concerted.kernel.clock import now, today
from concerted.people import seating
from concerted.people.models import Appointment
from concerted.subject_access import services as requests
from concerted.subject_access import tasks as drafting
from concerted.subject_access.models import Draft
from concerted.subject_access.policies import Erase
from concerted.subject_access.policies import Wanted as Step
from concerted.subject_access.states import AskedBy, ErasureGround, Regime, Shown, StepKind

EVERYTHING = Erase(AskedBy.SELF, ErasureGround.NO_LONGER_NEEDED, "Everything")
RECORD = Wanted(Chosen.KEEP, KeepGround.PUBLIC_TASK, "It is the record of the board.")


@pytest.fixture(autouse=True)
def ledger(tmp_path, settings):
    """The ledger, and files, in a folder of the test's own."""
    settings.ERASURE_LEDGER = tmp_path / "erasures.ledger"
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }
    return settings.ERASURE_LEDGER


@pytest.fixture
def act(cast):
    """An action with words of its own, of the board."""

    def agree(text, owner="agnes"):
        with cast.acting("dilys") as actor:
            return actions.agree(
                actor,
                body=cast.bodies["board"],
                text=text,
                agreed_on=datetime.date(2026, 4, 1),
                due=datetime.date(2026, 6, 1),
                owners=Owners(people=[cast.people[owner]]),
            )

    return agree


@pytest.fixture
def gone(cast):
    """Tobias Wren holds no post and no seat any more."""
    with cast.acting("maud") as maud:
        for one in Appointment.objects.filter(person=cast.people["tobias"]):
            seating.end_appointment(maud, appointment=one, at_once=True)


@pytest.fixture
def asked(cast):
    """Tobias Wren asks for erasure; somebody registered it and knows him."""

    def register(who="maud", *, person="tobias", name="", spellings=(), regime=Regime.GENERAL):
        with cast.acting(who) as actor:
            request = requests.register(
                actor,
                person=cast.people[person] if person else None,
                name=name,
                spellings=spellings,
                asked_on=today(),
                regime=regime,
                erase=EVERYTHING,
            )
            known = Step(StepKind.IDENTITY, today(), shown=Shown.KNOWN)
            requests.note(actor, request=request, wanted=known)
            return queries.requests_visible_to(actor).get(pk=request.pk)

    return register


@pytest.fixture
def drafted(cast):
    """A whole draft of a request; returns what it found."""

    def draft(request, who="maud"):
        with cast.acting(who) as actor:
            made = requests.begin_draft(actor, request=request)
        drafting.draft(draft_key=made.key, account_id=cast.accounts[who].pk)
        with cast.acting(who) as actor:
            return queries.found_of(actor, Draft.objects.get(pk=made.pk))

    return draft


@pytest.fixture
def decided(cast, drafted):
    """Everything is erased that can be, but for the sources named; the record is kept."""

    def decide(request, who="maud", keep=()):
        found = drafted(request, who)
        with cast.acting(who) as actor:
            services.keep_record(actor, request=request, wanted=RECORD)
            for one in found:
                if one.way in (Way.RECORD, Way.LINK, Way.PERSON):
                    continue
                kept = Wanted(Chosen.KEEP, KeepGround.CLAIMS, "A claim over the shop.")
                wanted = kept if one.finding.source in keep else Wanted(Chosen.ERASE)
                services.choose(actor, finding=one.finding, wanted=wanted)
        return found

    return decide


@pytest.fixture
def approved(cast, asked, decided):
    """An erasure that was approved by a second person, not carried out yet."""

    def approve(request=None, who="maud", second="owen", **how):
        request = request or asked(who)
        decided(request, who, **how)
        with cast.acting(who) as actor:
            services.propose(actor, request=request)
        with cast.acting(second) as actor:
            return services.approve(actor, request=request)

    return approve


@pytest.fixture
def carried_out(cast, approved):
    def carry_out(*args, **how):
        erasure = approved(*args, **how)
        tasks.carry_out(**erasure.job.arguments)
        with cast.acting("owen"):
            erasure.refresh_from_db()
        return erasure

    return carry_out


@pytest.fixture
def moment():
    return now()
