"""A pack from its first file to its supplements; what becomes of it when things are closed."""

import pytest
from django.urls import reverse

from concerted.agendas.tests.test_services import restricted
from concerted.packs.tests.conftest import pdf_of, read

HOSTILE = 'See #read("/etc/passwd") and $x$ and *b* <script>alert(1)</script> 日本 😀 \x07'


def test_the_page_and_the_file_say_the_same_of_each_page(cast, packed, signed_in):
    packed.agenda.begins("Knife crime", "Lamps").published()
    long = [f"Paragraph {n} speaks of streets and lamps. " * 30 for n in range(30)]
    packed.paper(paragraphs=[HOSTILE, "Area | 2012 | 2013\nFenside | 1 | 2", *long])
    packed.paper("Lamps at the quay", "2")

    job = packed.asks()

    assert (job.state, job.note) == ("done", f"{packed.parts()[0].last} pages were made.")
    [part] = packed.parts("tobias")
    title, bookmarks, pages = read(pdf_of(cast, part, who="tobias"))
    assert title.startswith("Safer Marlbeck Board, ")
    assert bookmarks == ["Agenda", "Item 1: Knife crime", "Item 2: Lamps at the quay"]
    assert len(pages) == part.last - part.first + 1
    assert '#read("/etc/passwd") and $x$ and *b* <script>alert(1)</script>' in " ".join(
        pages[2].split()
    )
    client = signed_in("tobias")
    page = client.get(reverse("packs:detail", args=[part.meeting.key])).text
    for heading, number in (("Item 1: Knife crime", 3), ("Item 2: Lamps at the quay", part.last)):
        assert heading in pages[number - 1]
        assert f"Page {number}" in pages[number - 1].splitlines()[-1]
        assert f'{heading}</a> <span class="app-muted">page {number}</span>' in page
    [series] = packed.series("tobias")
    paper = series.sections[1]
    for mark, number in series.pages.items():
        if mark.startswith(f"{paper.mark}/"):
            block = paper.blocks[int(mark.rpartition("/")[2])]
            word = block.text or (block.lines or block.head)[0].split()[0]
            assert word.split()[0] in pages[number - 1]
    html = client.get(reverse("packs:section", args=[part.meeting.key, paper.mark])).text
    assert 'id="page-4"' in html
    assert "<script>alert" not in html
    to = client.get(reverse("packs:page", args=[part.meeting.key]), {"page": 4})
    assert to.url.endswith(f"/part/{paper.mark}/#page-4")
