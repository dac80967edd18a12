"""How a run can stand, what becomes of its lines, and why something is held."""

from django.db import models


class RunState(models.TextChoices):
    PROPOSED = "proposed", "Waiting for a decision"
    APPROVED = "approved", "Approved, being carried out"
    DONE = "done", "Carried out"
    STOPPED = "stopped", "Stopped before its end"
    DECLINED = "declined", "Declined: nothing went"
    OVERTAKEN = "overtaken", "Replaced by a newer proposal: nothing went"


NEXT: dict[str, frozenset[str]] = {
    RunState.PROPOSED: frozenset({RunState.APPROVED, RunState.DECLINED, RunState.OVERTAKEN}),
    RunState.APPROVED: frozenset({RunState.DONE, RunState.STOPPED}),
    RunState.DONE: frozenset(),
    RunState.STOPPED: frozenset(),
    RunState.DECLINED: frozenset(),
    RunState.OVERTAKEN: frozenset(),
}


class LineState(models.TextChoices):
    LISTED = "listed", "Listed"
    GONE = "gone", "Gone"
    STAYED = "stayed", "Stayed: it had changed, or is held"


class Ground(models.TextChoices):
    """Why something is held, though its time is past."""

    INQUIRY = "inquiry", "An inquiry or review"
    LITIGATION = "litigation", "A claim or a case in court"
    INFORMATION = "information", "A request under the Freedom of Information Act 2000"
    ACCESS = "access", "A request by a person for what is held about them"


class Reach(models.TextChoices):
    KIND = "kind", "All records of a kind"
    BODY = "body", "All that is about a body"
    THING = "thing", "One record"
