"""Hostile files of every format, made without end and given to the real reader.

`python -m concerted.reading.tests.fuzz [--format docx] [--minutes 60] [--seed 1] [--jobs 2]` makes
files out of whole ones, gives them to the reader as the worker does, and says what became of them.
Whatever breaks a promise is kept in var/fuzz/FORMAT/, with the words to try it again, and the exit
code is 1. What only ends the child that reads it is no such thing; it is counted, and a few files
of each kind are kept in var/fuzz/FORMAT/contained/. `--guided` reads without a child for each file,
led by coverage (atheris: `pip install -c constraints.txt -e '.[fuzz]'`), and looks only for
exceptions and for what is slow.

Old Word files (.doc) are left out: they go through LibreOffice, where there is one, at a second
each; what comes out of it is a .docx, which is tried.
"""

import argparse
import hashlib
import multiprocessing
import random
import shlex
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from concerted.reading.tests.fuzzing import guided
from concerted.reading.tests.fuzzing.house import House
from concerted.reading.tests.fuzzing.mutants import mutant
from concerted.reading.tests.fuzzing.seeds import SEEDS
from concerted.reading.tests.fuzzing.trial import Answer, Mutant, again, named, tried

FOLDER = Path("var/fuzz")
BATCH = 400  # files, after which nothing may be left of reading them
BATCH_SECONDS = 60.0
KEPT = 500  # mutants to make further ones of, besides the seeds


@dataclass
class Tally:
    """What became of all files of one format."""

    kind: str
    inputs: int = 0
    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    shapes: set[str] = field(default_factory=set)
    slowest: float = 0.0
    findings: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.inputs += other.inputs
        self.seconds = max(self.seconds, other.seconds)
        self.outcomes += other.outcomes
        self.met += other.met
        self.shapes |= other.shapes
        self.slowest = max(self.slowest, other.slowest)
        self.findings += other.findings

    def lines(self) -> Iterator[str]:
        signals = sum(many for met, many in self.met.items() if met.startswith("signal"))
        yield (
            f"{self.kind}: {self.inputs:,} files in {self.seconds:.0f} s "
            f"({self.inputs / max(self.seconds, 0.1):.0f} a second), {len(self.shapes):,} kinds of "
            f"answer, slowest {self.slowest:.1f} s"
        )
        told = (f"{outcome} {many:,}" for outcome, many in self.outcomes.most_common())
        yield f"  {', '.join(told)}; children ended by a signal: {signals}"
        yield from (f"  {many:,} × {met}" for met, many in self.met.most_common(20))
        yield from (f"  FOUND {finding}" for finding in self.findings[:50])
        yield f"  findings: {len(self.findings)}"


def hunt(
    kind: str,
    seed: int,
    seconds: float,
    most: int | None = None,
    folder: Path = FOLDER,
    *,
    grows: bool = True,
) -> Tally:
    """Try files of one format until the time is over or so many were tried.

    Where it grows, files that gave new answers are changed further. Answers come in the order in
    which children end, so only a hunt that does not grow tries the same files each time.
    """
    rng = random.Random(f"{kind} {seed}")
    seeds = SEEDS[kind]()
    kept: deque[bytes] = deque(maxlen=KEPT)
    given: deque[Mutant] = deque(maxlen=3)  # those that may be being read when something breaks
    tally, began = Tally(kind), time.monotonic()

    def supply() -> Iterator[Mutant]:
        stop = time.monotonic() + BATCH_SECONDS
        for _ in range(BATCH):
            now = time.monotonic()
            if now - began > seconds or now > stop or tally.inputs == most:
                return
            tally.inputs += 1
            # Files of which mutants gave new answers, and now and then a whole one again.
            fresh = not (grows and kept) or rng.random() < 0.4
            data = mutant(kind, rng, seeds if fresh else kept)
            wanted = "original" if rng.random() < 0.5 else "accepted"
            given.append(Mutant(kind, data, named(kind, rng), wanted))
            yield given[-1]

    with House() as house:
        while time.monotonic() - began < seconds and tally.inputs != most:
            faults = []
            try:
                for answer in tried(supply(), rng):
                    _count(answer, tally, kept, folder)
            except Exception as error:
                faults.append(f"{type(error).__name__} was raised: {error!a:.200}")
            for fault in [*faults, *house.faults()]:
                after = " or ".join(str(_saved(one, folder / kind)) for one in given)
                tally.findings.append(f"{fault}, after {after}")
    tally.seconds = time.monotonic() - began
    return tally


def _count(answer: Answer, tally: Tally, kept: deque[bytes], folder: Path) -> None:
    tally.outcomes[answer.outcome] += 1
    tally.slowest = max(tally.slowest, answer.seconds)
    if answer.shape not in tally.shapes:
        tally.shapes.add(answer.shape)
        if not answer.mutant.contained:
            kept.append(answer.mutant.data)
    if answer.met or answer.outcome == "took too long":
        met = answer.met or answer.outcome
        tally.met[met] += 1
        if tally.met[met] <= 3:
            path = _saved(answer.mutant, folder / tally.kind / "contained")
            path.with_suffix(".why").write_text(met, encoding="utf-8")
    for fault in answer.faults:
        path = _saved(answer.mutant, folder / tally.kind)
        name, wanted = answer.mutant.name, answer.mutant.changes
        words = ("python", "-m", "concerted.reading.tests.fuzz", "--file", str(path))
        told = f"{fault} ({name!a}, {wanted}): {shlex.join(words)}"
        path.with_suffix(".why").write_text(told, encoding="utf-8")
        tally.findings.append(told)


def _saved(mutant: Mutant, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(mutant.data).hexdigest()[:16]}.{mutant.kind}"
    path.write_bytes(mutant.data)
    return path


def tried_again(path: Path) -> int:
    """Try one kept file again and say what becomes of it; 1 when a promise is broken."""
    found = 0
    for answer in again(path.suffix.removeprefix("."), path.read_bytes()):
        met = f", met {answer.met}" if answer.met else ""
        print(f"{answer.outcome}{met}, {answer.seconds:.1f} s: {answer.shape[:300]}")
        for fault in answer.faults:
            print(f"  FOUND {fault}")
            found = 1
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument(
        "--format", choices=list(SEEDS), action="append", help="default: each in turn"
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="for each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes that try files at once")
    parser.add_argument("--file", type=Path, help="try one kept file again")
    parser.add_argument("--guided", action="store_true", help="in this process, led by coverage")
    given = parser.parse_args(arguments)
    if given.file:
        return tried_again(given.file)
    found = 0
    for kind in given.format or SEEDS:
        seconds = given.minutes * 60
        if given.guided:
            found += guided.hunt(kind, given.seed, seconds, FOLDER)
            continue
        tally = _hunted(kind, given.seed, seconds, given.jobs)
        print("\n".join(tally.lines()), flush=True)
        found += len(tally.findings)
    return int(found > 0)


def _hunted(kind: str, seed: int, seconds: float, jobs: int) -> Tally:
    if jobs == 1:
        return hunt(kind, seed, seconds)
    tally = Tally(kind)
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        seeds = [(kind, seed + 1000 * job, seconds) for job in range(jobs)]
        for part in pool.starmap(hunt, seeds):
            tally.add(part)
    return tally


if __name__ == "__main__":
    sys.exit(main())
