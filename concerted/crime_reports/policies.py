"""Who prepares, writes, clears and issues crime reports. Facts in, Verdict out."""

from collections.abc import Collection, Sequence

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.crime_reports.claims import claims_in
from concerted.crime_reports.models import Report, Section
from concerted.crime_reports.states import NEXT, ReportState
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.public import Body

WROTE = "You prepared or wrote this report, so somebody else clears it."


def may_prepare(actor: Actor, body: Body) -> Verdict:
    if actor.holds(Permission.CRIME_REPORT_PREPARE, body_id=body.pk):
        return YES
    return no("Only an analyst or the secretary of this body can prepare its crime reports.")


def may_follow(actor: Actor, report: Report, *, followed: bool) -> Verdict:
    """Preparing the report that takes the place of an issued one."""
    if not (verdict := may_prepare(actor, report.body)):
        return verdict
    if report.state != ReportState.ISSUED:
        return no("Only a report that is issued, and not superseded, is followed by another.")
    if followed:
        return no("Another report that follows this one is being written already.")
    return YES


def may_write(actor: Actor, report: Report) -> Verdict:
    if not (verdict := may_prepare(actor, report.body)):
        return verdict
    if report.state in (ReportState.TO_CLEAR, ReportState.CLEARED):
        return no("This report was handed over to be cleared. It can be changed once it is back.")
    if report.state != ReportState.WRITING:
        return no("This report is no longer being written, so it stays as it is.")
    return YES


def may_ask(actor: Actor, report: Report, sections: Sequence[Section]) -> Verdict:
    """Handing it over to be cleared; what its words claim is shown to rest on something."""
    if not (verdict := may_write(actor, report)):
        return verdict
    if not any(one.text.strip() for one in sections):
        return no("Nothing is written in this report yet.")
    for one in sections:
        if (claims := claims_in(one.text)) and not one.rests_on.strip():
            return no(
                f"“{one.heading}” says “{claims[0]}”. Counts alone do not show that: write it "
                "otherwise, or say there what shows it."
            )
    return YES


def may_take_back(actor: Actor, report: Report) -> Verdict:
    """Whoever works on it takes it back to write on, before it is issued."""
    if not (verdict := may_prepare(actor, report.body)):
        return verdict
    if report.state not in (ReportState.TO_CLEAR, ReportState.CLEARED):
        return no("This report is not with anybody to be cleared or issued.")
    return YES


def may_clear(actor: Actor, report: Report, *, wrote: Collection[int]) -> Verdict:
    """`wrote`: the people who prepared it or wrote in it, by their ids."""
    if not (verdict := _of_owner(actor, report)):
        return verdict
    if actor.person_id in wrote:
        return no(WROTE)
    return _next(report, ReportState.CLEARED)


def may_send_back(actor: Actor, report: Report) -> Verdict:
    if not (verdict := _of_owner(actor, report)):
        return verdict
    if report.state != ReportState.TO_CLEAR:
        return no("This report is not waiting to be cleared.")
    return YES


def may_issue(actor: Actor, report: Report, *, printed: bool) -> Verdict:
    """`printed`: the files of the cleared report are made."""
    if not actor.holds(Permission.CRIME_REPORT_ISSUE, body_id=report.body_id):
        return no("Only the secretary of this body can issue its crime reports.")
    if not (verdict := _next(report, ReportState.ISSUED)):
        return verdict
    if not printed:
        return no(
            "Its PDF and its spreadsheet are still being made. Try again in a moment; if they do "
            "not come, take it back and have it cleared again."
        )
    return YES


def may_stop(actor: Actor, report: Report) -> Verdict:
    if not (verdict := may_prepare(actor, report.body)):
        return verdict
    return _next(report, ReportState.STOPPED)


def _of_owner(actor: Actor, report: Report) -> Verdict:
    if report.owner_id in actor.organisation_ids:
        return YES
    return no("Only the organisation that owns these figures can clear them or send them back.")


def _next(report: Report, state: str) -> Verdict:
    if state in NEXT[report.state]:
        return YES
    return no(
        {
            ReportState.CLEARED: "This report is not waiting to be cleared.",
            ReportState.ISSUED: "This report is issued once it is cleared.",
            ReportState.STOPPED: "Only a report that is being written can be stopped.",
        }[ReportState(state)]
    )
