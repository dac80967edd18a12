"""What is kept of a report goes with its paper when that is closed, hidden or opened."""

from concerted.crime_reports.models import Done, Figures, Print, Report, Section
from concerted.papers.public import Paper
from concerted.restrictions.public import Move, moved


def follow(paper: Paper, move: Move) -> None:
    for model in (Figures, Section, Done, Print):
        moved(model._base_manager.filter(report__paper=paper), move)
    moved(Report.objects.filter(paper=paper), move)
