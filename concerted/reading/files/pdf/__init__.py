"""PDF files to plain text, by where each letter stands on its page."""

from concerted.reading.files.pdf.document import text_of_pdf

__all__ = ["text_of_pdf"]
