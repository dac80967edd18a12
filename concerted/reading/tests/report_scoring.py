"""How well the reading of a report agrees with labels, field by field."""

import json
from pathlib import Path
from typing import Any

from concerted.reading.reports import as_labels, read_report
from concerted.reading.tests.scoring import Score, plain

SCALARS = (
    *("kind", "body", "date", "title", "author", "lead", "marking", "exempt_reason", "asked_for"),
    *("purpose", "summary", "contact_post"),
)

NOTHING: dict[str, Any] = {
    key: []
    for key in (
        *("paragraphs", "headings", "implications", "background_papers", "presented"),
        *("recommendations", "appendices", "contact"),
    )
} | {"consultation": False, "truncated": False}


def score_of(folder: Path) -> Score:
    """Every text of a folder against the label file beside it."""
    score = Score()
    for path in sorted(folder.glob("*.txt")):
        labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        add(score, path.stem, labels, as_labels(read_report(path.read_text(encoding="utf-8"))))
    return score


def add(score: Score, name: str, labels: dict[str, Any], found: dict[str, Any]) -> None:
    """Count one report."""
    for key in SCALARS:
        want, got = plain(labels.get(key)), plain(found.get(key))
        score.bag(key, name, [want] if want else [], [got] if got else [])
    if labels["kind"] == "unknown":
        return
    found = NOTHING | found
    for key in ("paragraphs", "headings", "implications", "background_papers"):
        score.bag(key, name, map(plain, labels.get(key, [])), map(plain, found[key]))
    score.bag(
        "presented", name, map(_meeting, labels["presented"]), map(_meeting, found["presented"])
    )
    wanted = [[*one, []][:3] for one in labels["recommendations"]]
    got_points = [[one["ref"], one["text"], one["parts"]] for one in found["recommendations"]]
    score.bag("recommendations", name, map(_point, wanted), map(_point, got_points))
    for key in ("ref", "title", "present", "marking"):
        score.bag(
            f"appendix {key}",
            name,
            [(one["ref"], plain(one[key])) for one in labels["appendices"] if one[key]],
            [(one["ref"], plain(one[key])) for one in found["appendices"] if one[key]],
        )
    score.bag("contact", name, map(_pair, labels["contact"]), map(_pair, found["contact"]))
    for key in ("consultation", "truncated"):
        score.bag(key, name, [bool(labels.get(key))], [bool(found[key])])


def _meeting(one: dict[str, Any]) -> tuple[str, str, str]:
    return plain(one["body"]), plain(one["date"]), plain(one["item"])


def _point(one: list[Any]) -> tuple[str, str, tuple[Any, ...]]:
    ref, text, parts = one
    return str(ref), plain(text), tuple((letter, plain(words)) for letter, words in parts)


def _pair(one: list[str]) -> tuple[str, str]:
    return one[0], plain(one[1])
