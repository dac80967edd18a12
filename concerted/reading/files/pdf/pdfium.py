"""The letters, rules and pictures of each page, as PDFium finds them.

Only its bare functions are used: the comfortable layer above them asks Python for things that are
refused to a process that reads a hostile file. Scripts, links and attached files are never looked
at, and this PDFium is built without an engine for scripts.
"""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2_raw as pdfium

from concerted.reading.files.pdf.marks import Dot, Letter, Rule, Sheet
from concerted.reading.files.refusals import NotReadable

MAX_LETTERS = 100_000  # of one page; a page of newsprint has 20,000
MAX_DRAWN = 20_000  # objects and segments of paths looked at on one page
MAX_NESTED = 6
SHORT = 4.0  # points; shorter strokes are ends of thin bars and dots of dotted lines
ROUND = 8.0  # points; wider circles are no bullets
_PASSWORD, _UNKNOWN_LOCK = 4, 5
_LOCKED = (
    "This PDF is protected by a password. Open it with the password, save or print it as a new PDF "
    "without one and choose that."
)
DAMAGED = (
    "This PDF is damaged and cannot be opened. Open it in the program it was made with, save it as "
    "a PDF again and choose the new file, or paste the text of the minutes."
)
# Letters that fonts of symbols keep for their bullets.
_SYMBOLS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0xF071, 0xF06E, 0xF02D), "•")
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_HYPHEN_AT_END = 2  # PDFium's own sign
_WRITTEN = {_HYPHEN_AT_END: "-"} | _SYMBOLS | _LIGATURES
_BLANKS = frozenset({0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F})
_SILENT = frozenset({0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0xFFFE})


class Unreadable(Exception):
    """A page that cannot be loaded, or holds more than a page does."""


class Document:
    """An open PDF; ``pages`` is how many it says it has."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self.pages: int = max(0, pdfium.FPDF_GetPageCount(handle))

    def sheet(self, number: int) -> Sheet:
        """What stands on a page, counted from 0; raises Unreadable."""
        page = pdfium.FPDF_LoadPage(self._handle, number)
        if not page:
            raise Unreadable
        try:
            return _sheet(page)
        finally:
            pdfium.FPDF_ClosePage(page)


@contextmanager
def opened(data: bytes) -> Iterator[Document]:
    """The document in these bytes; raises NotReadable when it is locked or damaged."""
    _begin()
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        locked = pdfium.FPDF_GetLastError() in (_PASSWORD, _UNKNOWN_LOCK)
        raise NotReadable(_LOCKED if locked else DAMAGED)
    try:
        yield Document(handle)
    finally:
        pdfium.FPDF_CloseDocument(handle)


@cache
def _begin() -> Any:
    """Start the library once, with no folder to look for fonts in."""
    no_folders = (ctypes.POINTER(ctypes.c_char) * 1)()
    config = pdfium.FPDF_LIBRARY_CONFIG(version=2)
    config.m_pUserFontPaths = ctypes.cast(no_folders, type(config.m_pUserFontPaths))
    pdfium.FPDF_InitLibraryWithConfig(config)
    # Only whether two letters belong to one run is asked: a number tells it sooner.
    pdfium.FPDFText_GetTextObject.restype = ctypes.c_void_p
    return no_folders, config  # PDFium goes on using them


def _sheet(page: Any) -> Sheet:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise Unreadable
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MAX_LETTERS:
            raise Unreadable
        found = _Letters(text, count)
    finally:
        pdfium.FPDFText_ClosePage(text)
    view = _View(page, found.quarter)
    sheet = Sheet(view.width, view.height, slanted=found.slanted, unknown=found.unknown)
    sheet.letters = [letter for letter in map(view.letter, found.kept) if view.shows(letter)]
    _Drawing(sheet, view).look(page)
    sheet.fields = _fields(page)
    return sheet


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character in its page’s own coordinates; `edges` are left, bottom, right, top."""

    text: str
    edges: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    bold: bool
    spaced: bool


class _Letters:
    """The letters of a page in their own coordinates, and which way up most of them stand."""

    def __init__(self, text: Any, count: int) -> None:
        self.text = text
        self.unknown = 0
        by_turn: dict[int | None, list[_Glyph]] = {}
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        last = None
        look: tuple[float, bool, int | None] = (1.0, False, None)
        spaced = False
        for at in range(count):
            code = pdfium.FPDFText_GetUnicode(text, at)
            if code in _BLANKS:
                spaced = True
                continue
            if code in _SILENT:
                continue
            run = pdfium.FPDFText_GetTextObject(text, at)
            if run is None or run != last:
                last, look = run, self._look(at)
            size, bold, turn = look
            said = self._written(code)
            pdfium.FPDFText_GetLooseCharBox(text, at, box)
            pdfium.FPDFText_GetCharOrigin(text, at, x, y)
            edges = (box.left, box.bottom, box.right, box.top)
            glyph = _Glyph(said, edges, (x.value, y.value), size, bold, spaced)
            somewhere = all(map(math.isfinite, (*edges, x.value, y.value)))
            by_turn.setdefault(turn if somewhere else None, []).append(glyph)
            spaced = False
        upright = {turn: held for turn, held in by_turn.items() if turn is not None}
        self.quarter = max(upright, key=lambda turn: len(upright[turn]), default=0)
        self.kept = upright.get(self.quarter, [])
        self.slanted = sum(map(len, by_turn.values())) - len(self.kept)

    def _written(self, code: int) -> str:
        if code in _WRITTEN:
            return _WRITTEN[code]
        if code < 32 or 0xD800 <= code < 0xF900 or code in (0xFFFD, 0xFFFF) or code > 0x10FFFF:
            self.unknown += 1
            return "\ufffd"
        return chr(code)

    def _look(self, at: int) -> tuple[float, bool, int | None]:
        """The size, the weight and the quarter turns (None: slantwise) of a run of letters."""
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text, at, matrix)
        size = pdfium.FPDFText_GetFontSize(self.text, at) * math.hypot(matrix.c, matrix.d)
        degrees = math.degrees(math.atan2(matrix.b, matrix.a))
        if not math.isfinite(size + degrees):  # a damaged matrix: the letters stand nowhere
            return 1.0, self._is_bold(at), None
        quarter = round(degrees / 90)
        upright = abs(degrees - quarter * 90) < 3
        return abs(size) or 1.0, self._is_bold(at), quarter % 4 if upright else None

    def _is_bold(self, at: int) -> bool:
        name = (ctypes.c_char * 100)()
        pdfium.FPDFText_GetFontInfo(self.text, at, name, len(name), ctypes.c_int())
        low = bytes(name.value).lower()
        return b"bold" in low or b"black" in low or b"heavy" in low


class _View:
    """A page turned so that its letters stand upright."""

    def __init__(self, page: Any, quarter: int) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.box = (box.left, box.bottom, box.right, box.top)
        self.quarter = quarter
        wide, high = abs(box.right - box.left), abs(box.top - box.bottom)
        self.width, self.height = (high, wide) if quarter % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.box
        match self.quarter:
            case 1:
                return y - bottom, x - left
            case 2:
                return right - x, y - bottom
            case 3:
                return top - y, right - x
        return x - left, top - y

    def letter(self, glyph: _Glyph) -> Letter:
        left, bottom, right, top = glyph.edges
        if self.quarter == 0:
            edges, y = (left - self.box[0], right - self.box[0]), self.box[3] - glyph.origin[1]
            return Letter(glyph.text, *edges, y, glyph.size, glyph.bold, glyph.spaced)
        (x0, _), (x1, _) = self.point(left, bottom), self.point(right, top)
        _, y = self.point(*glyph.origin)
        edges = min(x0, x1), max(x0, x1)
        return Letter(glyph.text, *edges, y, glyph.size, glyph.bold, glyph.spaced)

    def shows(self, letter: Letter) -> bool:
        """Whether a letter stands on the page, not beside it."""
        beside = letter.left < -2 or letter.left > self.width + 2
        return not beside and -2 < letter.y < self.height + letter.size


_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


class _Drawing:
    """Rules and pictures of a page, also those of the forms drawn on it."""

    def __init__(self, sheet: Sheet, view: _View) -> None:
        self.sheet = sheet
        self.view = view
        self.looked = 0

    def look(self, page: Any) -> None:
        self._each(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _SAME, 0)

    def _each(self, holder: Any, count: Any, get: Any, matrix: _Matrix, depth: int) -> None:
        for at in range(count(holder)):
            self.looked += 1
            if self.looked > MAX_DRAWN:
                return
            thing = get(holder, at)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(thing, _times(_matrix(thing), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(thing, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_NESTED:
                counted, got = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                self._each(thing, counted, got, _times(_matrix(thing), matrix), depth + 1)

    def _picture(self, thing: Any, matrix: _Matrix) -> None:
        wide = self.sheet.width * self.sheet.height
        a, b, c, d, _, _ = _times(_matrix(thing), matrix)
        if wide > 0:
            self.sheet.pictured = max(self.sheet.pictured, min(1.0, abs(a * d - b * c) / wide))

    def _path(self, path: Any, matrix: _Matrix) -> None:
        self.sheet.drawings += 1
        start = last = None
        curves: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for at in range(pdfium.FPDFPath_CountSegments(path)):
            self.looked += 1
            if self.looked > MAX_DRAWN:
                return
            segment = pdfium.FPDFPath_GetPathSegment(path, at)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = self.view.point(*_moved(x.value, y.value, matrix))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
                self._stroke(last, point)
            elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                curves.append(point)
            last = point
            if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
                self._stroke(last, start)
                last = start

        self._dot(curves)

    def _dot(self, curves: list[tuple[float, float]]) -> None:
        if not 6 <= len(curves) <= 60:
            return
        xs, ys = [x for x, _ in curves], [y for _, y in curves]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if 1 < wide < ROUND and abs(wide - high) < 0.2 * wide:
            self.sheet.dots.append(Dot(min(xs), max(xs), (min(ys) + max(ys)) / 2))

    def _stroke(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        wide, high = right - left, bottom - top
        if wide > SHORT and high < 1:
            middle = (top + bottom) / 2
            self.sheet.rules.append(Rule(left, middle, right, middle))
        elif high > SHORT and wide < 1:
            middle = (left + right) / 2
            self.sheet.rules.append(Rule(middle, top, middle, bottom))


def _matrix(thing: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return _SAME
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _moved(x: float, y: float, by: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = by
    return a * x + c * y + e, b * x + d * y + f


def _fields(page: Any) -> int:
    """How many fields of a form stand on a page."""
    count = 0
    for at in range(min(500, pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        if annotation:
            count += pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET
            pdfium.FPDFPage_CloseAnnot(annotation)
    return count
