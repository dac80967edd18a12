"""Minutes of a meeting with three items, and Word files as somebody would bring them back."""

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from concerted.minuting.tests.conftest import *  # noqa: F403
from concerted.restrictions.tests.conftest import restrict, wanted  # noqa: F401


class Paper:
    """A Word file in hand: typed in below a heading, and saved."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))

    def paragraph(self, words):
        return next(one for one in self.document.paragraphs if words in one.text)

    def type_below(self, heading, *lines):
        """Type these lines below a heading, and below what stands under it to be read."""
        paragraphs = self.document.paragraphs
        at = next(place for place, one in enumerate(paragraphs) if heading in one.text) + 1
        while paragraphs[at].style.name == "Concerted prompt":
            at += 1
        paragraphs[at].text = lines[0]
        for line in lines[1:]:
            following = self.document.add_paragraph(line)
            paragraphs[at]._p.addnext(following._p)
            paragraphs = self.document.paragraphs
            at += 1
        return self

    def tick(self, who, came, instead=""):
        row = next(one for one in self.document.tables[0].rows if who in one.cells[0].text)
        row.cells[1].text, row.cells[2].text = came, instead
        return self

    def track(self, old, new, author="Rowena Thackley"):
        """Replace words of one paragraph with Track Changes on."""
        paragraph = self.paragraph(old)
        before, _, after = paragraph.text.partition(old)
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        paragraph.add_run(before)
        for tag, text, words in (("w:del", "w:delText", old), ("w:ins", "w:t", new)):
            if not words:
                continue
            change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text)
            change.set(qn("w:id"), "7")
            change.set(qn("w:author"), author)
            change.set(qn("w:date"), "2026-06-17T09:00:00Z")
            said.text = words
            run.append(said)
            change.append(run)
            paragraph._p.append(change)
        paragraph.add_run(after)
        return self

    def saved(self, name="minutes.docx"):
        held = io.BytesIO()
        self.document.save(held)
        held.seek(0)
        held.name = name
        return held


@pytest.fixture
def taken():
    """The Word file at an address, as one of the cast takes it."""

    def take(client, address):
        response = client.get(address)
        assert response.status_code == 200, response.status_code
        return Paper(response.content)

    return take
