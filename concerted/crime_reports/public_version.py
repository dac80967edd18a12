"""The public version of a crime report: its figures as tables, held against all ever shown.

Its words are those of its paper, edited as those of any paper (`editions`). Figures nobody edits:
a table goes out as it is, or is left out.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.crime.lake.refusals import Refused
from concerted.crime.opened import lake
from concerted.crime_reports import queries
from concerted.crime_reports.models import Shown
from concerted.kernel.verdict import NotAllowed
from concerted.papers.public import Paper

FOLLOWS = (
    "A count that is hidden would follow from these tables and from what is public already. Stop "
    "this version and start another: its tables are made anew."
)


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Tables as JSON can hold them (caption, head, rows, note, cells). `words_may_stand`: the words
    of the report say no counts of an area so small that some are hidden."""

    tables: list[dict[str, Any]]
    words_may_stand: bool


def public_figures(actor: Actor, paper: Paper) -> PublicFigures | None:
    """The tables of a crime report's paper; None for any other paper. Raises NotAllowed."""
    report = queries.visible_to(actor).filter(paper=paper).first()
    if report is None:
        return None
    # scipy and DuckDB, 80 MB of a process: only where such a report is to be published.
    from concerted.crime.for_public import SMALL_LEVELS, tables_of  # noqa: PLC0415
    from concerted.crime.frozen import thawed  # noqa: PLC0415
    from concerted.crime.released import as_json  # noqa: PLC0415

    found = thawed(queries.figures_of(actor, report).held).summary
    try:
        tables = tables_of(found, lake(), _ever_shown())
    except Refused as refusal:
        raise NotAllowed(str(refusal)) from refusal
    made = [{**asdict(one), "cells": as_json(one.cells)} for one in tables]
    return PublicFigures(made, words_may_stand=found.where.level not in SMALL_LEVELS)


def may_be_shown(tables: Sequence[dict[str, Any]]) -> None:
    """Raises NotAllowed where what is hidden in tables would follow from what is public by now."""
    if not tables:
        return
    from concerted.crime.for_public import would_follow  # noqa: PLC0415 - as above
    from concerted.crime.released import cells_from  # noqa: PLC0415

    cells = [cell for table in tables for cell in cells_from(table["cells"])]
    try:
        if would_follow(cells, lake(), _ever_shown()):
            raise NotAllowed(FOLLOWS)
    except Refused as refusal:
        raise NotAllowed(str(refusal)) from refusal


@transaction.atomic
def shown(
    actor: Actor, *, paper_key: str, release_key: str, tables: Sequence[dict[str, Any]]
) -> None:
    """Note for good what a version shows; one at a time. Raises NotAllowed as `may_be_shown`."""
    if not tables:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('crime_reports.shown'))")
    may_be_shown(tables)
    report = queries.visible_to(actor).filter(paper__key=paper_key).first()
    if report is None:
        raise NotAllowed("The crime report that these tables are of is not open to you any more.")
    noted = Shown.objects.create(
        report=report,
        release_key=release_key,
        cells=[cell for table in tables for cell in table["cells"]],
        audience_id=actor.everyone_audience_id,
    )
    trail.note(actor, "crime_report.published", noted, verb=Verb.DISCLOSE)


def _ever_shown() -> list[Any]:
    """All cells of all public versions, withdrawn ones too: what was read cannot be called back."""
    from concerted.crime.released import cells_from  # noqa: PLC0415 - as above

    return [cell for one in Shown.objects.all() for cell in cells_from(one.cells)]
