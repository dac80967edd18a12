"""Clocks: the middle of many rounds, two ways taken in turn so that both meet the same weather."""

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

Work = Callable[[], object]


def cpu() -> float:
    """Seconds of processor that this process has used: what others do at the time is not in it."""
    return time.process_time()


def in_turn(works: list[Work], *, rounds: int, clock: Callable[[], float] = cpu) -> list[float]:
    """The median seconds of each work, every round taking each once."""
    return [statistics.median(kept) for kept in taken_in_turn(works, rounds=rounds, clock=clock)]


def taken_in_turn(
    works: list[Work], *, rounds: int, clock: Callable[[], float] = cpu
) -> list[list[float]]:
    """The seconds of each work in every round."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    gc.collect()
    for _ in range(rounds):
        for work, kept in zip(works, taken, strict=True):
            began = clock()
            work()
            kept.append(clock() - began)
    return taken


def cpu_of(pid: int) -> float | None:
    """Seconds of processor that another process has used; None where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        return None
