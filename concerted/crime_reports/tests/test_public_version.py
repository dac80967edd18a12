"""The public version of a crime report: words that people edit, figures that nobody does."""

import json

import pytest
from django.db import DatabaseError, transaction

from concerted.audit.models import Line
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.months import month_of, rolling
from concerted.crime.lake.named import Named
from concerted.crime.lake.tests.invented import brought, street
from concerted.crime.summary import summary
from concerted.crime.tests.test_for_public import MILL, MONTHS, QUAY, WHERE
from concerted.crime_reports.models import Shown
from concerted.crime_reports.public_version import FOLLOWS
from concerted.crime_reports.tests.conftest import Reporting
from concerted.documents.services import receive
from concerted.editions import outbox, queries, releasing, services
from concerted.editions.checking import check
from concerted.editions.freezing import thawed
from concerted.editions.sources import source_of
from concerted.kernel.verdict import NotAllowed
from concerted.papers import services as papers
from concerted.papers.models import Paper
from concerted.people.public import everything_open
from concerted.public_door.models import StoredPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "edition"])]


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """Each month 20 crimes in Mill and 3 in Quay; 15 in Quay in May of both years."""
    there = tmp_path_factory.mktemp("quiet")
    rows = {
        f"{month:%Y-%m}": [street(f"{month:%Y-%m}", area=MILL)] * 20
        + [street(f"{month:%Y-%m}", area=QUAY)] * (15 if month.month == 5 else 3)
        for month in MONTHS
    }
    brought(there, rows)
    return there / "lake"


@pytest.fixture
def issued(cast, quiet, settings):
    """A report of so many months, issued to the board: its paper."""
    settings.LAKE = quiet

    def issue(to, months=1, where=WHERE):
        with Asking(quiet / "counts") as asking:
            found = summary(asking, where, rolling(month_of(to), months=months), 1)
        report = Reporting(cast, found).goes_out()
        with cast.acting("dilys"):
            return Paper.objects.select_related("body", "author", "organisation").get(
                pk=report.paper_id
            )

    return issue


class Publishing:
    """The secretary makes a public version, the chair approves it."""

    def __init__(self, cast):
        self.cast = cast

    def starts(self, paper):
        with self.cast.acting("dilys") as dilys:
            return services.start(dilys, source=source_of(dilys, paper))

    def content(self, release):
        with self.cast.acting("dilys") as dilys:
            return queries.text_of(dilys, release).content

    def leaves_out(self, release, caption):
        with self.cast.acting("dilys") as dilys:
            text = queries.text_of(dilys, release)
            parts = [one["title"] for one in text.content["parts"]]
            services.save_part(
                dilys,
                release=release,
                number=parts.index(caption) + 1,
                given={},
                out=True,
                kept=[],
                saves=text.saves,
            )

    def asks(self, release):
        with self.cast.acting("dilys") as dilys:
            text = queries.text_of(dilys, release)
            services.approve_text(dilys, release=release, saves=text.saves)
            releasing.ask(dilys, release=release)
        check(release.key)

    def approves(self, release):
        with self.cast.acting("rowena") as rowena:
            found = queries.visible_to(rowena).get(key=release.key)
            releasing.approve(rowena, release=found, looked_at=found.sha256)
        outbox.carry_all()

    def publishes(self, paper):
        release = self.starts(paper)
        self.asks(release)
        self.approves(release)
        return release


@pytest.fixture
def publishing(cast):
    return Publishing(cast)


def ever_shown():
    with everything_open():
        return list(Shown.objects.all())


def tables(content):
    return {
        one["title"]: {row[0]: row[1:] for row in one["fixed"]["table"]["rows"]}
        for one in content["parts"]
        if "table" in one["fixed"]
    }


WARDS = "Recorded crime by ward, Fell"


def test_a_report_goes_out_with_its_figures_and_small_counts_of_wards_hidden(
    issued, publishing, signed_in
):
    paper = issued("2024-06")
    release = publishing.publishes(paper)

    page = bytes(StoredPage.objects.using("edition").get(path=f"/papers/{paper.key}/").body)
    words = page.decode()
    assert "Recorded crime, Fell" in words
    assert '<th scope="row">Quay</th><td class="app-numeric">hidden</td>' in words
    assert '<th scope="row">All recorded crime</th><td class="app-numeric">23</td>' in words
    assert "Counts of 1 to 4 in a ward are hidden" in words
    html, text = (
        bytes(one.body).decode()
        for one in StoredPage.objects.using("edition")
        .filter(path__startswith=f"/papers/{paper.key}/", file_name__gt="")
        .order_by("file_name")
    )
    assert '<th scope="row">Quay</th><td>hidden</td>' in html
    assert "Quay: June 2024 hidden, June 2023 hidden" in text
    [noted] = ever_shown()
    assert noted.release_key == release.key
    assert Line.objects.filter(what="crime_report.published", reference=noted.key).exists()
    shown = signed_in("dilys").get(release.get_absolute_url())
    assert "Recorded crime by ward, Fell" in shown.text


def test_what_the_secretary_edits_shows_tables_and_lets_them_be_left_out_alone(
    issued, publishing, signed_in
):
    release = publishing.starts(issued("2024-06"))
    content = publishing.content(release)
    number = [one["title"] for one in content["parts"]].index(WARDS) + 1
    dilys = signed_in("dilys")
    part = dilys.get(f"{release.get_absolute_url()}parts/{number}/")

    assert "Nobody edits a table" in part.text
    assert "Leave this out of the public version altogether" in part.text
    assert "<textarea" not in part.text
    assert tables(content)[WARDS]["Quay"] == ["hidden", "hidden"]
    publishing.leaves_out(release, WARDS)
    publishing.asks(release)
    publishing.approves(release)
    [noted] = ever_shown()
    assert {cell["area"] for cell in noted.cells} == {WHERE.code}


def test_what_was_public_before_is_weighed_and_withdrawn_versions_too(cast, issued, publishing):
    may = publishing.publishes(issued("2024-05"))
    with cast.acting("dilys") as dilys:
        found = queries.visible_to(dilys).get(key=may.key)
        releasing.withdraw(dilys, release=found, reason="A mistake.")
    release = publishing.starts(issued("2024-06", months=2))

    assert tables(publishing.content(may))[WARDS]["Quay"] == ["15", "15"]
    assert tables(publishing.content(release))[WARDS]["Quay"] == ["hidden", "hidden"]


def test_of_two_versions_under_way_the_second_is_refused_where_a_count_would_follow(
    issued, publishing
):
    may, both = (publishing.starts(issued(*one)) for one in (("2024-05", 1), ("2024-06", 2)))
    for one in (may, both):
        publishing.asks(one)
    publishing.approves(may)

    with pytest.raises(NotAllowed) as refused:
        publishing.approves(both)
    assert str(refused.value) == FOLLOWS
    assert len(ever_shown()) == 1


def test_asking_is_refused_as_well(issued, publishing):
    both = publishing.starts(issued("2024-06", 2))
    publishing.publishes(issued("2024-05"))

    with pytest.raises(NotAllowed, match="would follow from these tables"):
        publishing.asks(both)


def test_the_words_of_a_report_of_a_ward_are_not_copied(issued, publishing):
    ward = Named("ward", "E05000002", "Quay")
    content = publishing.content(publishing.starts(issued("2024-06", where=ward)))
    words = [
        each["text"]
        for one in content["parts"]
        for each in one["fields"]
        if each["name"] != "heading"
    ]

    assert not any(words)
    assert tables(content)["Recorded crime, Quay"]["All recorded crime"] == ["hidden", "hidden"]


def test_an_ordinary_paper_has_no_tables(cast, publishing, quiet, settings):
    settings.LAKE = quiet
    with cast.acting("dilys") as dilys:
        version = receive(dilys, data=b"Bins", name="bins.txt")
        paper = papers.accept(
            dilys,
            new=papers.NewPaper(
                body=cast.bodies["board"],
                title="Bins",
                version=version,
                paragraphs=[papers.NewParagraph("1", "", "They burn.")],
            ),
        )
    release = publishing.publishes(paper)

    assert tables(publishing.content(release)) == {}
    assert ever_shown() == []
    with cast.acting("dilys") as dilys:
        found = json.loads(queries.visible_to(dilys).get(pk=release.pk).frozen)
    assert "tables" not in found[-1]
    assert thawed(json.dumps(found))[-1].tables == ()


def test_what_was_shown_is_never_altered_and_never_goes(issued, publishing):
    publishing.publishes(issued("2024-05"))
    [noted] = ever_shown()

    with everything_open():
        with pytest.raises(DatabaseError), transaction.atomic():
            Shown.objects.update(cells=[])
        with pytest.raises(DatabaseError), transaction.atomic():
            noted.delete()
