"""The actions that the stories of this package are told with."""

import datetime

import pytest
from django.utils import timezone

from concerted.actions import services
from concerted.actions.models import Action, Update
from concerted.kernel.clock import today
from tests.databases import unguarded


@pytest.fixture
def agreed(cast):
    """Add an action of the board, as its secretary, and hand it back."""

    def add(text="Survey the lighting at Canal Walk", *, body="board", due_in=None, **kwargs):
        with cast.acting("dilys") as dilys:
            owners = {
                kind: [getattr(cast, kind)[name] for name in kwargs.pop(kind)]
                for kind in ("organisations", "posts", "people", "bodies")
                if kind in kwargs
            }
            if due_in is not None:
                kwargs["due"] = today() + datetime.timedelta(days=due_in)
            return services.agree(
                dilys,
                body=cast.bodies[body],
                text=text,
                agreed_on=kwargs.pop("agreed_on", today() - datetime.timedelta(days=60)),
                owners=services.Owners(**owners),
                **kwargs,
            )

    return add


@pytest.fixture
def say(cast):
    """Say something of an action as one of the cast."""

    def tell(name, action, said, note=""):
        with cast.acting(name) as actor:
            return services.say(actor, action=action, said=said, note=note)

    return tell


@pytest.fixture
def fresh(cast):
    """The action as it stands in the database, as its secretary sees it."""

    def load(action):
        with cast.acting("dilys"):
            return Action.objects.get(pk=action.pk)

    return load


@pytest.fixture
def aged(cast):
    """Make an update older than it is."""

    def age(update, **ago):
        with cast.acting("dilys"):
            at = timezone.now() - datetime.timedelta(**ago)
            with unguarded():
                Update.objects.filter(pk=update.pk).update(at=at)
        return update

    return age
