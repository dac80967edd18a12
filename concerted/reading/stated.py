"""Outcomes known by their place: under the word "Decision", or hanging on a verb that was lost."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line

_LABEL = re.compile(
    r"(?:DECISIONS?|Decisions?|OUTCOMES?|Outcomes?|RESOLUTIONS?|Resolutions?|Conclusions?)"
    r"(?: (?:taken|made|agreed|reached))?(?:[ ]?(?::[-–]?|[–-])[ ]{0,4}|$)"
)
_LEAVES = re.compile(r"(?:actions?\b|\(?references?\b|minutes\b|reasons?\b|note:)", re.IGNORECASE)


def stated_in(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines under a word such as "Decision:", and the others."""
    stated: list[Line] = []
    others: list[Line] = []
    under = False
    for line in lines:
        label = _LABEL.match(line.text)
        if label:
            rest = line.part(label.end())
            if rest.text:
                stated.append(rest)
            under = not rest.text
        elif under and not _LEAVES.match(line.text) and not _apart(line, stated):
            stated.append(line)
        else:
            under = False
            others.append(line)
    return stated, others


def _apart(line: Line, stated: Sequence[Line]) -> bool:
    """A paragraph of its own, neither an entry of a list nor what the last line leads to."""
    if not line.gap or not stated or stated[-1].text[-1] not in ".;":
        return False
    return not re.match(r"[(\[]?\w{1,3}[.)\]] |[-–•·*] ", line.text)


_THAT = re.compile(
    r"(?:\(?[1ai][.)]?\)?[ \t]{1,12})?that[ ](?!would|was|is|will|had|has|could|did|does|said|"
    r"evening|day|meeting|month|week|year|point|time)",
    re.IGNORECASE,
)
_ASKS_ACT = re.compile(
    r"\b(?:be|not be)[ ](?:\w{1,12}ly[ ])?(?:\w{2,18}(?:ed|en)|put|held|made|sent|kept|brought|"
    r"given|set|sought)\b",
    re.IGNORECASE,
)


def hangs_on_verb(words: str) -> bool:
    """``that the response be noted``, with nothing before it that governs the clause."""
    return _THAT.match(words) is not None and _ASKS_ACT.search(words[:300]) is not None
