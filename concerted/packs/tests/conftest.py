"""An agenda with papers put to it, published, and the pack that is built of it."""

import io

import pytest
from procrastinate.contrib.django import app

from concerted.agendas.tests.conftest import agenda, planned  # noqa: F401
from concerted.documents.services import receive
from concerted.jobs.models import Job
from concerted.meetings.models import Item
from concerted.packs import queries, services, tasks  # noqa: F401
from concerted.packs.models import Pack, Print
from concerted.papers import services as papers
from concerted.papers.services import (
    NewAppendix,
    NewPaper,
    NewParagraph,
    NewPresentation,
    NewRecommendation,
)

import pypdfium2  # isort: skip


class Packed:
    """The pack of one meeting of the board, with the steps of those who make and read it."""

    def __init__(self, cast, agenda):  # noqa: F811
        self.cast, self.agenda = cast, agenda

    def meeting(self, who="dilys"):
        with self.cast.acting(who) as actor:
            return self.agenda.at(actor)

    def paper(self, title="Knife crime", ref="1", *, paragraphs=("It fell.",), **more):
        with self.cast.acting("dilys") as dilys:
            meeting = self.agenda.at(dilys)
            put = NewPresentation(
                meeting.body.name, meeting.body, meeting.held_on, ref, meeting.key
            )
            version = receive(dilys, data=f"{title} {more}".encode(), name="report.txt")
            new = NewPaper(
                body=meeting.body,
                title=title,
                version=version,
                author_text="Head of service",
                purpose="To tell the board.",
                recommendations=[NewRecommendation("1.", "That the board notes it.")],
                paragraphs=[
                    NewParagraph(f"{n}.", "Background", text)
                    for n, text in enumerate(paragraphs, start=2)
                ],
                appendices=[NewAppendix("A", "Figures", "")],
                presentations=[put],
                **more,
            )
            return papers.accept(dilys, new=new)

    def asks(self, who="dilys"):
        """Ask for the pack, and let a worker do it."""
        with self.cast.acting(who) as actor:
            job = services.ask_for(actor, meeting=self.agenda.at(actor))
        return self.works(job)

    def works(self, job):
        app.tasks[job.task](**job.arguments)
        with self.cast.acting("dilys"):
            return Job.objects.get(pk=job.pk)

    def parts(self, who="dilys"):
        with self.cast.acting(who) as actor:
            return list(queries.visible_to(actor).order_by("audience_id", "number"))

    def series(self, who="dilys"):
        with self.cast.acting(who) as actor:
            return queries.series_of(actor, self.agenda.at(actor))

    def item(self, title):
        with self.cast.acting("dilys"):
            return Item.objects.get(title=title)


@pytest.fixture
def packed(cast, agenda):  # noqa: F811
    return Packed(cast, agenda)


def read(data):
    """A PDF, opened with another program’s reader: title, bookmarks, the text of each page."""
    with pypdfium2.PdfDocument(io.BytesIO(bytes(data))) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
        return pdf.get_metadata_dict()["Title"], [one.get_title() for one in pdf.get_toc()], pages


def pdf_of(cast, part, *, large=False, who="dilys"):
    with cast.acting(who):
        return bytes(Print.objects.get(pack=Pack.objects.get(pk=part.pk), large=large).pdf)
