"""Whether a text names an organisation: one of its names as whole words. Plain Python."""

import re
from collections.abc import Iterable


def named_in(text: str, names: Iterable[str]) -> str:
    """The first of the names that stands in a text as whole words, or nothing.

    A name all in capitals is an abbreviation and counts only as such; of others letters and
    spaces may differ.
    """
    for name in names:
        words = name.split()
        if not words:
            continue
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
        flags = 0 if name.isupper() else re.IGNORECASE
        if re.search(pattern, text, flags):
            return name
    return ""
