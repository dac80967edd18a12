"""The words we use: reads the one table of ``glossary.md``."""

from collections.abc import Mapping
from importlib.resources import files


def parse(text: str) -> dict[str, str]:
    """Return term and meaning of each row of the table, in its order."""
    terms: dict[str, str] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 2 or set(cells[0]) <= {"-", ":", " "}:
            continue
        if cells == ["Term", "Meaning"]:
            continue
        if cells[0] in terms:
            raise ValueError(f"The glossary explains {cells[0]!r} twice.")
        terms[cells[0]] = cells[1]
    return terms


TERMS: Mapping[str, str] = parse(files("concerted.ui").joinpath("glossary.md").read_text("utf-8"))
_BY_LOWER = {term.lower(): meaning for term, meaning in TERMS.items()}


def meaning(word: str) -> str:
    """Return what a word means; a word that is not in the glossary is a mistake in a template."""
    return _BY_LOWER[word.lower()]
