"""Hostile files given to the reader as the worker gives them, and what its answers have to be."""

import dataclasses
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast, get_args

from concerted.reading import as_json
from concerted.reading.child import TOO_MUCH
from concerted.reading.files import NotReadable
from concerted.reading.files.changes import Changes
from concerted.reading.files.containers import Member, is_container, is_zip
from concerted.reading.files.formats import is_old_word
from concerted.reading.model import Reading
from concerted.reading.readers import Given, Outcome, read_each
from concerted.reading.sandbox import FAILED, SLOW, FileNotes, open_container, read_file

SECONDS = 20.0  # that a child gets; the worker gives more
GRACE = 15.0  # for a machine that does other things too
LONGEST_SENTENCE = 1_000
OPENED = 0.05  # of the e-mails are opened as containers too: each takes a process of its own
ALONE = 0.01  # of the files are read once more, alone, by the door for one file
_EXPLAIN = (sys.executable, "-I", "-m", "concerted.reading.tests.fuzzing.explain")
_MACHINE = re.compile(
    r"Traceback|\b\w*(?:Error|Exception)\b|\.py\b|object at|\bconcerted\b|0x[0-9a-f]{4}"
    r"|/(?:tmp|home|usr|proc|etc|var|root|work)/|\berrno\b|\bNone\b|\{\w*\}",
)
_NAMED = re.compile(r"“[^”]*”")  # the file’s own name, or its own words
_NAMES = (
    *("", "minutes", "a\nb.txt", "../../a.pdf", "x" * 400, "\u202e.docx", "ä\ud800.txt", "\0.rtf"),
    *("\udce4.txt", "😀" * 255, ".", "{0}.doc", "minutes.pdf", "-x", "--help"),
)
_DIGITS = re.compile(r"\d[\d,.]*|“[^”]*”")


@dataclass(slots=True)
class Mutant:
    """A hostile file, the name it comes under, and which text of it is wanted."""

    kind: str
    data: bytes
    name: str
    changes: Changes = "accepted"
    contained: bool = False
    began: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file: a word for it, its shape, the time it took, and what is wrong.

    `met` says what a child that gave no answer met: an exception, a signal.
    """

    mutant: Mutant
    outcome: str
    shape: str
    seconds: float
    faults: list[str] = field(default_factory=list)
    met: str = ""


def named(kind: str, rng: random.Random) -> str:
    """The name a file is handed over under; now and then one that no program gives."""
    return f"minutes.{kind}" if rng.random() < 0.9 else rng.choice(_NAMES)


class _Clock:
    """Time as the children have it: what passes between two looks at them does not count."""

    def __init__(self) -> None:
        self._away = 0.0
        self._since = time.monotonic()

    def now(self) -> float:
        return time.monotonic() - self._away

    def turn_away(self) -> None:
        self._since = time.monotonic()

    def turn_back(self) -> None:
        self._away += time.monotonic() - self._since


def tried(
    mutants: Iterable[Mutant], rng: random.Random, *, seconds: float = SECONDS
) -> Iterator[Answer]:
    """Read files as the worker does: containers are opened, everything else is read among others.

    Whatever is raised here is itself a finding, about the file that it was raised over.
    """
    opened: list[Answer] = []
    clock = _Clock()
    given = _given(mutants, opened, clock, rng, seconds)
    try:
        for mutant, outcome in read_each(given, _seconds=seconds):
            took = clock.now() - mutant.began
            clock.turn_away()
            yield from opened
            opened.clear()
            answer = _judged(mutant, outcome, took, seconds)
            if rng.random() < ALONE and not answer.met:
                answer.faults.extend(_differs(mutant, outcome, seconds))
            yield answer
            clock.turn_back()
    finally:
        yield from opened


def _given(
    mutants: Iterable[Mutant],
    opened: list[Answer],
    clock: _Clock,
    rng: random.Random,
    seconds: float,
) -> Iterator[Given[Mutant]]:
    clock.turn_away()
    for mutant in _to_read(mutants, opened, rng, seconds):
        clock.turn_back()
        mutant.began = clock.now()
        yield Given(mutant, mutant.data, mutant.name, mutant.changes)
        clock.turn_away()
    clock.turn_back()


def _to_read(
    mutants: Iterable[Mutant], opened: list[Answer], rng: random.Random, seconds: float
) -> Iterator[Mutant]:
    """What is read: the files themselves, or of a zip those that it holds."""
    for mutant in mutants:
        mutant.began = time.monotonic()
        try:
            holds, packed = is_container(mutant.data), is_zip(mutant.data)
            is_old_word(mutant.data)
        except Exception as error:
            opened.append(_raised(mutant, error))
            continue
        if holds and (packed or rng.random() < OPENED):
            answer, members = _opened(mutant, seconds)
            opened.append(answer)
            if packed:
                yield from _of_members(mutant, members, rng)
                continue
        yield mutant


def _of_members(mutant: Mutant, members: list[Member], rng: random.Random) -> Iterator[Mutant]:
    held = [member for member in members if member.data is not None]
    for member in rng.sample(held, min(3, len(held))):
        yield Mutant(mutant.kind, member.data or b"", member.name, contained=True)


def _opened(mutant: Mutant, seconds: float) -> tuple[Answer, list[Member]]:
    members: list[Member] = []
    try:
        members = open_container(mutant.data, mutant.name, _seconds=seconds)
    except NotReadable as refusal:
        answer = _refused(mutant, refusal.sentence, time.monotonic() - mutant.began, seconds)
        if refusal.sentence == FAILED:
            answer = dataclasses.replace(answer, met=explained(mutant, "members"))
        return answer, members
    except Exception as error:
        return _raised(mutant, error), members
    faults = [fault for member in members for fault in _faults_of_member(member)]
    sentences = sorted({_DIGITS.sub("#", member.sentence) for member in members})
    shape = f"opened {min(len(members), 12)} {sentences}"
    return Answer(mutant, "opened", shape, time.monotonic() - mutant.began, faults), members


def _faults_of_member(member: Member) -> list[str]:
    faults = [] if member.data is not None else _faults_of_sentence(member.sentence)
    if not _is_text(member.name) or member.name.startswith("/") or ".." in member.name.split("/"):
        faults.append(f"a member is named {member.name!a}")
    return faults


def _raised(mutant: Mutant, error: Exception) -> Answer:
    took = time.monotonic() - mutant.began
    return Answer(
        mutant, "raised", "", took, [f"{type(error).__name__} was raised: {error!a:.200}"]
    )


def _judged(mutant: Mutant, outcome: Outcome, took: float, seconds: float) -> Answer:
    if isinstance(outcome, NotReadable):
        return _refused(mutant, outcome.sentence, took, seconds)
    reading, notes = outcome
    faults = [fault for note in notes.notes for fault in _faults_of_sentence(note)]
    try:
        faults += _faults_of_reading(reading, notes)
    except Exception as error:
        faults.append(f"{type(error).__name__} was raised over the reading: {error!a:.200}")
    faults += _faults_of_time(took, seconds)
    return Answer(mutant, f"read as {notes.format}", _shape(reading, notes), took, faults)


def _refused(mutant: Mutant, sentence: str, took: float, seconds: float) -> Answer:
    faults = [*_faults_of_sentence(sentence), *_faults_of_time(took, seconds)]
    shape = _DIGITS.sub("#", sentence)
    outcome, met = "refused", ""
    if sentence == SLOW:
        outcome = "took too long"
    elif sentence == TOO_MUCH:
        outcome = "needed too much memory"
    elif sentence == FAILED:
        outcome, met = "the child failed", explained(mutant, mutant.changes)
    return Answer(mutant, outcome, shape, took, faults, met)


def _faults_of_sentence(sentence: str) -> list[str]:
    begins = sentence[:1].isupper() or sentence[:1] == "“"
    if not begins or not sentence.endswith((".", ".”")):
        return [f"this is no sentence: {sentence!a:.200}"]
    if len(sentence) > LONGEST_SENTENCE or not sentence.isprintable():
        return [f"nobody can read this: {sentence!a:.200}"]
    if found := _MACHINE.search(_NAMED.sub("", sentence)):
        return [f"{found[0]!a} is not said to people: {sentence!a:.200}"]
    return []


def _faults_of_time(took: float, seconds: float) -> list[str]:
    return [f"the answer took {took:.0f} s"] if took > seconds + GRACE else []


def _faults_of_reading(reading: Reading, notes: FileNotes) -> list[str]:
    """What a page or a database could not take, or points outside of the text."""
    faults = []
    said = as_json(reading)
    for held in (reading, notes):
        if any(not _is_text(text) for text in _texts(held)):
            faults.append("a text holds what no database takes")
    if not reading.text.strip():
        faults.append("nothing was read and nothing said")
    if not isinstance(said, str | dict | list):
        faults.append("the reading has no JSON")
    if reading.kind not in ("minutes", "agenda", "unknown"):
        faults.append(f"the kind is {reading.kind!a}")
    return faults


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif dataclasses.is_dataclass(held):
        for one in dataclasses.fields(held):
            yield from _texts(getattr(held, one.name))
    elif isinstance(held, tuple | list):
        for one in held:
            yield from _texts(one)


def _is_text(text: str) -> bool:
    return "\0" not in text and not re.search("[\ud800-\udfff]", text)


def _shape(reading: Reading, notes: FileNotes) -> str:
    """What is new about an answer when it differs from all others, its words apart."""
    meetings = reading.meetings[:3]
    found = [
        (
            meeting.family,
            *(getattr(meeting, name) is not None for name in ("body", "date", "venue", "status")),
            *(min(len(getattr(meeting, name)), 3) for name in ("present", "items", "actions")),
            *(bool(getattr(meeting, name)) for name in ("apologies", "late", "personal")),
            meeting.truncated,
        )
        for meeting in meetings
    ]
    markup = (min(notes.markup.change_count, 4), min(notes.markup.comment_count, 4))
    told = [_DIGITS.sub("#", note) for note in notes.notes]
    return f"{notes.format} {reading.kind} {found} {markup} {told} {notes.report is not None}"


def _differs(mutant: Mutant, outcome: Outcome, seconds: float) -> list[str]:
    """Whether the file, read alone, gives another answer than read among others."""
    try:
        alone: Outcome = read_file(
            mutant.data, mutant.name, changes=mutant.changes, _seconds=seconds
        )
    except NotReadable as refusal:
        alone = refusal
    except Exception as error:
        return [f"{type(error).__name__} was raised, read alone: {error!a:.200}"]
    if isinstance(alone, NotReadable) and isinstance(outcome, NotReadable):
        return [] if alone.sentence == outcome.sentence else ["another sentence, read alone"]
    return [] if alone == outcome else ["another reading, read alone"]


def explained(mutant: Mutant, wanted: str) -> str:
    """What a child that ended without an answer met: an exception with its place, or a signal."""
    assert wanted in (*get_args(Changes), "members")
    name = mutant.name.encode("utf-8", "replace").decode().replace("\0", "")[:60] or "file"
    try:
        done = subprocess.run(
            [*_EXPLAIN, name, wanted], input=mutant.data, capture_output=True, timeout=90, cwd="/",
            env={}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "too long"
    return f"signal {-done.returncode}" if done.returncode < 0 else done.stderr.decode()[-300:]


def again(kind: str, data: bytes, *, seconds: float = SECONDS) -> list[Answer]:
    """One file, tried once more in each way it can be read."""
    ways = cast(tuple[Changes, ...], get_args(Changes)) if kind == "docx" else ("accepted",)
    mutants = [Mutant(kind, data, f"minutes.{kind}", changes) for changes in ways]
    return list(tried(mutants, random.Random(0), seconds=seconds))
