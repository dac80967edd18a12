"""Answers over the counts, each compared with an independent recount."""

import random

import pytest

from concerted.crime.lake.areas import OwnArea
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import STOPS
from concerted.crime.lake.importing import bring_in
from concerted.crime.lake.measures import (
    ALL_CRIME,
    ANTI_SOCIAL_BEHAVIOUR,
    Area,
    Measure,
    Member,
    area,
    own,
    rest,
)
from concerted.crime.lake.months import Period, later, month_of, words_of
from concerted.crime.lake.patterns import concentration, outcomes_by_type, weekdays_and_hours
from concerted.crime.lake.planning import plan
from concerted.crime.lake.quality import repeated_crime_ids
from concerted.crime.lake.questions import (
    compared,
    monthly,
    rolling_year,
    types_compared,
    year_to_date,
)
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.snapshots import Lake
from concerted.crime.lake.tests.invented import (
    ASB,
    FELL,
    MARL,
    archive,
    archive_of,
    as_csv,
    brought,
    called,
    geography,
    stop,
    street,
)
from concerted.crime.lake.tests.recount import counted, crimes, rows_of

FIRST, CHANGE, LAST = month_of("2022-01"), month_of("2023-06"), month_of("2024-06")
OLD = ("E01000001", "E01000002", "E01000010")
NEW = ("E01000001", "E01000002", "E01000091", "E01000092")
IN_FELL = set(OLD) | set(NEW)


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    """Thirty months over the change of small areas, some hundred rows each."""
    folder, chance = tmp_path_factory.mktemp("lake"), random.Random(7)
    months = {}
    for month in Period(FIRST, LAST).months:
        codes = [*(OLD if month < CHANGE else NEW), "E01000020"]
        months[words_of(month)] = [
            street(
                words_of(month),
                chance.choice([ASB, "Burglary", "Drugs", "Robbery"]),
                chance.choice(codes),
                Location=f"On or near {chance.choice('ABCDEF')}",
                Last_outcome_category=chance.choice(["", "Charged"]),
            )
            for _ in range(chance.randint(20, 60))
        ]
    path = archive_of(folder / "a.zip", months)
    bring_in(Lake(folder / "lake"), plan([path]), geography(folder))
    return folder


@pytest.fixture
def asking(lake):
    with Asking(lake / "lake" / "counts", rows=lake / "lake" / "rows") as asking:
        yield asking


@pytest.fixture
def path(lake):
    return lake / "a.zip"


def one(answer):
    [cell] = answer.cells
    return cell


def test_the_year_to_date_and_the_year_before_equal_a_recount(asking, path):
    cell = one(year_to_date(asking, [ALL_CRIME], [area("district", FELL)], LAST))

    assert (cell.count, cell.before) == (
        crimes(path, IN_FELL, "2024-04", "2024-06"),
        crimes(path, IN_FELL, "2023-04", "2023-06"),
    )


def test_rolling_twelve_months_equal_a_recount(asking, path):
    cell = one(rolling_year(asking, [ALL_CRIME], [area("district", FELL)], LAST))

    assert (cell.count, cell.before) == (
        crimes(path, IN_FELL, "2023-07", "2024-06"),
        crimes(path, IN_FELL, "2022-07", "2023-06"),
    )


def test_a_period_that_meets_the_one_before_it_counts_in_both(asking, path):
    period = Period(month_of("2023-01"), LAST)
    cell = one(compared(asking, [ALL_CRIME], [area("district", FELL)], period))

    assert (cell.count, cell.before) == (
        crimes(path, IN_FELL, "2023-01", "2024-06"),
        crimes(path, IN_FELL, "2022-01", "2023-06"),
    )


def test_five_years_ago_was_not_reported_and_is_not_zero(asking):
    cell = one(rolling_year(asking, [ALL_CRIME], [area("district", FELL)], LAST, years=5))

    assert cell.count is not None
    assert cell.before is None
    assert len(cell.absent) == 12


def test_a_trend_over_the_change_of_small_areas_has_no_break(asking, lake, path):
    split = own(
        OwnArea("split", "The split one", "2011", frozenset({"E01000010"})), geography(lake)
    )
    found = monthly(asking, [ALL_CRIME], [split], Period(FIRST, LAST))
    again = counted(path, {"E01000010", "E01000091", "E01000092"})

    assert [(words_of(one.month), one.count) for one in found.cells] == [
        (month, sum(n for (when, type), n in again.items() if when == month and type != ASB))
        for month in map(words_of, Period(FIRST, LAST).months)
    ]
    assert all(one.count for one in found.cells)


@pytest.mark.parametrize(
    ("level", "code", "areas"),
    [
        ("stable_area", "E01000010", {"E01000010", "E01000091", "E01000092"}),
        ("small_area", "E01000091", {"E01000091"}),
        ("ward", "E05000001", {"E01000001", "E01000010", "E01000091", "E01000092"}),
        ("district", MARL, {"E01000020"}),
        ("partnership", "E22000101", IN_FELL),
        ("police_area", "E23000101", IN_FELL | {"E01000020"}),
        ("force", "marlshire", IN_FELL | {"E01000020"}),
    ],
)
def test_each_level_of_area_equals_a_recount(asking, path, level, code, areas):
    found = compared(asking, [ALL_CRIME], [area(level, code)], Period(CHANGE, LAST))

    assert one(found).count == crimes(path, areas, "2023-06", "2024-06")


def test_own_areas_and_the_rest_of_the_district_add_up(asking, lake):
    places = geography(lake)
    board = OwnArea("board", "North board", "wards 2025", wards=frozenset({"E05000001"}))
    areas = [own(board, places), rest("rest", FELL, [board], places), area("district", FELL)]
    north, south, whole = compared(asking, [ALL_CRIME], areas, Period(CHANGE, LAST)).cells

    counts = {cell.area: cell.count for cell in (north, south, whole)}
    assert counts["board"] + counts["rest"] == counts[FELL]


def test_a_measure_counts_its_types_between_their_dates_alone(asking, path):
    measure = Measure("m", "M", (Member("crime", "Drugs", last=FIRST), Member("crime", "Robbery")))
    found = monthly(asking, [measure], [area("district", FELL)], Period(FIRST, later(FIRST, 1)))
    again = counted(path, IN_FELL)

    assert [cell.count for cell in found.cells] == [
        again["2022-01", "Drugs"] + again["2022-01", "Robbery"],
        again["2022-02", "Robbery"],
    ]


def test_types_by_month_against_the_year_before_equal_a_recount(asking, path):
    found = types_compared(asking, area("district", FELL), Period(month_of("2024-01"), LAST))
    again = counted(path, IN_FELL)

    assert {
        (cell.code, words_of(cell.month)): (cell.count, cell.before) for cell in found.cells
    } == {
        (type, month): (again[month, type], again[f"2023{month[4:]}", type])
        for type in (ASB, "Burglary", "Drugs", "Robbery")
        for month in map(words_of, Period(month_of("2024-01"), LAST).months)
        if again[month, type] or again[f"2023{month[4:]}", type]
    }


def test_a_month_that_nobody_reported_is_absent_and_never_zero(tmp_path):
    brought(tmp_path, {month: [street(month)] for month in ("2023-01", "2023-03")})
    with Asking(tmp_path / "lake" / "counts") as asking:
        period = Period(month_of("2023-01"), month_of("2023-03"))
        points = monthly(asking, [ALL_CRIME], [area("district", FELL)], period)
        whole = compared(asking, [ALL_CRIME], [area("district", FELL)], period)

    assert [cell.count for cell in points.cells] == [1, None, 1]
    assert points.absent == (("marlshire", month_of("2023-02")),)
    assert one(whole).count is None


def test_a_month_of_several_forces_is_whole_only_with_all_of_them(tmp_path):
    brought(tmp_path, {month: [street(month)] for month in ("2023-01", "2023-02")})
    other = [street("2023-01", Falls_within="British Transport Police")]
    data = as_csv(other[0], other)
    path = archive(tmp_path / "b.zip", {called("2023-01", force="btp"): data})
    bring_in(Lake(tmp_path / "lake"), plan([path]), geography(tmp_path))
    with Asking(tmp_path / "lake" / "counts") as asking:
        period, places = Period(month_of("2023-01"), month_of("2023-02")), [area("district", FELL)]
        both = monthly(asking, [ALL_CRIME], places, period)
        local = monthly(asking, [ALL_CRIME], places, period, forces=["marlshire"])

    assert [cell.count for cell in both.cells] == [2, None]
    assert [cell.count for cell in local.cells] == [1, 1]


def test_provisional_months_are_said_beside_the_answer(tmp_path):
    months = {month: [street(month)] for month in ("2023-01", "2023-02")}
    brought(tmp_path, months, provisional_from=month_of("2023-02"))
    with Asking(tmp_path / "lake" / "counts") as asking:
        period = Period(month_of("2023-01"), month_of("2023-02"))
        found = monthly(asking, [ALL_CRIME], [area("district", FELL)], period)

    assert found.provisional == (month_of("2023-02"),)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (area("ward", "E05999999"), "knows no ward E05999999"),
        (area("district", "E06000108"), "knows no district"),
        (area("force", "awayshire"), None),
    ],
)
def test_an_area_that_the_lake_does_not_know_is_refused_and_no_zero(asking, where, said):
    if said is None:
        assert one(compared(asking, [ALL_CRIME], [where], Period(LAST, LAST))).count is None
        return
    with pytest.raises(Refused, match=said):
        compared(asking, [ALL_CRIME], [where], Period(LAST, LAST))


def test_a_force_of_which_there_is_nothing_is_refused(asking):
    with pytest.raises(Refused, match="nothing of awayshire"):
        monthly(
            asking, [ALL_CRIME], [area("district", FELL)], Period(LAST, LAST), forces=["awayshire"]
        )


def test_an_empty_lake_says_so(tmp_path):
    with Asking(tmp_path / "none") as asking, pytest.raises(Refused, match="nothing of any force"):
        monthly(asking, [ALL_CRIME], [area("district", FELL)], Period(LAST, LAST))


def test_the_same_name_twice_is_refused(asking):
    with pytest.raises(Refused, match="asked for twice"):
        monthly(asking, [ALL_CRIME, ALL_CRIME], [area("district", FELL)], Period(LAST, LAST))


def test_more_than_a_year_of_types_is_refused(asking):
    with pytest.raises(Refused, match="twelve months"):
        types_compared(asking, area("district", FELL), Period(FIRST, LAST))


def by_stable_area(path, period):
    joined = {"E01000091": "E01000010", "E01000092": "E01000010"}
    found = {}
    for row in rows_of(path):
        inside = words_of(period.first) <= row["Month"] <= words_of(period.last)
        if row["LSOA code"] in IN_FELL and inside and row["Crime type"] != ASB:
            place = joined.get(row["LSOA code"], row["LSOA code"])
            found[place] = found.get(place, 0) + 1
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 1])
def test_concentration_names_the_fewest_areas_that_hold_a_share(asking, path, share):
    period = Period(CHANGE, LAST)
    found = concentration(asking, ALL_CRIME, area("district", FELL), period, share=share)
    ranked = by_stable_area(path, period)
    total = sum(number for _, number in ranked)
    held = sum(number for _, number in found.top)

    assert list(found.top) == ranked[: len(found.top)]
    assert held >= share * total > held - found.top[-1][1]
    assert (found.places, found.total) == (3, total)


def test_small_areas_without_an_offence_count_among_the_places(tmp_path):
    brought(tmp_path, {"2023-01": [street("2023-01")] * 3})
    with Asking(tmp_path / "lake" / "counts") as asking:
        january = month_of("2023-01")
        found = concentration(
            asking, ALL_CRIME, area("district", FELL), Period(january, january), share=1
        )

    assert (found.top, found.places) == ((("E01000001", 3),), 3)


def test_concentration_by_point_counts_rows(asking, path):
    period = Period(CHANGE, LAST)
    found = concentration(asking, ALL_CRIME, area("district", FELL), period, share=1, by_point=True)

    assert sum(number for _, number in found.top) == crimes(path, IN_FELL, "2023-06", "2024-06")
    assert len(found.top) == found.places == 6


def test_single_rows_are_not_for_pages_nor_after_expiry(tmp_path):
    brought(tmp_path, {"2023-01": [street("2023-01")]})
    lake, period = Lake(tmp_path / "lake"), Period(month_of("2023-01"), month_of("2023-01"))
    with Asking(lake.counts) as asking, pytest.raises(Refused, match="for the worker"):
        repeated_crime_ids(asking, period)
    lake.expire(1)
    with Asking(lake.counts, rows=lake.rows) as asking, pytest.raises(Refused, match="destroyed"):
        repeated_crime_ids(asking, period)


@pytest.mark.parametrize("share", [0, 1.5, -1])
def test_a_share_that_is_none_is_refused(asking, share):
    with pytest.raises(Refused, match="above 0"):
        concentration(asking, ALL_CRIME, area("district", FELL), Period(LAST, LAST), share=share)


def test_outcomes_by_type_equal_a_recount(asking, path):
    found = outcomes_by_type(asking, area("district", FELL), Period(LAST, LAST))
    again = {}
    for row in rows_of(path):
        if row["Month"] == words_of(LAST) and row["LSOA code"] in IN_FELL:
            key = row["Crime type"], row["Last outcome category"] or None
            again[key] = again.get(key, 0) + 1

    assert {(cell.code, cell.outcome): cell.count for cell in found.cells} == again


def test_outcomes_of_a_ward_are_refused(asking):
    with pytest.raises(Refused, match="district, partnership, police area and force"):
        outcomes_by_type(asking, area("ward", "E05000001"), Period(LAST, LAST))


def test_the_street_data_have_no_hours(asking):
    with pytest.raises(Refused, match="no hour"):
        weekdays_and_hours(asking, ALL_CRIME, Period(LAST, LAST))


def test_stop_and_search_is_counted_for_a_force_alone(tmp_path):
    data = as_csv(STOPS.columns, [stop("2023-01-03T10:30:00+00:00")] * 4)
    path = archive(tmp_path / "a.zip", {called("2023-01", "stop-and-search"): data})
    bring_in(Lake(tmp_path / "lake"), plan([path]), geography(tmp_path))
    stops, january = Measure("s", "Stops", (Member("stop"),)), month_of("2023-01")
    with Asking(tmp_path / "lake" / "counts") as asking:
        period = Period(january, january)
        assert one(monthly(asking, [stops], [area("force", "marlshire")], period)).count == 4
        result = outcomes_by_type(asking, area("force", "marlshire"), period, feed="stops")
        assert [(cell.code, cell.outcome, cell.count) for cell in result.cells] == [
            ("Controlled drugs", "Arrest", 4)
        ]
        with pytest.raises(Refused, match="whole force alone"):
            monthly(asking, [stops], [Area("d", "district", frozenset({FELL}))], period)


def test_crime_and_antisocial_behaviour_stand_beside_each_other(asking, path):
    found = compared(
        asking,
        [ALL_CRIME, ANTI_SOCIAL_BEHAVIOUR],
        [area("district", FELL), area("ward", "E05000002")],
        Period(LAST, LAST),
    )

    assert [(cell.measure, cell.area) for cell in found.cells] == [
        ("all-crime", FELL),
        ("asb", FELL),
        ("all-crime", "E05000002"),
        ("asb", "E05000002"),
    ]
    assert found.cells[1].count == counted(path, IN_FELL)["2024-06", ASB]
