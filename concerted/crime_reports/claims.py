"""Words that say more than counts can: why something changed, or that a place is the most of all.

They are pointed out, not changed: a person says what shows it, or writes otherwise. Plain Python.
"""

import re

CAUSE = re.compile(
    r"\b(?:because of|because|due to|owing to|thanks to|as a result of|resulted in|resulting from|"
    r"caused by|caused|led to|leading to|driven by|attributable to|attributed to|"
    r"(?:has|have) worked|was effective|were effective|proved effective|success of)\b",
    re.IGNORECASE,
)
MOST = re.compile(
    r"\b(?:safest|most dangerous|most violent|worst|best|lowest|highest|"
    r"record (?:high|low)|league table|number one)\b",
    re.IGNORECASE,
)


def claims_in(text: str) -> list[str]:
    """Each such phrase once, as it stands in the text, in order."""
    found = sorted(
        [*CAUSE.finditer(text), *MOST.finditer(text)], key=lambda one: (one.start(), -one.end())
    )
    return list(dict.fromkeys(one.group() for one in found))
