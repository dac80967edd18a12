"""What is printed of a report, from its figures and sections as they are."""

from concerted.access.actor import Actor
from concerted.crime.frozen import thawed
from concerted.crime_reports import queries
from concerted.crime_reports.models import Report
from concerted.crime_reports.printed import Printed
from concerted.crime_reports.states import ReportState, Step
from concerted.ui.words import day


def printed(actor: Actor, report: Report) -> Printed:
    """Headings with their words, and the figures; sections without words are left out."""
    held = thawed(queries.figures_of(actor, report).held)
    sections = queries.sections_visible_to(actor).filter(report=report).exclude(text="")
    return Printed(
        title=report.title,
        body=report.body.name,
        area=report.area_name,
        marking="OFFICIAL",
        standing=standing(actor, report),
        sections=tuple((one.heading, one.text) for one in sections),
        summary=held.summary,
        outlines=held.outlines,
    )


def standing(actor: Actor, report: Report) -> str:
    """How a report stands, in a sentence."""
    cleared = [one for one in queries.steps_of(actor, report) if one.step == Step.CLEARED]
    if not cleared or not (report.out or report.state == ReportState.CLEARED):
        return "Draft, not cleared."
    return f"Cleared by {report.owner.name}, {day(cleared[-1].at)}."
