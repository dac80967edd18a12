"""Where a crime report can stand, from the figures to the next report that takes its place."""

from django.db import models


class ReportState(models.TextChoices):
    WRITING = "writing", "Being written"
    TO_CLEAR = "to_clear", "Waiting to be cleared"
    CLEARED = "cleared", "Cleared"
    ISSUED = "issued", "Issued"
    SUPERSEDED = "superseded", "Superseded"
    STOPPED = "stopped", "Stopped"


NEXT: dict[str, frozenset[str]] = {
    ReportState.WRITING: frozenset({ReportState.TO_CLEAR, ReportState.STOPPED}),
    ReportState.TO_CLEAR: frozenset({ReportState.WRITING, ReportState.CLEARED}),
    ReportState.CLEARED: frozenset({ReportState.WRITING, ReportState.ISSUED}),
    ReportState.ISSUED: frozenset({ReportState.SUPERSEDED}),
    ReportState.SUPERSEDED: frozenset(),
    ReportState.STOPPED: frozenset(),
}

OUT = frozenset({ReportState.ISSUED, ReportState.SUPERSEDED})
UNDER_WAY = frozenset({ReportState.WRITING, ReportState.TO_CLEAR, ReportState.CLEARED})


class Step(models.TextChoices):
    """What was done to a report, and is on record."""

    PREPARED = "prepared", "Figures computed"
    COMPUTED = "computed", "Figures computed anew"
    WRITTEN = "written", "Written in"
    ASKED = "asked", "Handed over to be cleared"
    SENT_BACK = "sent_back", "Sent back"
    CLEARED = "cleared", "Cleared"
    ISSUED = "issued", "Issued to members"
    SUPERSEDED = "superseded", "Superseded"
    STOPPED = "stopped", "Stopped"


# Whoever did one of these does not clear the report.
WRITING = frozenset({Step.PREPARED, Step.COMPUTED, Step.WRITTEN})


class Form(models.TextChoices):
    """What can be taken along of a report."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Spreadsheet"
