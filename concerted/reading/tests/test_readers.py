"""Many files read at once: each by a process of its own, so that none can harm another."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from concerted.reading import readers
from concerted.reading.confinement import landlock_version
from concerted.reading.files import NotReadable
from concerted.reading.files.changes import NOTHING_MARKED, Changes
from concerted.reading.readers import Given, Outcome, read_each
from concerted.reading.tests.word_files import by, ins, p, paragraph, run, word
from concerted.reading.wire import markup_to_wire

pytestmark = pytest.mark.slow

MINUTES = "Minutes of a meeting\n1. Apologies\nNone.\nAGREED that it be noted.\n"
GOOD, BAD = b"Minutes of a good file.\n", b"Minutes of a bad file.\n"
READING = {"text": "I am another file", "kind": "unknown", "why": "", "meetings": []}
LIE = json.dumps(
    {
        "format": "txt",
        "marking": "",
        "notes": [],
        "reading": READING,
        "markup": markup_to_wire(NOTHING_MARKED),
        "report": None,
    }
)


def zygote(*lines: str) -> tuple[str, ...]:
    """A zygote whose children run these lines on `text` where it says `bad`; `why` is theirs."""
    body = "\n".join(f"        {line}" for line in lines or ("pass",))
    return (
        *(sys.executable, "-I", "-c"),
        "import concerted.reading as reading, os, signal, sys, time\n"
        "from concerted.reading.model import Reading\n"
        "held = []\n"
        f"def read(text, **limits):\n    why = ''\n    if 'bad' in text:\n{body}\n"
        "    return Reading(text, 'unknown', why)\n"
        "reading.read = read\n"
        "from concerted.reading import zygote\nzygote.main()",
    )


def outcomes(
    *files: bytes, command: tuple[str, ...] = (), seconds: float = 20.0, at_once: int = 2
) -> list[Outcome]:
    """What became of each file, in the order of the files."""
    given = [Given(place, data, "minutes.txt") for place, data in enumerate(files)]
    found = dict(read_each(given, at_once=at_once, _command=command or zygote(), _seconds=seconds))
    assert sorted(found) == list(range(len(files)))
    return [found[place] for place in range(len(files))]


def told(outcome: Outcome) -> str:
    """The sentence of a refusal, or what the child said of a file."""
    return outcome.sentence if isinstance(outcome, NotReadable) else outcome[0].why


def is_whole(outcome: Outcome) -> bool:
    return not isinstance(outcome, NotReadable) and outcome[0].text == GOOD.decode()


@pytest.fixture
def began() -> float:
    return time.monotonic()


# --- what goes well -----------------------------------------------------------------------------


def test_files_of_all_kinds_come_back_each_as_itself_and_as_read_alone():
    files = [MINUTES.encode(), b"<html><p>Caf\xe9</p></html>", word(p("Agreed."))] * 3
    given = [Given(place, data, f"{place}") for place, data in enumerate(files)]

    found = dict(read_each(given))

    texts = [found[place][0].text for place in range(9)]
    formats = [found[place][1].format for place in range(9)]
    assert texts == [MINUTES, "Café", "Agreed."] * 3
    assert formats == ["txt", "html", "docx"] * 3


def test_each_word_file_is_read_with_its_tracked_changes_or_as_it_was_before_them():
    data = word(paragraph(run("It was "), ins("agreed", by())))
    wanted: tuple[Changes, ...] = ("accepted", "original")

    found = dict(read_each([Given(changes, data, "a.docx", changes) for changes in wanted]))

    assert [found[changes][0].text for changes in wanted] == ["It was agreed", "It was"]
    assert all(found[changes][1].markup for changes in wanted)


def test_an_old_word_file_is_converted_before_a_child_reads_it(monkeypatch: pytest.MonkeyPatch):
    newer = word(paragraph(run("It was "), ins("agreed", by())))
    monkeypatch.setattr(
        readers, "converted", lambda data, name, _: (newer, f"{name}x") if data == b"old" else None
    )

    found = outcomes(b"old", GOOD)

    assert not isinstance(found[0], NotReadable)
    assert (found[0][1].format, bool(found[0][1].markup)) == ("doc", True)
    assert "was turned into a new one" in found[0][1].notes[0]
    assert is_whole(found[1])


def test_a_refusal_keeps_its_sentence_and_too_large_a_file_needs_no_child():
    found = outcomes(b"\x89PNG\r\n\x1a\n" + bytes(50), bytes(51 * 1024 * 1024), GOOD)

    assert told(found[0]).startswith("This file is a picture.")
    assert told(found[1]).startswith("This file has 51 MB")
    assert is_whole(found[2])


@pytest.mark.parametrize("name", ["\udce4.txt", "half \ud800.txt", "\0", "😀" * 300])
def test_a_name_that_no_program_gives_costs_neither_the_file_nor_the_others(name: str):
    found = dict(read_each([Given(0, GOOD, name), Given(1, GOOD, "a.txt")], _command=zygote()))

    assert is_whole(found[0])
    assert is_whole(found[1])


def test_a_file_is_taken_only_when_there_is_room_for_it():
    taken: list[int] = []

    def one_by_one() -> Iterator[Given[int]]:
        for place in range(6):
            taken.append(place)
            yield Given(place, GOOD, "minutes.txt")

    for done, _ in enumerate(read_each(one_by_one(), _command=zygote()), start=1):
        assert len(taken) <= done + 2


def test_time_spent_on_finding_that_no_file_is_left_is_not_that_of_the_file_being_read():
    def one_and_a_long_look() -> Iterator[Given[int]]:
        yield Given(0, GOOD, "minutes.txt")
        time.sleep(4.0)

    ((_, outcome),) = read_each(one_and_a_long_look(), _command=zygote(), _seconds=3.0)

    assert is_whole(outcome)


def test_time_that_somebody_spends_on_an_outcome_is_not_that_of_the_file_being_read():
    given = [Given(0, GOOD, "a.txt"), Given(1, BAD, "b.txt")]
    found = {}

    for place, outcome in read_each(given, _command=zygote("time.sleep(1.5)"), _seconds=6.0):
        found[place] = outcome
        if place == 0:
            time.sleep(6.5)

    assert not isinstance(found[1], NotReadable)


def test_no_files_are_no_work():
    assert outcomes() == []


def test_nothing_stays_behind():
    before = set(os.listdir("/proc/self/fd"))
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    others = children.read_text()

    outcomes(GOOD, BAD, GOOD, command=zygote("os._exit(3)"))

    assert set(os.listdir("/proc/self/fd")) == before
    assert children.read_text() == others


# --- what one file cannot do to the others ------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("raise KeyError(text)",), "the reader failed on it"),
        (("os._exit(9)",), "the reader failed on it"),
        (("signal.raise_signal(signal.SIGSEGV)",), "the reader failed on it"),
        (("signal.raise_signal(signal.SIGKILL)",), "the reader failed on it"),
        (("x = bytes(2 << 30)",), "more memory than minutes ever do"),
        (("while True: sys.stdout.write('x' * 100_000)",), "the reader failed on it"),
        (("sys.stdout.write('no JSON')", "sys.stdout.flush()"), "the reader failed on it"),
    ],
)
def test_a_file_that_harms_its_reader_is_a_sentence_and_the_others_are_read(
    lines: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(readers, "MAX_ANSWER", 1_000_000)

    found = outcomes(GOOD, BAD, GOOD, GOOD, BAD, GOOD, command=zygote(*lines))

    assert [is_whole(one) for one in found] == [True, False, True, True, False, True]
    assert sentence in told(found[1])


@pytest.mark.parametrize("line", ["time.sleep(60)", "signal.raise_signal(signal.SIGSTOP)"])
def test_a_file_that_is_never_read_to_its_end_is_stopped_and_the_others_are_read(
    line: str, began: float
):
    found = outcomes(GOOD, BAD, GOOD, BAD, command=zygote(line), seconds=4.0)

    assert [is_whole(one) for one in found] == [True, False, True, False]
    assert "because it took too long" in told(found[1])
    assert time.monotonic() - began < 50


def test_a_liar_speaks_for_itself_alone():
    lies = f"os.write(1, {LIE.encode()!r})", "os._exit(0)"

    found = outcomes(GOOD, BAD, GOOD, command=zygote(*lies))

    assert is_whole(found[0])
    assert is_whole(found[2])
    assert not is_whole(found[1])


@pytest.mark.parametrize(
    "lines",
    [
        ("os.kill(os.getppid(), 9)",),
        ("os.killpg(os.getpgid(os.getppid()), 9)",),
        ("sys.addaudithook = None", "import ctypes", "ctypes.CDLL(None).kill(os.getppid(), 9)"),
    ],
)
def test_a_child_cannot_reach_the_process_it_was_forked_from(lines: tuple[str, ...]):
    found = outcomes(GOOD, BAD, GOOD, at_once=1, command=zygote(*lines))

    assert [is_whole(one) for one in found] == [True, False, True]


def unhooked(*lines: str) -> tuple[str, ...]:
    """A zygote whose children have no audit hook: the kernel alone stands in their way."""
    *run, script = zygote(*lines)
    return *run, "import sys; sys.addaudithook = lambda hook: None\n" + script


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel does not scope signals")
@pytest.mark.parametrize(
    "what",
    [
        "os.kill(os.getppid(), 9)",
        "os.kill(os.getppid(), 19)",
        "open('/proc/%d/mem' % os.getppid(), 'r+b')",
        "open('/etc/hostname')",
        "os.fork()",
        "os.pipe()",
    ],
)
def test_the_kernel_too_keeps_a_child_from_its_zygote(what: str):
    lines = ("try:", f"    {what}", "    why = 'done'", "except OSError as e: why = e.strerror")

    found = outcomes(BAD, GOOD, at_once=1, command=unhooked(*lines))

    assert told(found[0]) in (
        "Operation not permitted",
        "Permission denied",
        "Too many open files",
        "Resource temporarily unavailable",
    )
    assert is_whole(found[1])


def test_a_child_has_three_pipes_and_knows_nothing_of_the_file_before_it():
    lines = (
        "held.append(text)",
        "def is_open(n):",
        "    try: return bool(os.fstat(n))",
        "    except OSError: return False",
        "why = f'{held!r} {[n for n in range(64) if is_open(n)]}'",
    )

    found = outcomes(b"bad: a secret\n", b"bad: harmless\n", at_once=1, command=unhooked(*lines))

    assert told(found[1]) == "['bad: harmless\\n'] [0, 1, 2]"


def test_a_zygote_that_dies_is_replaced(began: float):
    *run, script = zygote()
    dies = "import os\nreal = os.fork\ndef fork():\n    pid = real()\n    if pid: os._exit(1)\n"
    dies += "    return pid\nos.fork = fork\n"

    found = outcomes(GOOD, GOOD, GOOD, command=(*run, dies + script))

    assert all("the reader failed on it" in told(one) for one in found)
    assert time.monotonic() - began < 15


def test_a_zygote_that_never_answers_is_stopped(began: float):
    found = outcomes(GOOD, command=(sys.executable, "-c", "import time; time.sleep(60)"), seconds=1)

    assert "because it took too long" in told(found[0])
    assert time.monotonic() - began < 5


def test_a_zygote_that_talks_nonsense_is_not_believed():
    script = "import socket; s = socket.socket(fileno=0); s.recv(100); s.send(b'ended twice')"

    [found] = outcomes(GOOD, command=(sys.executable, "-c", script))

    assert "the reader failed on it" in told(found)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to step down from")
def test_root_steps_down_to_nobody_and_the_environment_is_empty(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")

    [found] = outcomes(BAD, command=zygote("why = repr((os.getresuid(), sorted(os.environ)))"))

    assert "(65534, 65534, 65534)" in told(found)
    assert "DATABASE_URL" not in told(found)


# --- how it is stopped --------------------------------------------------------------------------


def test_cancelled_what_is_read_is_stopped_and_nothing_more_is_taken(began: float):
    given = (Given(place, BAD, "minutes.txt") for place in range(50))

    found = list(
        read_each(
            given,
            cancelled=lambda: time.monotonic() - began > 1.0,
            _command=zygote("time.sleep(60)"),
        )
    )

    assert len(found) == 2
    assert all("you cancelled it" in told(outcome) for _, outcome in found)
    assert time.monotonic() - began < 5


def test_left_in_the_middle_nothing_runs_on():
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    others = mine.read_text().split()
    reading = read_each(
        (Given(place, BAD if place else GOOD, "m.txt") for place in range(9)),
        _command=zygote("time.sleep(60)"),
    )
    next(reading)
    children = set(mine.read_text().split()).difference(others)
    assert children
    reading.close()

    assert not any(Path("/proc", pid).exists() for pid in children)


def test_when_the_parent_is_killed_its_zygotes_and_their_children_end():
    script = (
        "import os, sys\n"
        "from concerted.reading.readers import Given, read_each\n"
        f"command = {zygote('time.sleep(60)')!r}\n"
        "files = [Given(0, b'bad', 'm'), Given(1, b'good', 'm')]\n"
        "for of, outcome in read_each(files, _command=command):\n"
        "    kids = open(f'/proc/self/task/{os.getpid()}/children').read().split()\n"
        "    all = [c for k in kids for c in [k, *open(f'/proc/{k}/task/{k}/children')"
        ".read().split()]]\n"
        "    print(*all, flush=True)\n"
    )
    import subprocess  # noqa: PLC0415 - a parent of its own, to be killed

    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        family = parent.stdout.readline().decode().split()
        parent.send_signal(signal.SIGKILL)
    assert len(family) >= 3
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(map(_runs, family)):
        time.sleep(0.05)
    assert not any(map(_runs, family))


def _runs(pid: str) -> bool:
    stat = Path("/proc", pid, "stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
