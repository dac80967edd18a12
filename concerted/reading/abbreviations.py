"""Abbreviations that a text itself spells out."""

import re

# A word of capitals without end would cost its length again at each of its letters.
_DEFINED = re.compile(
    r"(?P<words>(?:[A-Z][\w’'&-]{0,60}|of|and|the|for)(?:[ ](?:[A-Z][\w’'&-]{0,60}|of|and|the|for|"
    r"&)){1,8})[ ]\((?P<short>[A-Z]{2,6})s?\)"
)


_CAPITAL_RUN = re.compile(r"[A-Z][a-z’'-]+(?:[ ](?:(?:of|and|the|for|&)[ ])?[A-Z][a-z’'-]+){1,6}")


_SHORT = re.compile(r"\b[A-Z]{2,6}\b")


def spelled_out(text: str) -> dict[str, str]:
    """Abbreviations of the text with the words the text itself gives them, in brackets or merely
    written out somewhere with the same initials."""
    shorts = set(_SHORT.findall(text))
    made: dict[str, str] = {}
    for match in _CAPITAL_RUN.finditer(text):
        words = match.group().split()
        for start in range(len(words) - 1):
            for end in range(len(words), start + 1, -1):
                letters = "".join(w[0] for w in words[start:end] if w[0].isupper())
                if letters in shorts and words[end - 1][0].isupper() and words[start][0].isupper():
                    made.setdefault(letters, " ".join(words[start:end]))
    for match in _DEFINED.finditer(text):
        words = match["words"].split()
        short = match["short"]
        for start in range(len(words)):
            if (
                words[start][0].isupper()
                and "".join(w[0] for w in words[start:] if w[0].isupper()) == short
            ):
                made[short] = " ".join(words[start:])
                break
    return made
