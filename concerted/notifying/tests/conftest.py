"""Business that people hear of by mail, and what mail of it came."""

import datetime

import pytest
from django.core import mail as outbox

from concerted.actions.public import Owners, agree
from concerted.kernel.clock import as_of, today
from concerted.notices import services as notices
from concerted.notices.models import Mail
from concerted.notices.states import MailState
from concerted.notifying import services, telling
from concerted.papers.public import NewPaper, accept
from concerted.people.public import entries_to_pick
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground
from concerted.restrictions.services import restrict

# A Tuesday; eight in the morning in Britain.
TUESDAY = datetime.datetime(2026, 6, 16, 7, 0, tzinfo=datetime.UTC)


@pytest.fixture
def on_tuesday():
    with as_of(TUESDAY):
        yield


@pytest.fixture
def given(cast, on_tuesday):
    """An action that the secretary gives to one person."""

    def give(text="Clear the underpass", *, to="tobias", body="board", due_in=30, who="dilys"):
        with cast.acting(who) as actor:
            return agree(
                actor,
                body=cast.bodies[body],
                text=text,
                agreed_on=today(),
                due=today() + datetime.timedelta(days=due_in),
                owners=Owners(people=[cast.people[to]]),
            )

    return give


@pytest.fixture
def wants(cast):
    def choose(who, wanted):
        with cast.acting(who) as actor:
            services.choose(actor, wanted=wanted)

    return choose


def delivered():
    """Deliver all that waits; the mails that went, by address."""
    outbox.outbox.clear()
    for key in Mail.objects.filter(state=MailState.WAITING).order_by("pk").values_list("key"):
        notices.deliver(*key)
    return {one.to[0]: one for one in outbox.outbox}


def the_next_morning():
    """The mail of the day after, by address."""
    telling.tell()
    with as_of(TUESDAY + datetime.timedelta(days=1)):
        telling.digests(TUESDAY + datetime.timedelta(days=1))
        return delivered()


@pytest.fixture
def keeps(cast):
    """Have the secretary close or hide a thing for her own post and organisations beside."""

    def keep(kind, key, *others, level="closed"):
        with cast.acting("dilys") as dilys:
            ids = {cast.organisations[one].pk for one in others}
            restrict(
                dilys,
                kind=restrictions.by_label(kind),
                key=key,
                wanted=restrictions.Wanted(
                    level=level,
                    tier="sensitive",
                    owner=cast.organisations["council"],
                    ground=Ground.objects.first(),
                    public_interest="A live matter.",
                    review_on=today() + datetime.timedelta(days=90),
                    whom_to_ask="The secretary",
                    entries=[
                        one
                        for one in entries_to_pick(dilys)
                        if one.post_id in dilys.post_ids
                        or (one.organisation_id in ids and not one.post_id)
                    ],
                ),
                token="",
            )

    return keep


@pytest.fixture
def paper(cast, on_tuesday):
    """A paper put on record by the secretary for one body."""

    def put(title="Lighting on Canal Walk", body="board"):
        with cast.acting("dilys") as dilys:
            return accept(dilys, new=NewPaper(body=cast.bodies[body], title=title, version=None))

    return put
