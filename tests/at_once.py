"""Many at once: each try in a thread of its own, on a connection of its own, let go together.

What is tried acts on the real database as the role that serves pages, so that locks, constraints
and the wall are those of service.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from concerted.kernel.verdict import NotAllowed
from tests import cast, databases

TRIES = 40


@dataclass
class Came:
    """What came of it: what was returned, the sentences of those refused, and what broke."""

    done: list[Any] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def at_once(
    do: Callable[[int], Any],
    tries: int = TRIES,
    refusals: tuple[type[Exception], ...] = (NotAllowed,),
) -> Came:
    """Let all try together; each gets its number. `refusals` are answered with a sentence."""
    start, came = threading.Barrier(tries), Came()

    def one(number: int) -> None:
        try:
            connections["default"].ensure_connection()
            start.wait(20)
            came.done.append(do(number))
        except refusals as refused:
            came.refused.append(str(refused))
        except Exception as fault:
            start.abort()
            came.faults.append(f"{type(fault).__name__}: {fault}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[number]) for number in range(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@contextmanager
def a_town_of_its_own(name: str) -> Iterator[cast.Cast]:
    """The cast in a database of its own, where what is done stays done."""
    own = connections["default"].settings_dict["NAME"]
    try:
        with databases.cloned(databases.template(), name):
            yield cast.build()
    finally:
        databases.point_at(own)
