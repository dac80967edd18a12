"""The figures of a report as tables for the public: small counts of wards are hidden in them."""

from dataclasses import replace

import pytest

from concerted.crime.for_public import HIDDEN, NOTE, tables_of, would_follow
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.months import Period, month_of, rolling
from concerted.crime.lake.named import Named
from concerted.crime.lake.residents import Residents
from concerted.crime.lake.tests.invented import FELL, brought, street
from concerted.crime.released import as_json, cells_from
from concerted.crime.summary import summary

MILL, QUAY = "E01000001", "E01000002"
WHERE = Named("district", FELL, "Fell")
MONTHS = Period(month_of("2023-05"), month_of("2024-06")).months


@pytest.fixture
def asking(tmp_path):
    """Each month 20 crimes in Mill and 3 in Quay; 15 in Quay in May of both years."""

    def rows(month):
        few = 15 if month.month == 5 else 3
        words = f"{month:%Y-%m}"
        return [street(words, area=MILL)] * 20 + [street(words, area=QUAY)] * few

    brought(tmp_path, {f"{month:%Y-%m}": rows(month) for month in MONTHS})
    with Asking(tmp_path / "lake" / "counts") as opened:
        yield opened


def of(asking, to, months=1, where=WHERE):
    return summary(asking, where, rolling(month_of(to), months=months), 1)


def by_ward(tables):
    [table] = [one for one in tables if one.caption == "Recorded crime by ward, Fell"]
    return {row[0]: row[1:] for row in table.rows}


def cells(tables):
    return [cell for one in tables for cell in one.cells]


def test_a_small_count_of_a_ward_is_hidden_with_what_would_give_it_away(asking):
    tables = tables_of(of(asking, "2024-06"), asking)

    # Fell as a whole had 23, so Mill's 20 would leave Quay its 3.
    assert by_ward(tables) == {"Mill": (HIDDEN, HIDDEN), "Quay": (HIDDEN, HIDDEN)}
    assert tables[0].rows[0] == ("All recorded crime", "23", "23")
    assert [one.note for one in tables] == ["", NOTE]
    assert tables[0].head == ("Group", "June 2024", "June 2023")
    assert not would_follow(cells(tables), asking, [])


def test_larger_counts_are_shown(asking):
    tables = tables_of(of(asking, "2024-05"), asking)

    assert by_ward(tables) == {"Mill": ("20", "20"), "Quay": ("15", "15")}


def test_what_is_said_of_rates_stands_where_the_count_does(asking):
    people = Residents(2023, "people.csv", "0" * 64, {"E05000001": 900, "E05000002": 9000})
    shown, kept = (
        by_ward(
            tables_of(
                summary(asking, WHERE, rolling(month_of(to), months=1), 1, residents=[people]),
                asking,
            )
        )
        for to in ("2024-05", "2024-06")
    )

    assert shown == {"Mill": ("20", "20", "clearly above"), "Quay": ("15", "15", "clearly below")}
    assert kept == {"Mill": (HIDDEN,) * 3, "Quay": (HIDDEN,) * 3}


def test_what_stood_in_an_earlier_version_is_weighed_too(asking):
    may = cells(tables_of(of(asking, "2024-05"), asking))
    alone = tables_of(of(asking, "2024-06", months=2), asking)
    after = tables_of(of(asking, "2024-06", months=2), asking, may)

    assert by_ward(alone)["Quay"] == ("18", "18")
    assert by_ward(after)["Quay"] == (HIDDEN, HIDDEN), "June would be 18 less 15"
    assert would_follow(cells(alone), asking, may)
    assert not would_follow(cells(after), asking, may)


def test_what_was_small_once_stays_hidden_though_it_was_corrected(asking):
    june = cells(tables_of(of(asking, "2024-06"), asking))
    once_small = [
        replace(one, small=True, hidden=True)
        for one in cells(tables_of(of(asking, "2024-05"), asking))
        if one.area == "E05000002" and one.first == month_of("2024-05")
    ]
    tables = tables_of(of(asking, "2024-05"), asking, [*june, *once_small])

    assert by_ward(tables)["Quay"][0] == HIDDEN


def test_in_the_report_of_a_ward_each_group_counts(asking):
    ward = Named("ward", "E05000002", "Quay")
    tables = tables_of(of(asking, "2024-06", where=ward), asking)

    assert tables[0].rows[0] == ("All recorded crime", HIDDEN, HIDDEN)
    assert ("Burglary", HIDDEN, HIDDEN) in tables[0].rows
    assert not would_follow(cells(tables), asking, [])


def test_a_month_that_was_not_reported_is_said_and_is_no_cell(asking):
    tables = tables_of(of(asking, "2024-04"), asking)

    assert {row[2] for one in tables for row in one.rows} == {"not reported"}
    assert {one.first for one in cells(tables)} == {month_of("2024-04")}


def test_cells_are_the_same_after_being_kept(asking):
    there = cells(tables_of(of(asking, "2024-06"), asking))

    assert cells_from(as_json(there)) == tuple(there)
