"""A crime report from its figures to the meeting: written, cleared, issued, corrected."""

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from concerted.audit.models import Line
from concerted.crime.drawn import report_context
from concerted.crime.frozen import thawed
from concerted.crime_reports import queries, services
from concerted.crime_reports.computing import computed
from concerted.crime_reports.models import Done, Figures, Print, Report, Section
from concerted.crime_reports.restricting import follow
from concerted.kernel.verdict import NotAllowed
from concerted.papers.models import Presentation
from concerted.people.public import everything_open
from concerted.restrictions.public import Move

pytestmark = pytest.mark.django_db


def lines(report):
    return list(
        Line.objects.filter(reference=report.key).order_by("id").values_list("what", flat=True)
    )


def test_from_the_figures_to_the_members_each_step_by_another_hand(reporting, cast):
    one = reporting.prepares()
    reporting.writes("Burglary fell, shoplifting rose.", code="short")
    reporting.asks()
    reporting.clears()
    issued = reporting.issues()

    with cast.acting("tobias") as tobias:
        seen = queries.visible_to(tobias).get(key=one.key)
        steps = [(step.step, step.by.name) for step in queries.steps_of(tobias, seen)]
        assert seen.state == "issued"
        assert seen.paper.title == "Recorded crime in Fell"
        assert "Burglary fell, shoplifting rose." in seen.paper.summary
    assert steps == [
        ("prepared", "Priti Lansdown"),
        ("asked", "Priti Lansdown"),
        ("cleared", "Gareth Pellow"),
        ("issued", "Dilys Ambrey"),
    ]
    assert lines(issued) == [
        "crime_report.prepared",
        "crime_report.asked",
        "crime_report.cleared",
        "crime_report.printed",
        "crime_report.issued",
    ]


def test_a_draft_is_for_those_who_work_on_it_alone(reporting):
    reporting.prepares()

    assert reporting.of("priti") == reporting.of("dilys") == reporting.of("gareth") == ["writing"]
    assert reporting.of("rowena") == ["writing"], "the chair"
    assert reporting.of("tobias") == reporting.of("agnes") == reporting.of("sid") == []


def test_what_was_issued_is_for_the_readers_of_the_body_and_nobody_else(reporting):
    reporting.goes_out()

    assert reporting.of("tobias") == ["issued"]
    assert reporting.of("agnes") == reporting.of("sid") == reporting.of("nell") == []


def test_figures_are_those_that_were_computed_whatever_is_brought_in_later(reporting, cast, found):
    reporting.goes_out()

    with cast.acting("tobias") as tobias:
        held = thawed(queries.figures_of(tobias, reporting.report).held)

    assert held.summary.lines == found.lines
    assert report_context(held.summary)["crimes"] == report_context(found)["crimes"]


def test_computed_anew_keeps_what_somebody_wrote_and_takes_the_new_words_elsewhere(
    reporting, cast, found
):
    reporting.prepares()
    reporting.writes("My own words.", code="short")
    drafted = [["short", "In short", "New words."], ["months", "Month by month", "New too."]]
    with cast.acting("priti") as priti:
        new = services.NewFigures(
            **{name: getattr(_new(found), name) for name in services.NewFigures.__slots__}
            | {"drafted": drafted}
        )
        services.compute_anew(priti, report=reporting.now(priti), new=new)

    with everything_open_in(cast):
        there = reporting.sections()
        assert Figures.objects.filter(report=reporting.report).count() == 2
    assert (there["short"].text, there["short"].drafted) == ("My own words.", "New words.")
    assert there["months"].text == "New too."
    assert "disorder" not in there, "nobody had written there"


def test_a_section_that_somebody_wrote_in_stays_when_figures_give_it_no_words(
    reporting, cast, found
):
    reporting.prepares()
    reporting.writes("Calls came from the quay.", code="disorder")
    with cast.acting("priti") as priti:
        new = _new(found)
        fewer = [one for one in new.drafted if one[0] != "disorder"]
        new = services.NewFigures(
            **{name: getattr(new, name) for name in services.NewFigures.__slots__}
            | {"drafted": fewer}
        )
        services.compute_anew(priti, report=reporting.now(priti), new=new)

    with everything_open_in(cast):
        assert reporting.sections()["disorder"].text == "Calls came from the quay."


def test_two_who_save_the_same_section_never_overwrite_each_other(reporting):
    reporting.prepares()
    reporting.writes("Mine.", saves=0)

    with pytest.raises(NotAllowed, match="Somebody else saved"):
        reporting.writes("Yours.", who="dilys", saves=0)


def test_whoever_wrote_in_it_once_never_clears_it_though_another_wrote_over_it(reporting, cast):
    one = reporting.prepares()
    with cast.acting("priti") as priti:
        assert queries.wrote(priti, one) == {cast.people["priti"].pk}
    reporting.writes("Mine.", who="dilys")
    reporting.writes("Hers.", who="priti")
    reporting.writes("Mine again.", who="dilys")

    with cast.acting("gareth") as gareth:
        writers = {cast.people[name].pk for name in ("priti", "dilys")}
        assert queries.wrote(gareth, one) == writers
        steps = [step.step for step in queries.steps_of(gareth, one)]
    assert steps == ["prepared", "written"]


def test_sent_back_it_is_written_on_and_what_was_printed_of_it_goes(reporting, cast):
    reporting.prepares()
    reporting.asks()
    reporting.does("gareth", services.send_back, words="Say which months.")
    reporting.writes("April to June.")
    reporting.asks()
    reporting.clears()
    reporting.does("priti", services.take_back)

    with everything_open_in(cast):
        assert not Print.objects.filter(report=reporting.report).exists()
        said = Done.objects.filter(report=reporting.report, step="sent_back")
        assert [one.words for one in said] == ["Say which months.", ""]
    with pytest.raises(NotAllowed, match="once it is cleared"):
        reporting.issues()


def test_it_is_put_to_a_meeting_as_a_paper_with_something_to_decide(reporting, cast):
    meeting = reporting.meeting()
    reporting.prepares()
    reporting.asks()
    reporting.clears()
    one = reporting.issues(meeting=meeting)

    with cast.acting("tobias"):
        put = Presentation.objects.get(paper=one.paper)
        assert put.meeting_key == meeting.key
        assert [each.text for each in put.puts.all()] == ["That the report be noted."]


def test_a_meeting_of_another_body_is_none_to_put_it_to(reporting):
    reporting.prepares()
    reporting.asks()
    reporting.clears()
    other = reporting.meeting(body="area")

    with pytest.raises(NotAllowed, match="still to come"):
        reporting.issues(meeting=other)


def test_a_correction_is_a_new_version_and_the_old_one_stays_to_be_read(reporting, cast, found):
    first = reporting.goes_out()
    second = reporting.prepares("priti", follows=first, new=_new(found))
    with cast.acting("tobias") as tobias:
        assert [one.state for one in queries.visible_to(tobias)] == ["issued"]
    reporting.asks()
    reporting.clears()
    reporting.issues()

    with cast.acting("tobias") as tobias:
        states = {one.number: one.state for one in queries.visible_to(tobias)}
        assert states == {1: "superseded", 2: "issued"}
        newest = queries.visible_to(tobias).get(key=second.key)
        assert newest.paper.follows == first.paper
        assert newest.paper.number == 2


def test_of_one_issued_report_only_one_that_follows_is_written_at_a_time(reporting, found):
    first = reporting.goes_out()
    reporting.prepares(follows=first, new=_new(found))

    with pytest.raises(NotAllowed, match="being written already"):
        reporting.prepares(follows=first, new=_new(found))


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Report, {"title": "Other"}),
        (Report, {"last": "2020-01-01"}),
        (Figures, {"held": {}}),
        (Section, {"text": "Other"}),
        (Section, {"drafted": "Other"}),
        (Done, {"words": "Other"}),
        (Print, {"content": b"other"}),
    ],
)
def test_the_database_lets_nobody_change_what_is_issued(reporting, cast, model, change):
    reporting.goes_out()
    with everything_open_in(cast):
        of = {"pk": reporting.report.pk} if model is Report else {"report": reporting.report}
        rows = model.objects.filter(**of)
        assert rows.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model._base_manager.filter(pk=rows.first().pk).delete()


def test_while_its_files_are_made_it_may_be_taken_back_and_none_is_kept(reporting, cast):
    reporting.prepares()
    reporting.asks()
    reporting.does("gareth", services.clear)
    reporting.does("priti", services.take_back)
    with cast.acting("gareth") as gareth:
        services.keep_prints(gareth, report=reporting.now(gareth), files={"pdf": b"%PDF-"})

    with everything_open_in(cast):
        assert not Print.objects.exists()


def test_who_does_not_see_it_does_nothing_to_it(reporting, cast):
    one = reporting.prepares()
    with cast.acting("tobias") as tobias, pytest.raises(Http404):
        services.ask_to_clear(tobias, report=one)


def test_its_paper_takes_it_along_when_it_is_closed(reporting, cast):
    one = reporting.goes_out()
    office = cast.bodies["board"].office_audience_id
    with everything_open_in(cast):
        move = Move(
            before=one.audience_id, to=office, home=False, hidden=False, tier="", review_on=None
        )
        follow(one.paper, move)
    assert reporting.of("tobias") == []
    assert reporting.of("dilys") == ["issued"]


def _new(found):
    return computed(found)


def everything_open_in(cast):
    """The database as it is, whoever looks."""
    return _Open(cast)


class _Open:
    def __init__(self, cast):
        self._cast = cast

    def __enter__(self):
        self._acting = self._cast.acting("maud")
        self._acting.__enter__()
        self._open = everything_open()
        self._open.__enter__()

    def __exit__(self, *what):
        self._open.__exit__(*what)
        self._acting.__exit__(*what)
