"""Handing over without a page, and the command line over it."""

import pytest
from click.testing import CliRunner

from concerted.cli.minutes import minutes
from concerted.imports import commands
from concerted.imports.commands import CannotImport, import_files
from concerted.imports.tests.conftest import BOARD
from concerted.meetings.models import Meeting
from concerted.reading.tests.word_files import ins, paragraph, run, word

SURE = """Safer Marlbeck Board

A meeting of the Safer Marlbeck Board was held on Tuesday, 11th March, 2014.

Present:   Rowena Thackley (Chairman - Marlbeck Borough Council); Tobias Wren (Probation Service).


1

Minutes of the Previous Meeting

The minutes of the meeting of 14th January 2014 were agreed as a correct record.

2

Recorded Crime

Members were provided with a report that set out the recorded crime figures.

AGREED that the report be noted.
"""
DILYS = "dilys@example.org"


@pytest.mark.slow
def test_what_leaves_no_question_is_made_into_records(cast):
    other = BOARD.replace("11th March", "13th May")
    files = [("sure.txt", SURE.encode()), ("board.txt", other.encode()), ("none.txt", b"")]

    outcome = import_files(DILYS, files, accept=True, personal="keep")

    assert (outcome.read, outcome.accepted, outcome.to_check) == (2, 1, ["board.txt"])
    assert [name for name, _ in outcome.refused] == ["none.txt"]
    assert outcome.summary == (
        "2 read, 1 made into records, 1 to check on the Imports page, 1 refused."
    )
    with cast.acting("tobias"):
        assert Meeting.objects.get().held_on.isoformat() == "2014-03-11"


def test_without_accept_everything_waits_for_a_person(cast):
    outcome = import_files(DILYS, [("sure.txt", SURE.encode())])

    assert (outcome.accepted, outcome.to_check) == (0, ["sure.txt"])
    with cast.acting("dilys"):
        assert not Meeting.objects.exists()


@pytest.mark.slow
def test_personal_details_without_an_answer_wait_for_a_person(cast):
    text = SURE.replace("figures.", "figures. Ring 01632 960123 or joy@marlbeck.example.")

    other = text.replace("11th March", "13th May")
    left = import_files(DILYS, [("a.txt", text.encode())], accept=True)
    done = import_files(DILYS, [("b.txt", other.encode())], accept=True, personal="restrict")

    assert (left.accepted, done.accepted) == (0, 1)


@pytest.mark.slow
def test_a_day_on_record_already_is_left_to_a_person(cast):
    import_files(DILYS, [("a.txt", SURE.encode())], accept=True, personal="keep")

    outcome = import_files(DILYS, [("b.txt", f"{SURE} ".encode())], accept=True, personal="keep")

    assert (outcome.accepted, outcome.to_check) == (0, ["b.txt"])


def test_two_files_of_one_meeting_are_both_left_to_a_person(cast):
    twice = [("a.txt", SURE.encode()), ("b.txt", f"{SURE} ".encode())]

    outcome = import_files(DILYS, twice, accept=True, personal="keep")

    assert (outcome.accepted, outcome.to_check) == (0, ["a.txt", "b.txt"])


@pytest.mark.slow
def test_a_person_can_answer_what_was_asked(cast):
    def first(review):
        open_ = [one for one in review.fields if getattr(one, "options", None) and not one.initial]
        return {one.name: one.options[0][0] for one in open_ if one.required}

    outcome = import_files(
        DILYS, [("board.txt", BOARD.encode())], accept=True, personal="keep", answer=first
    )

    assert outcome.accepted == 1


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("ghost@example.org", "Nobody signs in as ghost@example.org"),
        ("tobias@example.org", "Only a secretary or the partnership manager"),
    ],
)
def test_who_may_not_hand_over_is_told_why(cast, email, sentence):
    with pytest.raises(CannotImport, match=sentence):
        import_files(email, [("a.txt", SURE.encode())])


@pytest.fixture
def concerted(cast, monkeypatch):
    monkeypatch.setattr("concerted.cli.serve.setup", lambda: None)

    def run(*arguments):
        return CliRunner().invoke(minutes, ["import", *map(str, arguments)])

    return run


@pytest.mark.slow
def test_the_command_walks_folders_and_says_what_became_of_it(concerted, tmp_path):
    (tmp_path / "2014" / "march").mkdir(parents=True)
    (tmp_path / "2014" / "march" / "board.txt").write_text(SURE)
    (tmp_path / "2014" / "empty.txt").write_text("")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")

    told = concerted(tmp_path, "--as", DILYS, "--accept", "--personal", "keep")

    assert told.exit_code == 0, told.output
    assert "1 read, 1 made into records, 0 to check on the Imports page, 1 refused." in told.stdout
    assert "empty.txt: " in told.stderr


def test_the_command_names_files_whose_tracked_changes_nobody_settled(concerted, tmp_path):
    lines = [paragraph(run(line)) for line in SURE.split("\n") if line]
    (tmp_path / "draft.docx").write_bytes(word("".join([*lines, paragraph(ins("Closed."))])))

    told = concerted(tmp_path, "--as", DILYS, "--accept", "--personal", "keep")

    assert "0 made into records, 1 to check" in told.stdout
    assert "draft.docx: holds tracked changes, so it waits on the Imports page" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.txt", "--as", DILYS], "nowhere.txt cannot be opened: no such file"),
        ([".", "--as", DILYS], "No file to read was found."),
    ],
)
def test_the_command_ends_with_2_and_a_sentence(
    concerted, tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)

    told = concerted(*arguments)

    assert told.exit_code == 2
    assert sentence in told.stderr


def test_when_nothing_could_be_read_the_command_ends_with_2(concerted, tmp_path):
    (tmp_path / "empty.txt").write_text("")

    told = concerted(tmp_path / "empty.txt", "--as", DILYS)

    assert told.exit_code == 2
    assert "0 read" in told.stdout


def test_somebody_who_may_not_is_told_on_standard_error(concerted, tmp_path):
    (tmp_path / "board.txt").write_text(SURE)

    told = concerted(tmp_path, "--as", "tobias@example.org")

    assert told.exit_code == 2
    assert "Only a secretary or the partnership manager can hand over minutes." in told.stderr


def test_the_bar_moves_once_a_file(cast):
    steps = []

    import_files(DILYS, [("a.txt", b""), ("b.txt", b"")], step=lambda: steps.append(1))

    assert len(steps) == 2
    assert commands.Outcome().summary.startswith("0 read")
