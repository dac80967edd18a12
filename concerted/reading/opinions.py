"""What is no act of the body, though its words are: an opinion shared, another's decision."""

import re

from concerted.reading.vocabulary import listed

_AGREED_THAT = re.compile(r"\b(?:agreed|decided|accepted|noted)[ \n]that[ \n]", re.IGNORECASE)
_STATES = listed("is are was were had has have did does could might felt seemed remained needed")
# From a relative clause on, or from what is to be, no verb tells of an opinion.
_BINDS = listed(
    "be should would will shall must may can to go what which who whom whose where when"
)
_BETTER = re.compile(
    r"[ \n]would[ \n](?:have|(?:not )?be[ \n](?:an? |very |more |most |of |too |much |quite )*"
    r"(?:better|best|good|helpful|useful|worth\w*|wise|sensible|nice|hard\w*|difficult|easier|"
    r"easy|beneficial|benefit|welcome|interesting|fair|possible|impossible|missed|needed))\b",
    re.IGNORECASE,
)
_OTHERS_ACT = re.compile(
    r"\b(?:deferred|agreed|decided|approved|refused|granted|adopted|accepted|endorsed|postponed|"
    r"rejected|ratified)[ \n](?:elsewhere\b|by[ \n](?!(?:the[ \n])?(?:all|members?|board|committee|"
    r"sub-committee|partnership|forum|panel|group|council|meeting|those|everyone|both|majority|"
    r"consensus|consent|e-?mail|votes?|a|chair\w*|vice|mrs?|ms|dr|cllr|councillors?|\w+ votes?)\b)"
    r"[A-Za-z])",
    re.IGNORECASE,
)


def holds_opinion(words: str) -> bool:
    """``The Group agreed that arrows would be better``: what it thinks, not what is to be."""
    agreed = _AGREED_THAT.search(words[:200])
    if agreed is None:
        return False
    clause = words[agreed.end() : agreed.end() + 160]
    if _BETTER.search(clause[:100]):
        return True
    for word in clause.lower().split()[:12]:
        plain = word.strip(",.;:")
        if plain in _BINDS:
            return False
        if plain in _STATES:
            return True
    return False


def done_by_others(words: str) -> bool:
    """``deferred by the planning officers``, ``agreed elsewhere``."""
    said = words[:300].lower()
    return ("by" in said or "elsewhere" in said) and _OTHERS_ACT.search(words[:300]) is not None
