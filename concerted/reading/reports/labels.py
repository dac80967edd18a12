"""A report in the keys and forms that label files use, alone or with places and doubts."""

import dataclasses
import datetime
from typing import Any

from concerted.reading.model import Field, Span
from concerted.reading.reports.model import Report


def as_labels(report: Report) -> dict[str, Any]:
    """The report in plain values: dates ISO, lists in the order of the text."""
    if report.kind == "unknown":
        return {"kind": "unknown"}
    return {
        "kind": report.kind,
        "body": _value(report.body),
        "date": _value(report.date),
        "title": _value(report.title),
        "author": _value(report.author),
        "lead": _value(report.lead),
        "marking": _value(report.marking),
        "exempt_reason": _value(report.exempt_reason),
        "asked_for": _value(report.asked_for),
        "purpose": _value(report.purpose),
        "summary": _value(report.summary),
        "presented": [
            {
                "body": one.body,
                "date": one.date.isoformat() if one.date else None,
                "item": one.item,
            }
            for one in report.presented
        ],
        "recommendations": [
            {"ref": one.ref, "text": one.text, "parts": [list(part) for part in one.parts]}
            for one in report.recommendations
        ],
        "paragraphs": [one.ref for one in report.paragraphs if one.ref is not None],
        "headings": [
            one.title
            for one in report.sections
            if one.title and one.kind not in ("contact", "wards")
        ],
        "implications": [one.kind for one in report.implications],
        "consultation": report.consultation is not None,
        "background_papers": [_value(one) for one in report.background_papers],
        "appendices": [
            {"ref": one.ref, "title": one.title, "present": one.here, "marking": one.marking}
            for one in report.appendices
        ],
        "contact_post": _value(report.contact_post),
        "contact": [[one.kind, one.value] for one in report.contact],
        "truncated": report.truncated,
    }


def _value(one: Field | None) -> str | None:
    if one is None:
        return None
    return one.value.isoformat() if not isinstance(one.value, str) else one.value


def as_json(report: Report) -> dict[str, Any]:
    """The labels, and under ``read_from`` for each value its place, whether it is sure, and why."""
    made = as_labels(report)
    made["why"] = report.why
    if report.kind == "unknown":
        return made
    made["paragraphs"] = [_whole(one) for one in report.paragraphs]
    made["sections"] = [_whole(one) for one in report.sections]
    made["implications"] = [_whole(one) for one in report.implications]
    made["recommendations"] = [_whole(one) for one in report.recommendations]
    made["appendices"] = [_whole(one) for one in report.appendices]
    made["personal"] = [_whole(one) for one in (*report.contact, *report.personal)]
    made["unplaced"] = [_whole(one) for one in report.unplaced]
    made["read_from"] = {
        one.name: _source(getattr(report, one.name))
        for one in dataclasses.fields(report)
        if isinstance(getattr(report, one.name), Field)
    }
    return made


def _source(one: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"at": [one.span.start, one.span.end], "sure": one.sure}
    if one.why:
        told["why"] = one.why
    if one.candidates:
        told["candidates"] = [str(candidate) for candidate in one.candidates]
    return told


def _whole(one: Any) -> dict[str, Any]:
    """A dataclass with its span as ``at``."""
    told: dict[str, Any] = {}
    for each in dataclasses.fields(one):
        value = getattr(one, each.name)
        if isinstance(value, Span):
            told["at"] = [value.start, value.end]
        elif isinstance(value, datetime.date):
            told[each.name] = value.isoformat()
        else:
            told[each.name] = [list(part) for part in value] if isinstance(value, tuple) else value
    return told
