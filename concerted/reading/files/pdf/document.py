"""A PDF from its first page to its last: what was read, and what was not."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from concerted.reading.files.characters import LOST
from concerted.reading.files.pdf.layout import text_of_pages
from concerted.reading.files.pdf.marks import Page
from concerted.reading.files.pdf.pdfium import DAMAGED, Document, Unreadable, opened
from concerted.reading.files.pdf.running import without_running
from concerted.reading.files.pdf.words import lines_of
from concerted.reading.files.refusals import NotReadable, refuse_length

MAX_PAGES = 600
SECONDS = 20.0  # of processor time for letters; arranging and reading them takes as long again
_FEW = 40  # letters: what a scanner or a stamp adds to a picture of a page
_PICTURED = 0.4  # of a page
_DRAWN = 300  # paths without a letter: letters turned to outlines
_WHAT_TO_DO = (
    "Choose a PDF with text in it (save it from the program it was made with), run text "
    "recognition (OCR) over it first, or paste the text"
)
_UNKNOWN = (
    "The letters of this PDF cannot be told: its fonts do not say what their shapes mean. Print "
    "it and scan it with text recognition (OCR), or paste the text of the minutes."
)
_SLANTED = "Words that stand sideways or slantwise on a page, as a watermark does, were left out."
_FIELDS = (
    "This PDF has fields of a form. What was filled in there was not read: compare it with the "
    "original."
)
_CUT_SHORT = "The end of this PDF is missing. What is there was read: compare it with the original."


@dataclass(slots=True)
class _Pages:
    """What the pages gave, in order, and the numbers of those that gave nothing."""

    read: list[Page] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    looked: int = 0
    letters: int = 0
    unknown: int = 0
    slanted: int = 0
    fields: int = 0


def text_of_pdf(data: bytes) -> tuple[str, list[str]]:
    """The text of a PDF, a paragraph or a table row on each line, and notes on what is missing.

    Raises NotReadable when it is locked, damaged, or holds no text.
    """
    with opened(data) as document:
        pages = _looked_at(document)
        count = document.pages
    _refuse_without_text(pages, count)
    kept, running = without_running(pages.read)
    text = text_of_pages(kept)
    notes = [*_not_read(pages, count), *_left_out(pages, running)]
    if b"%%EOF" not in data[-2048:]:
        notes.insert(0, _CUT_SHORT)
    return text, notes


def _looked_at(document: Document) -> _Pages:
    pages = _Pages()
    stop = time.process_time() + SECONDS
    for number in range(min(document.pages, MAX_PAGES)):
        if time.process_time() > stop:
            break
        _look(document, number, pages)
        pages.looked = number + 1
        refuse_length(pages.letters)
    return pages


def _look(document: Document, number: int, pages: _Pages) -> None:
    try:
        sheet = document.sheet(number)
    except Unreadable:
        pages.broken.append(number + 1)
        return
    letters = len(sheet.letters)
    if letters < _FEW and (sheet.pictured > _PICTURED or (not letters and sheet.drawings > _DRAWN)):
        pages.pictures.append(number + 1)
        return
    pages.letters += letters
    pages.unknown += sheet.unknown
    pages.slanted += sheet.slanted
    pages.fields += sheet.fields
    lines = lines_of(sheet.letters, sheet.dots, len(pages.read))
    pages.read.append(Page(lines, sheet.rules, sheet.width, sheet.height))


def _refuse_without_text(pages: _Pages, count: int) -> None:
    if not pages.looked or (pages.broken and not pages.read and not pages.pictures):
        raise NotReadable(DAMAGED)
    if pages.letters and pages.unknown * 3 > pages.letters:
        raise NotReadable(_UNKNOWN)
    if pages.letters or not pages.pictures:
        return
    some = len(pages.pictures)
    many = f"all {count:,} of {count:,}" if some == count else f"{some:,} of {count:,}"
    raise NotReadable(f"The pages of this PDF are pictures of text: {many}. {_WHAT_TO_DO}.")


def _not_read(pages: _Pages, count: int) -> list[str]:
    notes: list[str] = []
    if pages.pictures:
        what = "pictures of text" if len(pages.pictures) > 1 else "a picture of text"
        notes.append(f"{_not_read_are(pages.pictures, count, what)} {_WHAT_TO_DO}.")
    if pages.broken:
        notes.append(_not_read_are(pages.broken, count, "damaged or overfull"))
    if pages.looked < count:
        notes.append(
            f"Only the first {pages.looked:,} of {count:,} pages were read. Save the minutes on "
            "their own and choose that file."
        )
    return notes


def _not_read_are(pages: Sequence[int], count: int, what: str) -> str:
    is_, was = ("are", "were") if len(pages) > 1 else ("is", "was")
    return f"{_numbered(pages)} of {count:,} {is_} {what} and {was} not read."


def _left_out(pages: _Pages, running: Sequence[str]) -> list[str]:
    notes: list[str] = []
    if running:
        shown = ", ".join(f"“{_shown(text)}”" for text in running[:4])
        more = " and more" if len(running) > 4 else ""
        notes.append(
            f"Headers and footers that stand on page after page were left out: {shown}{more}."
        )
    if pages.slanted:
        notes.append(_SLANTED)
    if pages.fields:
        notes.append(_FIELDS)
    if pages.unknown:
        notes.append(LOST)
    return notes


def _numbered(pages: Sequence[int]) -> str:
    """Page 3; pages 2 and 5; pages 2, 3 and 12 more."""
    if len(pages) == 1:
        return f"Page {pages[0]:,}"
    if len(pages) > 12:
        return f"Pages {_listed(pages[:11])} and {len(pages) - 11:,} more"
    return f"Pages {_listed(pages[:-1])} and {pages[-1]:,}"


def _listed(pages: Iterable[int]) -> str:
    return ", ".join(f"{page:,}" for page in pages)


def _shown(text: str) -> str:
    shown = "".join(sign for sign in text if sign.isprintable())
    return shown if len(shown) <= 80 else shown[:79] + "…"
