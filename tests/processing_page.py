"""What is held of people, and under which rules: docs/record-of-processing.md, made from code."""

import importlib
from pathlib import Path

from concerted.kernel.personal import Holds, Record, Rules

PACKAGE = Path(__file__).resolve().parents[1] / "concerted"

HEAD = """# Record of processing

Made by `make fix` from each package's `personal.py`; `make check` compares it. Do not edit it by
hand. Article 30 UK GDPR asks each controller for such a record: take from here what is yours.

A partnership is no legal person and is never a controller. The organisations in it are, alone or
jointly, as said for each kind of record below; `docs/joint-controllers.md` says who does what.

Each field is classed as the most that people write into it: **public** (could be published as it
is), **internal** (business, about nobody in particular), **personal** (about somebody who can be
told), **special** (free text or files that may tell of health, belief, ethnicity or offences).
The names of rows (`id`, `key`) and their `audience` are internal everywhere.

Whose data: people who hold posts and seats, come to meetings, own actions or have accounts; and
whoever minutes, papers and files as received speak of. Who receives it: those on the audience of
each row, and nobody by default. Nothing goes to another country or to any outside service.
"""


def records() -> dict[str, Record]:
    """Every classed model, by its label."""
    found: dict[str, Record] = {}
    for path in sorted(PACKAGE.glob("*/personal.py")):
        if path.parent.name != "kernel":
            module = importlib.import_module(f"concerted.{path.parent.name}.personal")
            found |= getattr(module, "RECORDS", {})
    return found


def as_markdown() -> str:
    by_rules: dict[Rules, list[tuple[str, Record]]] = {}
    for label, record in records().items():
        by_rules.setdefault(record.rules, []).append((label, record))
    parts = [HEAD]
    for rules, held in by_rules.items():
        parts += [
            f"## {rules.title}\n",
            f"- **Controllers:** {rules.controllers}.",
            f"- **Regime:** {rules.regime}.",
            f"- **Lawful basis:** {rules.basis}.\n",
            "| record | what for | kept | personal | special | other |",
            "|---|---|---|---|---|---|",
        ]
        parts += [_row(label, record) for label, record in held]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _row(label: str, record: Record) -> str:
    by_class: dict[Holds, list[str]] = {}
    for name, holds in record.classes().items():
        by_class.setdefault(holds, []).append(name)
    other = [*by_class.get(Holds.PUBLIC, []), *by_class.get(Holds.INTERNAL, [])]
    cells = [by_class.get(Holds.PERSONAL, []), by_class.get(Holds.SPECIAL, []), other]
    fields = " | ".join(", ".join(names) or "–" for names in cells)
    return f"| `{label}` | {record.purpose} | {record.keep} | {fields} |"
