"""Reads the text of minutes into structure: plain Python, no database, no network."""

from concerted.reading.labels import as_json, as_labels
from concerted.reading.reader import read

__all__ = ["as_json", "as_labels", "read"]
