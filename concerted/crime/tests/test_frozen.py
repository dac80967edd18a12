"""A report that was kept is the report that was made, in every figure and every word."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.crime.drawn import report_context
from concerted.crime.frozen import frozen, thawed
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measure_sets import POLICE_UK_CRIME
from concerted.crime.lake.measures import ALL_CRIME
from concerted.crime.lake.months import Period, month_of, year_to_date
from concerted.crime.lake.questions import Compared
from concerted.crime.lake.residents import Residents
from concerted.crime.lake.tests.invented import brought
from concerted.crime.report import line_of
from concerted.crime.shown import report_lines
from concerted.crime.summary import summary
from concerted.crime.tests.test_summary import PLACE, TO, three_years

MAY = month_of("2024-05")
PEOPLE = Residents(2023, "people.csv", "0" * 64, {"E05000001": 900, "E05000002": 800, "W0": 5})
RING = ((0.0, 0.0), (1.5, 0.0), (1.5, 1.25))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    there = tmp_path_factory.mktemp("frozen")
    brought(there, three_years())
    with Asking(there / "lake" / "counts") as asking:
        return summary(asking, PLACE, year_to_date(TO), 1, residents=[PEOPLE])


def test_a_report_comes_back_from_json_as_it_went_in(made):
    kept = json.loads(json.dumps(frozen(made, {}), allow_nan=False))

    back = thawed(kept).summary

    assert back.lines == made.lines
    assert back.wards == made.wards
    assert back.rates == made.rates
    assert list(report_lines(back)) == list(report_lines(made))
    assert [one.says for one in back.series] == [one.says for one in made.series]
    assert json.loads(json.dumps(frozen(back, {}))) == kept


def test_it_is_drawn_as_it_was(made):
    outlines = {ward.code: (RING,) for ward, _ in made.wards}
    back = thawed(json.loads(json.dumps(frozen(made, outlines))))

    assert report_context(back.summary, back.outlines) == report_context(made, outlines)


def test_of_residents_and_outlines_only_those_of_its_wards_are_kept(made):
    wards = {ward.code for ward, _ in made.wards}
    kept = frozen(made, dict.fromkeys([*wards, "E05999999"], (RING,)))

    assert set(kept["outlines"]) == set(kept["summary"]["residents"]["of"]) == wards


@given(
    now=st.none() | st.integers(0, 10**6),
    before=st.none() | st.integers(0, 10**6),
)
def test_any_comparison_comes_back_and_json_can_say_it(made, now, before):
    cell = Compared("all_crime", PLACE.code, Period(MAY, MAY), now, Period(MAY, MAY), before)
    line = line_of("report", ALL_CRIME, cell, POLICE_UK_CRIME)
    one = made.__class__(
        **{name: getattr(made, name) for name in made.__slots__} | {"lines": (line,)}
    )

    back = thawed(json.loads(json.dumps(frozen(one, {}), allow_nan=False))).summary

    # A ratio of none and none is NaN, which equals nothing: compare what is read.
    assert repr(back.lines) == repr(one.lines)
