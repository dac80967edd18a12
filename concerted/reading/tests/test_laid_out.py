"""The invented minutes laid out as office files and read back: the same meetings as in the text."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from concerted.reading import as_labels, read
from concerted.reading.files import text_of
from concerted.reading.tests.odt_files import odt, p, table
from concerted.reading.tests.scoring import Score

# Of some 850 fields. All come from a line that wraps in the text: laid out, it is two paragraphs.
FEW = 11
TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))


def is_row(line: str) -> bool:
    return " | " in line


def as_odt(text: str) -> bytes:
    """Each line a paragraph, rows of a table a table, blanks that are meant said to be meant."""
    body: list[str] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.split("\n"), ""]:
        if is_row(line):
            rows.append(tuple(p(escape(cell)) for cell in line.split(" | ")))
            continue
        if rows:
            body.append(table(*rows))
            rows = []
        marked = escape(line).replace("\t", "<text:tab/>")
        body.append(p(marked.replace("  ", " <text:s/>")))
    return odt("".join(body))


def as_rtf(text: str) -> bytes:
    """The same as Word writes it."""

    def said(words: str) -> str:
        marked = words.translate({0x5C: "\\\\", 0x7B: "\\{", 0x7D: "\\}", 0x09: "\\tab "})
        return "".join(
            sign if sign.isascii() else f"\\u{(ord(sign) + 0x8000) % 0x10000 - 0x8000}?"
            for sign in marked
        )

    body: list[str] = []
    for line in text.split("\n"):
        if is_row(line):
            cells = "".join(rf"{said(cell)}\cell " for cell in line.split(" | "))
            body.append(rf"\trowd\cellx1000\cellx2000\pard\intbl {cells}\row ")
        else:
            body.append(rf"\pard {said(line)}\par ")
    head = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fcharset0 Times;}}"
    return (head + "".join(body) + "}").encode("ascii")


def meetings(text: str) -> list[dict[str, object]]:
    return [as_labels(meeting) for meeting in read(text).meetings]


@pytest.mark.slow
@pytest.mark.parametrize("laid_out", [as_odt, as_rtf])
def test_minutes_laid_out_as_an_office_file_give_the_same_meetings(
    laid_out: Callable[[str], bytes],
):
    score = Score()
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        back = text_of(laid_out(text), f"{path.stem}.odt").text
        was, now = meetings(text), meetings(back)
        assert len(was) == len(now), path.stem
        for before, after in zip(was, now, strict=True):
            score.add(path.stem, json.loads(json.dumps(before, default=str)), after)
    low = {k: t.faults for k, t in score.kinds.items() if t.f1 < 0.97 and len(t.faults) > 1}
    assert low == {}
    assert sum(len(tally.faults) for tally in score.kinds.values()) <= FEW, score.table()
