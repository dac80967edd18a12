"""Bytes of a file to plain text; every file is taken to be hostile."""

from concerted.reading.files.formats import FileText, text_of
from concerted.reading.files.refusals import MAX_BYTES, MAX_CHARACTERS, NotReadable

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "FileText", "NotReadable", "text_of"]
