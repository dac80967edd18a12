"""How things can stand, and what may follow what: docs/states.md, made from the tables of code."""

import importlib
from pathlib import Path

from django.db.models import TextChoices

PACKAGE = Path(__file__).resolve().parents[1] / "concerted"

HEAD = """# How things can stand

Made by `make fix` from the `NEXT` tables in each package's `states.py`; `make check` compares it.
Do not edit it by hand.
"""


def tables() -> dict[str, tuple[type[TextChoices], dict[str, frozenset[str]]]]:
    """Each transition table by its package, with the states that it is about."""
    found = {}
    for path in sorted(PACKAGE.glob("*/states.py")):
        module = importlib.import_module(f"concerted.{path.parent.name}.states")
        if following := getattr(module, "NEXT", None):
            found[path.parent.name] = (type(next(iter(following))), following)
    return found


def as_markdown() -> str:
    parts = [HEAD]
    for package, (states, following) in tables().items():
        parts += [f"## {package}: {states.__name__}\n", "| state | stored as | may become |"]
        parts.append("|---|---|---|")
        for state in states:
            after = [str(other.label) for other in states if other in following[state]]
            parts.append(f"| {state.label} | `{state.value}` | {', '.join(after) or 'stays'} |")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"
