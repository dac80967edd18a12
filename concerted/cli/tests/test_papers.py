"""concerted papers read: what it prints, and the sentence for a file that holds no report."""

import json

import pytest
from click.testing import CliRunner, Result

from concerted.cli import main as cli
from concerted.reading.reports import as_json, read_report

REPORT = """Agenda Item 7

Report to: Safer Marlbeck Board
Date: 11 March 2014
Report of: Head of Street Care
Title: Graffiti on railway land

Recommendations

1. That the Board writes to the railway company.

Background

2. Graffiti is not cleared within ten days.

Contact officer: Karl Yates, 01632 960123
"""
MINUTES = """Minutes of the Safer Marlbeck Board
11 March 2014
Present: Karl Yates (Wyleshire Police); Tobias Wren (Probation Service);
1. Shop theft
AGREED that the report be noted.
"""


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.concerted, ["papers", *arguments], input=given)


def refused(*arguments: str, given: bytes | None = None) -> str:
    """The message on standard error of a command that ends with 2 and prints nothing else."""
    done = run(*arguments, given=given)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.mark.slow
def test_a_report_is_summed_up_without_who_to_call(tmp_path):
    path = tmp_path / "graffiti.txt"
    path.write_text(REPORT)

    done = run("read", str(path))

    assert (done.exit_code, done.stderr) == (0, "")
    assert "Graffiti on railway land" in done.stdout
    assert "by Head of Street Care" in done.stdout
    assert "before Safer Marlbeck Board, 2014-03-11, item 7" in done.stdout
    assert "1 That the Board writes to the railway company." in done.stdout
    assert "Karl Yates" not in done.stdout


@pytest.mark.slow
def test_standard_input_as_json_is_what_the_reader_read():
    done = run("read", "-", "--json", given=REPORT.encode())

    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads(json.dumps(as_json(read_report(REPORT))))


@pytest.mark.slow
def test_a_file_that_is_not_there(tmp_path):
    message = refused("read", str(tmp_path / "none.txt"))

    assert message.endswith("none.txt cannot be opened: no such file or directory.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (MINUTES, "This is minutes, not a report. Read it with concerted minutes read."),
        ("Dear all, see you on Friday.", "Neither who reports nor what is recommended"),
        ("", "empty"),
        ("%PDF-1.7 ...", "PDF"),
    ],
)
def test_a_file_without_a_report_is_told_in_a_sentence(text, sentence):
    assert sentence in refused("read", "-", given=text.encode())
