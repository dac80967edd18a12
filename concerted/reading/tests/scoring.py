"""How well a reading agrees with labels: F1 for each kind of field.

A key that the labels leave out is not counted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

SCALARS = ("body", "date", "start_time", "venue", "status", "next_meeting")


def plain(value: Any) -> str:
    """A value for comparison: case, points and odd blanks do not count."""
    if value is None:
        return ""
    text = str(value).lower().replace("’", "'").replace("–", "-").replace("&amp;", "&")
    return re.sub(r"[\s.,;:]+", " ", text).strip()


@dataclass
class Tally:
    """True positives, false positives and false negatives of one kind of field."""

    hit: int = 0
    extra: int = 0
    missing: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        whole = 2 * self.hit + self.extra + self.missing
        return 2 * self.hit / whole if whole else 1.0


class Score:
    """Tallies by kind of field over any number of texts."""

    def __init__(self) -> None:
        self.kinds: dict[str, Tally] = defaultdict(Tally)

    def bag(self, kind: str, name: str, expected: Iterable[Any], found: Iterable[Any]) -> None:
        want, got = Counter(map(str, expected)), Counter(map(str, found))
        tally = self.kinds[kind]
        tally.hit += (want & got).total()
        tally.missing += (want - got).total()
        tally.extra += (got - want).total()
        tally.faults += [f"{name}: missing {one}" for one in (want - got).elements()]
        tally.faults += [f"{name}: extra {one}" for one in (got - want).elements()]

    def add(self, name: str, labels: dict[str, Any], found: dict[str, Any]) -> None:
        """Count one meeting."""
        for key in SCALARS:
            if key in labels:
                want, got = plain(labels[key]), plain(found.get(key))
                self.bag(key, name, [want] if want else [], [got] if got else [])
        self._people(name, labels, found)
        self._items(name, labels, found)
        if "actions" in labels:
            self._actions(name, labels["actions"], found["actions"])
        if "implied_actions" in labels:
            self.bag(
                "implied owner",
                name,
                [plain(a.get("owner")) for a in labels["implied_actions"]],
                [plain(a["owner"]) for a in found["implied_actions"]],
            )

    def _actions(self, name: str, want: list[dict[str, Any]], got: list[dict[str, Any]]) -> None:
        self.bag(
            "action owner",
            name,
            [plain(a.get("owner")) for a in want],
            [plain(a["owner"]) for a in got],
        )
        due = [plain(a.get("due")) for a in want if a.get("due")]
        self.bag("action due", name, due, [plain(a["due"]) for a in got if a["due"]])

    def _people(self, name: str, labels: dict[str, Any], found: dict[str, Any]) -> None:
        for key in ("present", "in_attendance"):
            if key not in labels:
                continue
            self.bag(
                key,
                name,
                [plain(p["name"]) for p in labels[key]],
                [plain(p["name"]) for p in found[key]],
            )
            for part in ("organisation", "role", "section"):
                self.bag(
                    f"{key} {part}",
                    name,
                    [(plain(p["name"]), plain(p[part])) for p in labels[key] if p.get(part)],
                    [
                        (plain(p["name"]), plain(p[part]))
                        for p in found[key]
                        if p.get(part) and (any(part in q for q in labels[key]) or not labels[key])
                    ],
                )
        for key in ("apologies", "late"):
            if key == "apologies" and key not in labels:
                continue
            self.bag(key, name, map(plain, labels.get(key, [])), map(plain, found.get(key, [])))

    def _items(self, name: str, labels: dict[str, Any], found: dict[str, Any]) -> None:
        if "items" not in labels:
            return
        want, got = labels["items"], found["items"]
        self.bag(
            "item ref",
            name,
            [plain(i.get("ref")) for i in want],
            [plain(i.get("ref")) for i in got],
        )
        self.bag(
            "item title",
            name,
            [plain(i.get("title")) for i in want],
            [plain(i.get("title")) for i in got],
        )
        # What even a careful person could not settle has no label, and counts for nothing.
        open_ = {(plain(i.get("ref")), plain(i.get("title"))) for i in want if "decision" not in i}
        settled = [
            [(plain(i.get("ref")), plain(i.get("title")), i.get("decision")) for i in items]
            for items in (want, got)
        ]
        kept = [[one for one in items if one[:2] not in open_] for items in settled]
        self.bag("decision", name, kept[0], kept[1])
        if any("sub_items" in i for i in want):
            self.bag(
                "sub items",
                name,
                [s for i in want for s in i.get("sub_items", [])],
                [s for i in got for s in i.get("sub_items", [])],
            )

    def table(self) -> str:
        rows = [
            f"{kind:24} {tally.f1:6.3f}  {tally.hit:4} right {tally.extra:3} extra "
            f"{tally.missing:3} missing"
            for kind, tally in sorted(self.kinds.items())
        ]
        return "\n".join(rows)
