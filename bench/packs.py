"""Building the pack of a meeting with 40 papers, as a worker does, in ordinary and large print."""

import datetime
import random
import time
from collections.abc import Iterator

from bench.clocks import cpu
from bench.table import Row, times
from bench.world import World, sentences, world
from concerted.agendas import public as agendas
from concerted.documents.public import receive
from concerted.jobs.models import Job
from concerted.kernel.clock import today
from concerted.meetings import public as meetings
from concerted.meetings.models import Meeting
from concerted.packs import queries, services, tasks
from concerted.papers import public as papers

PAPERS, FEW = 40, 4
PARAGRAPHS = 38
WORDS = 6  # sentences of each
PAGES = 400
SECONDS = 10.0


def measure() -> Iterator[Row]:
    with world() as here:
        few, _, _ = _built(here, FEW, ahead=20)
        taken, wall, pages = _built(here, PAPERS, ahead=40)
    yield Row(
        what=f"Pack of {PAPERS} papers, {pages} pages, from asking to both files",
        ratio=f"{times(taken / few)} that of {FEW} papers, {times(PAPERS / FEW)} the papers",
        ours=f"{wall:.1f} s",
        target=f"under {SECONDS:.0f} s",
        met=wall < SECONDS and pages >= PAGES,
        note="Pack: laying out, PDF/UA-1 in ordinary and in large print with contents and "
        "bookmarks, the page of each paragraph, and keeping it; by the clock on the wall, ratios "
        "by processor time. The person who asked sees a page of progress meanwhile.",
    )


def _built(here: World, count: int, *, ahead: int) -> tuple[float, float, int]:
    """Seconds of the processor and on the wall, and how many pages came of it."""
    meeting = _prepared(here, count, today() + datetime.timedelta(days=ahead))
    used, began = cpu(), time.perf_counter()
    with here.cast.acting("dilys") as dilys:
        job = services.ask_for(dilys, meeting=meeting)
    tasks.build(**job.arguments)
    taken, wall = cpu() - used, time.perf_counter() - began
    with here.cast.acting("dilys") as dilys:
        assert Job.objects.get(pk=job.pk).state == "done"
        [part] = queries.visible_to(dilys).filter(meeting=meeting)
    return taken, wall, part.last


def _prepared(here: World, count: int, day: datetime.date) -> Meeting:
    """A meeting whose agenda is published, with so many papers put to it."""
    board, chance = here.cast.bodies["board"], random.Random(count)
    with here.cast.acting("dilys") as dilys:
        meeting = meetings.plan(dilys, body=board, held_on=day)
        issue = agendas.begin(dilys, meeting=meeting, from_last=False)
        for n in range(1, count + 1):
            entry = agendas.Entry(f"Item {n}")
            agendas.add(dilys, issue=issue, token=str(n), entry=entry)
        for n in range(1, count + 1):
            version = receive(dilys, data=f"{day} {n}".encode(), name=f"paper-{n}.txt")
            put = papers.NewPresentation(board.name, board, day, str(n), meeting.key)
            texts = [sentences(chance, WORDS) for _ in range(PARAGRAPHS)]
            new = papers.NewPaper(
                board,
                f"Report {n} of {day}",
                version,
                dated_on=day,
                recommendations=[papers.NewRecommendation("1.", "That the board notes it.")],
                paragraphs=[
                    papers.NewParagraph(f"{place}.", f"Part {place // 10}", text)
                    for place, text in enumerate(texts, start=2)
                ],
                presentations=[put],
            )
            papers.accept(dilys, new=new)
    token = str(count + 1)
    with here.cast.acting("rowena") as rowena:
        agendas.approve(rowena, meeting=meeting, token=token)
    with here.cast.acting("dilys") as dilys:
        draft = agendas.draft_of(dilys, meeting)
        assert draft
        agendas.publish(dilys, issue=draft, token=token)
        return Meeting.objects.select_related("body").get(pk=meeting.pk)
