"""PDF files made in the tests from raw objects, words set line by line as a writer sets them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)
# Helvetica, U+0020 to U+007E, in thousandths of its size (Adobe's published font metrics).
_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *([556] * 10 + [278, 278, 584, 584, 584, 556, 1015]),
    *(667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611),
    *(278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833),
    *(556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    *(334, 260, 334, 584),
)

_OTHERS = {"•": 350, "’": 222, "“": 333, "”": 333, "\u00a0": 278}


def width(text: str, size: float) -> float:
    """How wide a text is, in points."""
    units = (_WIDTHS[ord(c) - 32] if " " <= c <= "~" else _OTHERS.get(c, 556) for c in text)
    return sum(units) * size / 1000


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    starts: list[int] = []
    for number, body in enumerate(objects, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % start for start in starts)
    made += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % table)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def font(name: str) -> bytes:
    widths = b" ".join(b"%d" % w for w in _WIDTHS)
    return (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding "
        b"/FirstChar 32 /LastChar 126 /Widths [%s] >>" % (name.encode(), widths)
    )


PICTURE = stream(b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                 b"/ColorSpace /DeviceGray")  # fmt: skip


def document(
    *pages: bytes,
    page: bytes = b"",
    catalogue: bytes = b"",
    extra: Sequence[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """A file whose pages have these contents; `extra` are further objects, from number 6 on."""
    first = 6 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 %d %d] /Resources << /Font "
        b"<< /F 3 0 R /B 4 0 R >> /XObject << /P 5 0 R >> >> >>" % (kids, len(pages), *A4),
        font("Helvetica"),
        font("Helvetica-Bold"),
        PICTURE,
        *extra,
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s >>" % (first + 2 * number + 1, page)
        )
        objects.append(stream(content))
    return pdf(*objects, trailer=trailer)


def put(x: float, y: float, text: str, size: float = 11, *, bold: bool = False) -> bytes:
    """One run of text with its left end at (x, y), from the bottom left."""
    said = text.encode("cp1252").replace(b"\\", b"\\\\")
    said = said.replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %.2f Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET\n" % (
        b"B" if bold else b"F", size, x, y, said,
    )  # fmt: skip


def rule(x0: float, y0: float, x1: float, y1: float) -> bytes:
    """A straight line, half a point wide."""
    return b"0.5 w %.2f %.2f m %.2f %.2f l S\n" % (x0, y0, x1, y1)


def picture(x: float, y: float, wide: float, high: float) -> bytes:
    return b"q %.2f 0 0 %.2f %.2f %.2f cm /P Do Q\n" % (wide, high, x, y)


def wrapped(text: str, room: float, size: float) -> Iterator[str]:
    """The lines of a paragraph, as many words on each as fit."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


@dataclass
class Sheets:
    """Pages set from the top, as a word processor does: paragraphs wrap, tables have rules."""

    size: float = 11
    margin: float = 72
    header: str = ""
    footer: str = ""
    ruled: bool = True
    pages: list[bytes] = field(default_factory=list)
    y: float = 0

    @property
    def room(self) -> float:
        return A4[0] - 2 * self.margin

    @property
    def leading(self) -> float:
        return self.size * 1.2

    def _down(self, much: float) -> None:
        """Move down; a new page when this one is full."""
        self.y -= much
        if not self.pages or self.y < self.margin:
            self.pages.append(b"")
            self.y = A4[1] - self.margin - self.leading

    def _add(self, content: bytes) -> None:
        self.pages[-1] += content

    def line(self, text: str, x: float = 0, *, bold: bool = False) -> None:
        self._down(self.leading)
        self._add(put(self.margin + x, self.y, text, self.size, bold=bold))

    def beside(self, text: str, x: float) -> None:
        """More words on the line just set."""
        self._add(put(self.margin + x, self.y, text, self.size))

    def labelled(self, label: str, text: str) -> None:
        """A label, and a paragraph that begins at the next tabulator stop and hangs there."""
        stop = 72 * (int(width(label, self.size) / 72) + 1)
        first, *rest = wrapped(text, self.room - stop, self.size)
        self.line(label)
        self.beside(first, stop)
        for line in rest:
            self.line(line, stop)

    def paragraph(
        self, text: str, *, bold: bool = False, hang: float = 0, after: float = 0
    ) -> None:
        """A wrapped paragraph; with `hang`, its first word stands out by so much."""
        mark, told = text.split(" ", 1) if hang else ("", text)
        first, *rest = wrapped(told, self.room - hang, self.size)
        self.line(mark or first, bold=bold)
        if mark:
            self.beside(first, hang)
        for line in rest:
            self.line(line, hang, bold=bold)
        self.y -= after

    def table(self, rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """A table; `shares` are its columns' parts of the width."""
        lefts = [sum(shares[:n]) * self.room for n in range(len(shares) + 1)]
        self.y -= 6
        for row in rows:
            cells = [
                list(wrapped(cell, share * self.room - 8, self.size))
                for cell, share in zip(row, shares, strict=True)
            ]
            high = max(map(len, cells)) * self.leading + 6
            if not self.pages or self.y - high < self.margin:
                self._down(10_000)
            top = self.y
            for at, cell in enumerate(cells):
                for number, line in enumerate(cell):
                    y = top - self.leading * (number + 1)
                    self._add(put(self.margin + lefts[at] + 4, y, line, self.size))
            self.y -= high
            if self.ruled:
                edges = [self.margin + left for left in lefts]
                for y in (top, self.y):
                    self._add(rule(edges[0], y, edges[-1], y))
                for x in edges:
                    self._add(rule(x, top, x, self.y))
        self.y -= 6

    def finished(self, **more: bytes) -> bytes:
        """The file, with its header, its footer and page numbers where they are wanted."""
        for number in range(len(self.pages)):
            if self.header and len(self.pages) > 1:
                self.pages[number] += put(self.margin, A4[1] - 40, self.header, 9)
            if self.footer:
                of = self.footer.format(number + 1, len(self.pages))
                self.pages[number] += put(self.margin, 36, of, 9)
        return document(*self.pages, **more)
