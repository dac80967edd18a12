"""The queue as a page shows it: counts, a filter, fifty rows in their groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from concerted.imports import queue
from concerted.imports.forms import FilterForm
from concerted.imports.models import ReadMeeting

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting that waits, with what it asks in words."""

    read: ReadMeeting
    asks: str

    @property
    def body(self) -> str:
        return str(self.read.body or self.read.body_name or "")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the queue. `counted` are all that wait, whatever the filter shows of them."""

    counted: queue.Counted
    form: FilterForm
    filtered: bool
    page: Page[ReadMeeting]
    groups: list[tuple[int, str, list[Row]]]

    @property
    def sure(self) -> int:
        return self.counted.groups[queue.SURE]


def listed(found: QuerySet[ReadMeeting], asked: Mapping[str, Any]) -> Listed:
    """Five queries for any number of rows."""
    counted = queue.counted(found)
    form = FilterForm(counted.bodies, asked)
    body, asks = (form.cleaned_data if form.is_valid() else {}).get("body"), asked.get("asks", "")
    shown = queue.asking(found, str(asks))
    if body:
        shown = shown.filter(body=None) if body == "none" else shown.filter(body__key=body)
    page = Paginator(shown, PAGE).get_page(asked.get("page"))
    rows = [
        Row(one, queue.in_words(one.asks, same=one.same))  # type: ignore[attr-defined]
        for one in page.object_list
    ]
    groups = [
        (group, queue.GROUPS[group], list(some))
        for group, some in groupby(rows, key=lambda row: row.read.group)  # type: ignore[attr-defined]
    ]
    return Listed(counted, form, bool(body or asks in queue.KINDS), page, groups)
