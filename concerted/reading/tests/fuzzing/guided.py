"""Hostile files led by coverage: atheris watches which lines of the reader each of them reaches.

In a process of its own and without a child for each file, so it finds exceptions and what is slow,
nothing else. An exception that the reader turns into a sentence counts too where it rose in a line
of the reader itself: a mistake of ours refuses a file that could be read.
"""

import contextlib
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SLOW = 5.0  # seconds of processor time for one file


def hunt(kind: str, seed: int, seconds: float, folder: Path) -> int:
    """Try files of one format for so long; returns how many kinds of exception were found."""
    from concerted.reading.tests.fuzzing.seeds import SEEDS  # noqa: PLC0415 - see main

    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(SEEDS[kind]()):
            (Path(corpus) / str(number)).write_bytes(data)
        command = [sys.executable, "-m", "concerted.reading.tests.fuzzing.guided", kind]
        options = [f"-max_total_time={seconds:.0f}", f"-seed={seed}", "-rss_limit_mb=3000"]
        limits = ["-max_len=100000", "-timeout=120", f"-artifact_prefix={corpus}/"]
        done = subprocess.run(
            [*command, str(folder / kind / "guided"), *options, *limits, corpus],
            stdout=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    found = [line for line in done.stdout.splitlines() if line]
    print(
        f"{kind}, guided for {seconds:.0f} s: {len(found)} kinds of exception", *found, sep="\n  "
    )
    return len(found) if done.returncode == 0 else len(found) + 1


def main() -> None:
    import atheris  # noqa: PLC0415 - not everybody has it

    # Only what is imported here for the first time is watched.
    with atheris.instrument_imports(include=["concerted.reading"]):
        from concerted.reading import child  # noqa: PLC0415
        from concerted.reading.files import NotReadable, text_of  # noqa: PLC0415
        from concerted.reading.files.containers import members_of  # noqa: PLC0415
    from concerted.reading.tests.fuzzing.explain import is_our_own, kind_of  # noqa: PLC0415
    from concerted.reading.tests.fuzzing.mutants import mutant  # noqa: PLC0415
    from concerted.reading.tests.fuzzing.seeds import SEEDS  # noqa: PLC0415

    kind, folder = sys.argv[1], Path(sys.argv[2])
    seeds = SEEDS[kind]()
    found: Counter[str] = Counter()

    def keep(met: str, data: bytes) -> None:
        found[met] += 1
        if found[met] == 1:
            print(met, flush=True)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{len(found)}.{kind}").write_bytes(data)
            (folder / f"{len(found)}.why").write_text(met, encoding="utf-8")

    def one(data: bytes) -> None:
        began = time.process_time()
        try:
            if kind == "zip":
                members_of(data, "minutes.zip")
            else:
                text_of(data, f"minutes.{kind}")
                child.answer(data, f"minutes.{kind}", "original")
        except NotReadable as refusal:
            cause = refusal.__cause__
            if cause is not None and is_our_own(cause):
                keep(f"{kind_of(cause)}, told as: {refusal.sentence[:60]}", data)
        except Exception as error:
            keep(kind_of(error), data)
        if time.process_time() - began > SLOW:
            keep(f"more than {SLOW:.0f} s", data)

    def change(data: bytes, size: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.1:
            return bytes(atheris.Mutate(data, size))
        with contextlib.suppress(ValueError, IndexError):
            data = mutant(kind, rng, [data] if data and rng.random() < 0.8 else seeds)
        return data[:size]

    atheris.Setup([sys.argv[0], *sys.argv[3:]], one, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
