"""Business of the cast that several pages show."""

import datetime

import pytest

from concerted.actions.public import Owners, agree
from concerted.kernel.clock import today


@pytest.fixture
def given(cast):
    """An action of a body for one person."""

    def add(text, *, to="tobias", body="board", due_in=-3):
        with cast.acting("dilys") as dilys:
            return agree(
                dilys,
                body=cast.bodies[body],
                text=text,
                agreed_on=today(),
                due=today() + datetime.timedelta(days=due_in),
                owners=Owners(people=[cast.people[to]]),
            )

    return add
