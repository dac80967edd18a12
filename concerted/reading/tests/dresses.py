"""The same minutes in another dress: what converters and secretaries change and readers do not see.

`python -m concerted.reading.tests.dresses [--faults DRESS] [FOLDER ...]`: the labelled texts read
in each dress, F1 by field beside the plain text. A dress never changes what a careful person would
read; where it changes words (dates, titles of councillors), it changes the labels alike.
"""

import argparse
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from textwrap import wrap
from typing import Any

from concerted.reading import as_labels, read
from concerted.reading.tests.score import BLIND, EMPTY, TEXTS, labelled
from concerted.reading.tests.scoring import Score

Labels = list[dict[str, Any]]
SHOWN = (
    "body",
    "date",
    "start_time",
    "venue",
    "present",
    "present organisation",
    "in_attendance",
    "apologies",
    "item ref",
    "item title",
    "decision",
    "action owner",
)
_LABEL = r"(?:members )?(?:present|in attendance|also present|apologies(?: for absence)?|officers)"
_LABEL_LINE = re.compile(rf"(?im)^(?P<label>[ \t]*{_LABEL}):(?P<blanks>[ \t]*)")
_NUMBER = re.compile(r"(?m)^(?P<before>[ \t]*\d{1,2})\.(?P<after>[ \t]|$)")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(
    rf"\b(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)}),? "
    r"(?P<year>(?:19|20)\d\d)\b"
)


def everywhere(change: Callable[[str], str], value: Any) -> Any:
    """Labels with a change made in every string that stands in the text."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [everywhere(change, one) for one in value]
    if isinstance(value, dict):
        kept = {"family", "date", "start_time", "next_meeting", "decision", "ref", "due"}
        return {key: one if key in kept else everywhere(change, one) for key, one in value.items()}
    return value


def ordinal(day: int) -> str:
    if 10 < day < 20:
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"


def with_ordinals(text: str) -> str:
    return _DATE.sub(lambda m: f"{ordinal(int(m['day']))} {m['month']}, {m['year']}", text)


def month_first(text: str) -> str:
    return _DATE.sub(lambda m: f"{m['month']} {m['day']}, {m['year']}", text)


def in_figures(text: str) -> str:
    return _DATE.sub(
        lambda m: f"{int(m['day']):02}/{_MONTHS.index(m['month']) + 1:02}/{m['year']}", text
    )


def councillors_short(text: str) -> str:
    if "Councillors" in text:  # each of them is a Councillor to the labels
        return text
    return re.sub(r"\bCouncillor\b", "Cllr", text)


def councillors_long(text: str) -> str:
    return re.sub(r"\bCllr\b\.?", "Councillor", text)


def blank_between_all(text: str) -> str:
    return re.sub(r"\n", "\n\n", text)


def blanks_of_a_web_page(text: str) -> str:
    """Blank lines hold a hard space, and one follows each label."""
    text = re.sub(r"(?m)^[ \t]*$", "\u00a0", text)
    return re.sub(r"(?m)^([A-Z][\w ]{2,24}:)[ ]+", "\\1\u00a0 ", text)


def indented(text: str) -> str:
    return re.sub(r"(?m)^(?=.*\S)", "    ", text)


def trailing_blanks(text: str) -> str:
    return re.sub(r"(?m)(?<=\S)$", "  ", text)


def windows_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def labels_in_capitals(text: str) -> str:
    return _LABEL_LINE.sub(lambda m: f"{m['label'].upper()}:{m['blanks']}", text)


def labels_without_colon(text: str) -> str:
    return _LABEL_LINE.sub(lambda m: f"{m['label']}{m['blanks'] or ' '}", text)


def labels_with_space(text: str) -> str:
    return _LABEL_LINE.sub(lambda m: f"{m['label']} :{m['blanks']}", text)


def labels_on_their_own(text: str) -> str:
    return re.sub(rf"(?im)^([ \t]*{_LABEL}:)[ \t]*(?=\S)", r"\1\n\n", text)


def labels_before_their_list(text: str) -> str:
    """A label alone in its line, and the list in one long line below: put into one line."""
    return re.sub(rf"(?im)^([ \t]*{_LABEL}:)[ \t]*\n\s*(?=\S.{{60,}}$)", r"\1 ", text)


def numbers_bare(text: str) -> str:
    return _NUMBER.sub(r"\g<before>\g<after>", text)


def numbers_in_brackets(text: str) -> str:
    return _NUMBER.sub(r"\g<before>)\g<after>", text)


def _lowered(word: str) -> str:
    code = len(word) < 4 or any(c.isdigit() for c in word) or set(word) <= set("IVX.")
    return word if code else word.capitalize()


def capitals_lowered(text: str) -> str:
    """Lines all in capitals as headings are set in a web page; short codes stay."""

    def lowered(match: re.Match[str]) -> str:
        return re.sub(r"\S+", lambda word: _lowered(word.group()), match.group())

    return re.sub(r"(?m)^(?=.*[A-Z]{5})[^a-z\n]{9,}$", lowered, text)


def straight_quotes(text: str) -> str:
    return text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-"})


def curly_quotes(text: str) -> str:
    return re.sub(r"(?<=\w)'", "’", text).replace(" - ", " – ")


def wrapped(text: str) -> str:
    """Long lines broken at a column, as on a printed page."""
    return "\n".join(
        "\n".join(wrap(line, 92, break_long_words=False)) if len(line) > 110 else line
        for line in text.split("\n")
    )


def pipes(text: str) -> str:
    return re.sub(r"(?<=\S) / (?=\S)", " | ", text)


# Of the text alone; a layout that lives by what a dress takes away is not dressed in it.
OF_TEXT: dict[Callable[[str], str], frozenset[str]] = {
    pipes: frozenset(),
    blank_between_all: frozenset({"moderngov-noref"}),
    blanks_of_a_web_page: frozenset(),
    indented: frozenset(),
    trailing_blanks: frozenset(),
    windows_lines: frozenset(),
    labels_in_capitals: frozenset(),
    labels_without_colon: frozenset(),
    labels_with_space: frozenset(),
    labels_on_their_own: frozenset(),
    labels_before_their_list: frozenset(),
    numbers_bare: frozenset({"pdf-text"}),
    numbers_in_brackets: frozenset(),
    wrapped: frozenset({"moderngov-noref", "word-table", "moderngov-table", "egenda-table"}),
}
# Of text and labels alike.
OF_BOTH: tuple[Callable[[str], str], ...] = (
    with_ordinals,
    month_first,
    in_figures,
    councillors_short,
    councillors_long,
    straight_quotes,
    curly_quotes,
    capitals_lowered,
)


def dressed(dress: Callable[[str], str], text: str, labels: Labels) -> tuple[str, Labels] | None:
    """The text and its labels in a dress; nothing where it changes nothing."""
    families = {one["family"] for one in labels}
    if dress is pipes and families != {"word-table"}:
        return None
    other = dress(text)
    if other == text or families & OF_TEXT.get(dress, frozenset()):
        return None
    return other, everywhere(dress, labels) if dress in OF_BOTH else labels


def scored(
    dress: Callable[[str], str], folders: Sequence[Path], each: int = 1
) -> tuple[Score, Score, int]:
    """The score of the plain texts that a dress changes, of the same dressed, and how many.

    Of each folder every text, or each second one, third and so on.
    """
    before, after, count = Score(), Score(), 0
    for folder in folders:
        for name, text, labels in islice(labelled(folder), 0, None, each):
            other = dressed(dress, text, labels)
            if other is None:
                continue
            count += 1
            _add(before, name, labels, _read_once(text))
            _add(after, name, other[1], _read(other[0]))
    return before, after, count


def _add(score: Score, name: str, wanted: Labels, found: Labels) -> None:
    every = [*found, *[EMPTY] * (len(wanted) - len(found))]
    for one, got in zip(wanted, every, strict=False):
        score.add(name, one, got)


def _read(text: str) -> Labels:
    return [as_labels(meeting) for meeting in read(text).meetings]


# Every dress is compared with the same plain texts.
_read_once = lru_cache(maxsize=1024)(_read)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--faults", metavar="DRESS", help="list what one dress costs")
    given = parser.parse_args()
    folders = given.folders or [TEXTS, BLIND]
    print("dress".ljust(28) + "texts" + "".join(f"{kind[:10]:>11}" for kind in SHOWN))
    for dress in (*OF_TEXT, *OF_BOTH):
        if given.faults and dress.__name__ != given.faults:
            continue
        before, after, count = scored(dress, folders)
        losses = [after.kinds[kind].f1 - before.kinds[kind].f1 for kind in SHOWN]
        print(
            dress.__name__.ljust(28)
            + f"{count:5}"
            + "".join(f"{loss:11.3f}" if abs(loss) >= 0.0005 else f"{'·':>11}" for loss in losses)
        )
        if given.faults:
            for kind in SHOWN:
                known = set(before.kinds[kind].faults)
                new = [one for one in after.kinds[kind].faults if one not in known]
                print("\n".join(f"{kind}: {one}" for one in new))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
