"""concerted minutes read: what it prints, and the sentence for a file that cannot be read."""

import json
import subprocess
import sys
import zipfile

import pytest
from click.testing import CliRunner, Result

from concerted.cli import main as cli
from concerted.reading import as_json, read
from concerted.reading.tests.word_files import deleted, ins, paragraph, word
from concerted.reading.tests.word_files import run as run_of

MINUTES = """Safer Marlbeck Board

A meeting of the Safer Marlbeck Board was held on Tuesday, 11th March, 2014.

Present: Karl Yates (Wyleshire Police); Tobias Wren (Probation Service);

Apologies: were received from Hugh Sallow.


1

Minutes of the Previous Meeting

The minutes of the meeting of 14th January 2014 were agreed as a correct record.

2

Shop Theft

AGREED that the report be noted.

ACTION: Karl Yates to bring figures by 30 April 2014.
"""


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.concerted, ["minutes", *arguments], input=given)


def refused(*arguments: str, given: bytes | None = None) -> str:
    """The message on standard error of a command that ends with 2 and prints nothing else."""
    done = run(*arguments, given=given)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.fixture
def minutes(tmp_path):
    path = tmp_path / "board minutes.txt"
    path.write_text(MINUTES)
    return path


@pytest.mark.slow
def test_minutes_are_summed_up(minutes):
    done = run("read", str(minutes))

    assert (done.exit_code, done.stderr) == (0, "")
    assert "Safer Marlbeck Board" in done.stdout
    assert "2 items, 2 decisions" in done.stdout
    assert "1 actions" in done.stdout


@pytest.mark.slow
def test_standard_input_as_json_is_what_the_reader_read():
    done = run("read", "-", "--json", given=MINUTES.encode())

    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads(json.dumps(as_json(read(MINUTES))))


def test_a_file_that_is_not_there(tmp_path):
    message = refused("read", str(tmp_path / "none.txt"))

    assert message.endswith("none.txt cannot be opened: no such file or directory.")


def test_a_folder_is_no_file(tmp_path):
    assert "cannot be opened" in refused("read", str(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"   \n\n"])
def test_an_empty_file(tmp_path, content):
    path = tmp_path / "empty.txt"
    path.write_bytes(content)

    assert "empty" in refused("read", str(path)).lower()


@pytest.mark.slow
def test_a_binary_file_named_as_text(tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)

    assert "picture.txt: " in refused("read", str(path))


def test_a_file_of_60_megabytes(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(60 * 1024 * 1024)

    assert "60 MB; files of up to 50 MB" in refused("read", str(path))


@pytest.mark.slow
def test_words_that_are_no_minutes(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\n\nThe weather is fine.\n")

    assert "letter.txt: " in refused("read", str(path))


@pytest.mark.slow
def test_a_word_file_that_unpacks_without_end(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 400_000_000)

    assert "bomb.docx: " in refused("read", str(path))


@pytest.fixture
def draft(tmp_path):
    """Word minutes in which somebody took out a line of attendance and put in another."""
    lines = [paragraph(run_of(line)) for line in MINUTES.split("\n") if line]
    path = tmp_path / "draft.docx"
    path.write_bytes(word("".join([*lines, paragraph(deleted("Left out."), ins("Put in."))])))
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([], "It was read as if all changes were accepted."),
        (["--changes", "accepted"], "It was read as if all changes were accepted."),
        (["--changes", "original"], "It was read as it was before the changes."),
    ],
)
def test_tracked_changes_are_counted_and_how_they_were_read_is_said(draft, changes, sentence):
    done = run("read", str(draft), *changes)

    assert done.stderr.strip() == f"This Word file holds 2 tracked changes. {sentence}"


@pytest.mark.slow
def test_the_json_of_a_word_file_holds_its_changes(draft):
    told = json.loads(run("read", str(draft), "--json", "--changes", "original").stdout)

    assert told["read_as"] == "original"
    assert [one["words"] for one in told["markup"]["changes"]] == ["Left out.", "Put in."]


def test_importing_nothing_says_what_can_be_read(tmp_path):
    message = refused("import", str(tmp_path), "--as", "dilys@example.org")

    assert message.startswith("No file to read was found. Concerted reads .txt, .html, .docx, ")
    assert message.endswith(" and .zip.")


@pytest.mark.slow
def test_the_command_itself_reads_without_any_database(minutes, tmp_path):
    """Nothing is set in the environment, and no folder is made."""
    home = tmp_path / "not made"
    done = subprocess.run(
        [sys.executable, "-m", "concerted.cli", "minutes", "read", str(minutes), "--json"],
        env={"CONCERTED_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(json.dumps(as_json(read(MINUTES))))
    assert not home.exists()
