"""Hostile files of every format end in a reading or a sentence; what tries them would notice."""

import os
import random
import subprocess
import tempfile
from pathlib import Path

import pytest

from concerted.reading.files import NotReadable, text_of
from concerted.reading.files.containers import members_of
from concerted.reading.tests import fuzz
from concerted.reading.tests.fuzzing import house, trial
from concerted.reading.tests.fuzzing.explain import is_our_own, kind_of
from concerted.reading.tests.fuzzing.house import House
from concerted.reading.tests.fuzzing.mutants import mutant
from concerted.reading.tests.fuzzing.pdf_objects import compressed, objects_of, rewritten
from concerted.reading.tests.fuzzing.seeds import SEEDS
from concerted.reading.tests.fuzzing.trial import Answer, Mutant, again, explained, tried
from concerted.reading.tests.pdf_files import document, put
from concerted.reading.tests.test_pdf import minutes_of_two_pages

pytestmark = pytest.mark.slow

MINUTES = b"Minutes of a meeting\n1. Apologies\nNone.\n"


def made(kind: str, seed: int, many: int) -> list[bytes]:
    rng, seeds = random.Random(seed), SEEDS[kind]()
    return [mutant(kind, rng, seeds) for _ in range(many)]


def faults(answers: list[Answer]) -> list[str]:
    return [fault for answer in answers for fault in answer.faults]


# --- the promise --------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_few_hostile_files_of_every_format_end_in_a_reading_or_a_sentence():
    files = [Mutant(kind, data, f"m.{kind}") for kind in SEEDS for data in made(kind, 5, 2)]

    with House() as house:
        answers = list(tried(files, random.Random(5)))
        left = house.faults()

    assert len(answers) >= len(files)
    assert (faults(answers), left) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("kind", SEEDS)
def test_hundreds_of_hostile_files_end_in_a_reading_or_a_sentence(kind: str, tmp_path: Path):
    most = 25 if kind == "zip" else 125

    tally = fuzz.hunt(kind, 11, 240.0, most, tmp_path, grows=False)

    assert (tally.findings, tally.inputs) == ([], most)
    assert dict(tally.met) == {}


# --- the files it makes -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SEEDS)
def test_the_files_it_begins_with_are_whole(kind: str):
    for data in SEEDS[kind]():
        if kind == "zip":
            assert any(member.data for member in members_of(data, "a.zip"))
        else:
            assert text_of(data, f"a.{kind}").format == kind


@pytest.mark.parametrize("kind", SEEDS)
def test_the_same_seed_makes_the_same_files(kind: str):
    assert made(kind, 3, 20) == made(kind, 3, 20) != made(kind, 4, 20)


@pytest.mark.parametrize("kind", [kind for kind in SEEDS if kind != "zip"])
def test_a_fair_part_of_the_changed_files_gets_past_the_gate_of_its_format(kind: str):
    past = 0
    for data in made(kind, 2, 40):
        try:
            past += text_of(data, "a").format == kind
        except NotReadable:
            continue
    assert past >= 10


@pytest.mark.parametrize("packed", [True, False])
def test_a_pdf_taken_apart_and_written_again_says_the_same(packed: bool):
    data = minutes_of_two_pages().finished()
    said = text_of(data, "a.pdf").text

    for one in (data, compressed(data)):
        assert text_of(rewritten(objects_of(one), packed=packed), "a.pdf").text == said
        assert text_of(compressed(one), "a.pdf").text == said


# --- what tries them notices --------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Traceback (most recent call last): it failed.",
        "The file gave a ValueError.",
        "It lies in /tmp/x1/minutes.docx.",
        "See word.py for more.",
        "no capital at its start.",
        "Nothing ends this",
        "",
        "A line.\nAnother one.",
        "This is concerted.reading.",
    ],
)
def test_what_is_no_sentence_for_people_is_found(sentence: str, monkeypatch: pytest.MonkeyPatch):
    refusal = NotReadable(sentence)
    monkeypatch.setattr(
        trial, "read_each", lambda files, **_: [(given.of, refusal) for given in files]
    )

    assert len(faults(list(tried([Mutant("txt", MINUTES, "a.txt")], random.Random(1))))) == 1


def test_what_is_raised_over_a_file_is_found_and_kept_with_the_words_to_try_it_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    def fails(data: bytes) -> bool:
        raise IndexError("out of range")

    monkeypatch.setattr(trial, "is_container", fails)

    tally = fuzz.hunt("txt", 1, 60.0, 1, tmp_path)

    (kept,) = (tmp_path / "txt").glob("*.txt")
    assert "IndexError was raised" in tally.findings[0]
    assert f"--file {kept}" in tally.findings[0]
    assert fuzz.main(["--file", str(kept)]) == 1
    assert "FOUND IndexError" in capsys.readouterr().out


def test_what_breaks_the_reading_of_many_is_found_with_the_files_it_broke_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def fails(files, **_):
        next(iter(files))
        raise OSError("no more pipes")

    monkeypatch.setattr(trial, "read_each", fails)

    tally = fuzz.hunt("rtf", 1, 60.0, 1, tmp_path)

    assert tally.findings[0].startswith("OSError was raised")
    assert len(list((tmp_path / "rtf").iterdir())) == 1


def test_a_text_that_no_database_takes_is_found(monkeypatch: pytest.MonkeyPatch):
    reading, notes = trial.read_file(MINUTES, "a.txt")
    object.__setattr__(reading, "why", "half \ud800")
    monkeypatch.setattr(
        trial, "read_each", lambda files, **_: [(given.of, (reading, notes)) for given in files]
    )

    found = faults(list(tried([Mutant("txt", MINUTES, "a.txt")], random.Random(1))))

    assert any("no database takes" in fault for fault in found)


@pytest.mark.skipif(not house.IS_LINUX, reason="only Linux tells")
def test_what_is_left_of_reading_is_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(house, "SETTLED", 0.1)
    with House() as was:
        assert was.faults() == []

        child = subprocess.Popen(["sleep", "60"])
        opened, _ = tempfile.mkstemp()
        monkeypatch.setattr(house, "resident", lambda: was.memory + house.GROWTH + 1)
        try:
            found = was.faults()
        finally:
            child.kill()
            child.wait()
            os.close(opened)

    assert [fault.split(" were")[0].split(" by")[0] for fault in found] == [
        "1 processes", "1 descriptors", "files", "memory grew",
    ]  # fmt: skip


def test_an_exception_is_told_by_its_kind_and_place_and_by_whose_it_is():
    with pytest.raises(NotReadable) as ours:
        text_of(b"", "a")
    with pytest.raises(ValueError, match="invalid") as of_the_language:
        int("x")

    assert kind_of(ours.value).startswith("NotReadable in formats.py:")
    assert kind_of(of_the_language.value).startswith("ValueError in test_fuzz.py:")
    assert not is_our_own(ours.value)
    assert not is_our_own(of_the_language.value)
    with pytest.raises(TypeError) as a_mistake_of_ours:
        text_of(None, "a")
    assert is_our_own(a_mistake_of_ours.value)


def test_what_a_failed_child_met_is_asked_of_a_second_one():
    assert explained(Mutant("txt", MINUTES, "a.txt"), "accepted") == "an answer, this time"


def test_a_kept_file_is_tried_in_each_way_it_can_be_read():
    answers = again("docx", SEEDS["docx"]()[0])

    assert [answer.outcome for answer in answers] == ["read as docx", "read as docx"]
    assert faults(answers) == []


def test_what_is_found_ends_the_run_with_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    tally = fuzz.Tally("rtf", inputs=3, seconds=1.0, findings=["broken"])
    monkeypatch.setattr(fuzz, "hunt", lambda *_: tally)

    assert fuzz.main(["--format", "rtf"]) == 1
    assert "FOUND broken" in capsys.readouterr().out
    tally.findings.clear()
    assert fuzz.main(["--format", "rtf"]) == 0


def test_a_page_as_wide_as_a_county_is_read_in_no_time():
    lines = [put(72, 700 - 14 * n, f"the {n} thefts of the month and ") for n in range(30)]
    far = [put(4_000_000, 700 - 14 * n, "their places") for n in range(30)]

    answers = again(
        "pdf", document(b"".join([*lines, *far]), page=b"/MediaBox [0 0 5000000 842]"), seconds=5.0
    )

    assert [answer.outcome for answer in answers] == ["read as pdf"]
