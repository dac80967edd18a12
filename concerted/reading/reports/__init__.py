"""Reads the text of a committee report: plain Python, no database, no network."""

from concerted.reading.reports.labels import as_json, as_labels
from concerted.reading.reports.model import Report
from concerted.reading.reports.reader import plain_report, read_report

__all__ = ["Report", "as_json", "as_labels", "plain_report", "read_report"]
