"""Which numbered lines are the items: the references that follow each other make a series."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from concerted.reading.lines import Line
from concerted.reading.refs import Ref, in_order, read_ref
from concerted.reading.vocabulary import is_standard

_PUT_IN = re.compile(r"9[A-Za-z](?=/|$)")
_PART_AND_NUMBER = re.compile(r"[A-E]9")
_WEIGHTS = {"worded": 1.5, "code": 2.0, "number": 1.0, "roman": 0.9, "minute": 0.8}
# From one number to the next: in order, one or two skipped, or the same again ("4", "4a").
_FEW, _LONGEST = 3, 120
_STEPS = ((1, 0.0), (2, 0.3), (3, 0.6), (0, 0.2))


@dataclass(frozen=True, slots=True)
class Heading:
    """Where an item begins: its lines run from ``at``; its text from ``after``.

    ``text`` is what the same line tells after the title; a line is ``listed`` that could as
    well be a point of a list: it ends in a full stop, or a colon stands before it.
    """

    at: int
    after: int
    ref: Ref | None
    name: str | None
    title: Line | None
    text: Line | None = None
    listed: bool = False


def weight(series: Sequence[Heading]) -> float:
    """How much a series is worth beside one of another kind."""
    if not series:
        return 0
    kind = series[0].ref.kind if series[0].ref else ""
    return sum(_worth(one) for one in series) * _WEIGHTS.get(kind, 1.0)


def _worth(one: Heading) -> float:
    """A title that nearly every agenda has proves more than others."""
    return 1.5 if one.title is not None and is_standard(one.title.text) else _gain(one)


def _gain(one: Heading) -> float:
    """A heading that could be a paragraph or a point of a list proves less."""
    if one.title is not None and is_standard(one.title.text):
        return 1.0
    return 0.5 if one.text is not None or one.listed else 1.0


def same_shape(found: Sequence[Heading]) -> list[Heading]:
    """The series of codes that has most members, without references back."""
    by_shape: dict[str, list[Heading]] = {}
    for one in found:
        if one.ref:
            shape = "".join(c for c in one.ref.shape if not c.isspace())
            # "22/98A" was put in behind "22/98", as "22A/98" was behind "22/98".
            shape = _PUT_IN.sub("9", shape)
            # "A1 … A10, B1": the letter is the part of the meeting.
            shape = "A9" if _PART_AND_NUMBER.fullmatch(shape) else shape
            by_shape.setdefault(shape, []).append(one)
    best = max(by_shape.values(), key=len, default=[])
    own = [one for one in best if not _is_put_in(one)]
    kept = [own[place] for place in in_order([_number(one) for one in own])]
    numbers = {_number(one) for one in kept}
    more = [one for one in best if _is_put_in(one) and _number(one) in numbers]
    return sorted([*kept, *more], key=lambda one: one.at)


def _number(one: Heading) -> int:
    return one.ref.number if one.ref else 0


def _is_put_in(one: Heading) -> bool:
    return one.ref is not None and _PUT_IN.search(one.ref.shape) is not None


def rising_part(found: Sequence[Heading]) -> list[Heading]:
    """The longest series in which one part of the number rises and the others stay.

    "2409.01, 2409.02" or "19.25, 20.25": the part that stays has the year, or the meeting.
    """
    chains: dict[tuple[int, tuple[str, ...]], list[tuple[int, Heading]]] = {}
    for one in found:
        parts = tuple(one.ref.ref.split(".")) if one.ref else ()
        for place, part in enumerate(parts):
            others = (*parts[:place], *parts[place + 1 :])
            chain = chains.setdefault((place, others), [])
            number = int(part.rstrip("abcde"))
            step = number - chain[-1][0] if chain else 1
            # "19.32a" was put in behind "19.32".
            if 0 < step <= _STEPS[2][0] or (step == 0 and not part.isdigit()):
                chain.append((number, one))
    best = max(chains.values(), key=len, default=[])
    return [one for _, one in best]


def longest_series(found: Sequence[Heading]) -> list[Heading]:
    """The best run of rising numbers; one may be skipped, and 1 may stand for every number.

    A list that lost its numbering is "1." throughout; after five of them it may go on with 6.
    """
    best: list[tuple[float, int]] = []
    ones: list[int] = []
    last_with: dict[int, int] = {}
    for i, one in enumerate(found):
        number = one.ref.number if one.ref else 0
        gain = _gain(one)
        if gain == 1.0 and one.title is not None and is_standard(one.title.text):
            gain = 1.5
        choice = (gain - (0.4 if number > 1 else 0.0), -1)
        for back, cost in _STEPS:
            j = last_with.get(number - back)
            if j is None or (back == 0 and not _may_repeat(one, found[j])):
                continue
            choice = max(choice, (best[j][0] + gain - cost, j))
        lost = last_with.get(1)
        if lost is not None and number > 2 and ones[lost] == number - 1:
            choice = max(choice, (best[lost][0] + gain, lost))
        best.append(choice)
        before = choice[1]
        ones.append(0 if number != 1 else 1 + (ones[before] if before >= 0 else 0))
        if number not in last_with or best[last_with[number]][0] <= choice[0]:
            last_with[number] = i
    return _followed_back(found, best)


def _followed_back(found: Sequence[Heading], best: Sequence[tuple[float, int]]) -> list[Heading]:
    if not best:
        return []
    at = max(range(len(best)), key=lambda i: best[i][0])
    series: list[Heading] = []
    while at >= 0:
        series.append(found[at])
        at = best[at][1]
    return series[::-1]


def _may_repeat(one: Heading, other: Heading) -> bool:
    """ "4a" after "4", or a list whose numbering was lost to "1."."""
    if one.ref is None or other.ref is None:
        return False
    return one.ref.ref != other.ref.ref or one.ref.number == 1


def with_skipped(series: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """The series with the numbers it skipped, where a line between bears one in the same form.

    Such a line was no title for itself (too long, or a sentence); its number makes it an item.
    """
    made: list[Heading] = []
    for number, one in enumerate(series):
        made.append(one)
        if one.ref is None or one.ref.kind != "number" or number + 1 == len(series):
            continue
        following = series[number + 1]
        if following.ref is not None and 1 < following.ref.number - one.ref.number <= 3:
            made += _between(one, following, lines)
    return [*made, *_behind(made[-1], lines)] if made else made


def _behind(last: Heading, lines: Sequence[Line]) -> list[Heading]:
    """The number after the last in the same form, before words that can be no sentence's."""
    if last.ref is None or last.ref.kind != "number" or last.ref.number < _FEW:
        return []
    wanted = last.ref.number + 1
    for at in range(last.after, len(lines)):
        if not lines[at].text.startswith(str(wanted)):
            continue
        ref = read_ref(lines[at])
        if ref is None or ref.kind != "number" or ref.number != wanted or ref.rest is None:
            continue
        words = ref.rest.text
        whole = words[0].isupper() and words[-1] not in ".;:,!?" and len(words) < _LONGEST
        if whole and _mark(ref, lines[at]) == _mark(last.ref, lines[last.at]) != "":
            return [Heading(at, at + 1, ref, ref.ref, ref.rest)]
    return []


def _between(one: Heading, following: Heading, lines: Sequence[Line]) -> list[Heading]:
    made: list[Heading] = []
    if one.ref is None or following.ref is None:
        return made
    wanted = one.ref.number + 1
    for at in range(one.after, following.at):
        if not lines[at].text.startswith(str(wanted)):
            continue
        ref = read_ref(lines[at])
        if ref is None or ref.kind != "number" or ref.number != wanted or ref.rest is None:
            continue
        if _mark(ref, lines[at]) != _mark(one.ref, lines[one.at]):
            continue
        made.append(_untitled(ref, at))
        wanted += 1
        if wanted >= following.ref.number:
            break
    return made


def _untitled(ref: Ref, at: int) -> Heading:
    rest = ref.rest
    if rest is not None and len(rest.text) < 300 and rest.text[-1] not in ".;:,":
        return Heading(at, at + 1, ref, ref.ref, rest)
    return Heading(at, at + 1, ref, ref.ref, None, rest)


def _mark(ref: Ref, line: Line) -> str:
    """What stands right behind the number: a point, a bracket or nothing."""
    return line.text[ref.at.end - line.start : ref.at.end - line.start + 1].strip()


def as_code(ref: Ref, name: str) -> Ref:
    """The reference under the name that its letters and its number make together."""
    return replace(ref, kind="code", ref=name)
