"""A Word file made of a sheet: in a template, with a bookmark at each place that is found again.

Plain Python over python-docx, which writes ECMA-376 files. It is loaded with the first file that
is made: a web worker that makes none keeps its memory.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

PROMPT = "Concerted prompt"
COLUMNS = ("Seat", "Came?", "Who came instead")
CAME_HINT = "Write present, apologies or substitute. Leave empty what is not known."
OTHERS_HINT = "People without a seat, one a line: Jo Marsh (Marlbeck Homes)."


@dataclass(frozen=True, slots=True)
class Row:
    """A seat: who fills it, and what is known of who came."""

    mark: str
    who: str
    came: str = ""
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An item: its heading, what stands below it to be read, and its text.

    `mark` begins with d of a draft, i of an item on record, c of one that is closed to whoever
    takes the file; the key follows, and of a draft the version.
    """

    mark: str
    heading: str
    prompts: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_open(self) -> bool:
        return self.mark[:2] in ("d_", "i_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that goes into a Word file. `identifier` says which meeting it is of."""

    identifier: str
    title: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    marking: str = ""
    who_mark: str = ""
    rows: tuple[Row, ...] = ()
    others_mark: str = ""
    others: str = ""


class NotUsable(ValueError):
    """A template that cannot be used; the message says why, for whoever gave it."""


def made(sheet: Sheet, template: bytes) -> bytes:
    """The file; `template` is empty for the program's own. Raises NotUsable."""
    document = _opened(template)
    writing = _Writing(document)
    writing.mark_pages(sheet.marking)
    writing.paragraph(sheet.title, "Title", "Heading 1", mark=f"m_{sheet.identifier}")
    for fact in sheet.facts:
        writing.prompt(fact)
    if sheet.rows:
        writing.paragraph("Who came", "Heading 1", mark=sheet.who_mark)
        writing.prompt(CAME_HINT)
        writing.table(sheet.rows)
        writing.paragraph("In attendance", "Heading 1", mark=sheet.others_mark)
        writing.prompt(OTHERS_HINT)
        writing.text(sheet.others)
    for part in sheet.parts:
        writing.paragraph(part.heading, "Heading 1", mark=part.mark)
        for prompt in part.prompts:
            writing.prompt(prompt)
        writing.text(part.text)
    document.core_properties.identifier = sheet.identifier
    document.core_properties.title = sheet.title
    document.core_properties.author = ""
    document.core_properties.last_modified_by = ""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _opened(template: bytes) -> "Document":
    """The template without its own words; its last section keeps page, head and foot."""
    import docx  # noqa: PLC0415
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(template) if template else None)
        body = document.element.body
        for element in list(body):
            if element.tag != qn("w:sectPr"):
                body.remove(element)
        if PROMPT not in [style.name for style in document.styles]:
            style = document.styles.add_style(PROMPT, WD_STYLE_TYPE.PARAGRAPH)
            style.font.italic = True
            style.next_paragraph_style = document.styles["Normal"]
    except Exception as error:  # a damaged template raises nearly anything in the library
        raise NotUsable(
            "Word’s own files open here, but this one does not. Open it in Word, save it as a Word "
            "document (.docx) and choose the new file."
        ) from error
    return document


class _Writing:
    def __init__(self, document: "Document") -> None:
        self.document = document
        self.styles = {style.name for style in document.styles}
        self.marks = 1_000  # above those that a template may have in its head or foot

    def mark_pages(self, marking: str) -> None:
        """Print the marking at the head of each page, above what the template has there."""
        if not marking:
            return
        for section in self.document.sections:
            for head in self._heads(section):
                first = head.paragraphs[0] if head.paragraphs else head.add_paragraph()
                first.insert_paragraph_before().add_run(marking).bold = True

    def _heads(self, section: Any) -> Iterator[Any]:
        yield section.header
        if section.different_first_page_header_footer:
            yield section.first_page_header
        if self.document.settings.odd_and_even_pages_header_footer:
            yield section.even_page_header

    def paragraph(self, words: str, *styles: str, mark: str = "") -> "Paragraph":
        made = self.document.add_paragraph(_plain(words))
        for style in styles:
            if style in self.styles:
                made.style = style
                break
        if mark:
            self._bind(made, mark)
        return made

    def prompt(self, words: str) -> None:
        self.paragraph(words, PROMPT)

    def text(self, words: str) -> None:
        """The text of an item, a paragraph a line; at least one to type in."""
        for line in words.strip().split("\n") if words.strip() else [""]:
            self.paragraph(line)

    def table(self, rows: Sequence[Row]) -> None:
        table = self.document.add_table(rows=1, cols=len(COLUMNS))
        if "Table Grid" in self.styles:
            table.style = "Table Grid"
        for cell, words in zip(table.rows[0].cells, COLUMNS, strict=True):
            cell.paragraphs[0].add_run(words).bold = True
        self._repeat(table.rows[0])
        for row in rows:
            cells = table.add_row().cells
            for cell, words in zip(cells, (row.who, row.came, row.substitute), strict=True):
                cell.paragraphs[0].add_run(_plain(words))
            self._bind(cells[0].paragraphs[0], row.mark)

    def _repeat(self, row: Any) -> None:
        """Let the row be the head of the table on each page, for screen readers as well."""
        from docx.oxml import OxmlElement  # noqa: PLC0415

        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def _bind(self, paragraph: "Paragraph", mark: str) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        self.marks += 1
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        begin.set(qn("w:id"), str(self.marks))
        begin.set(qn("w:name"), mark)
        end.set(qn("w:id"), str(self.marks))
        properties = paragraph._p.get_or_add_pPr()
        properties.addnext(begin)
        paragraph._p.append(end)


def _plain(words: str) -> str:
    """Words that XML can hold: control signs are left out."""
    return re.sub(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]", "", words)
