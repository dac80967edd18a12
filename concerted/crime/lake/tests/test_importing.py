"""What an import makes of real files' traps, each figure counted again by other means."""

import csv
import datetime
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import CRIME_TYPES, STOPS
from concerted.crime.lake.importing import Progress, bring_in
from concerted.crime.lake.measures import (
    ALL_CRIME,
    ANTI_SOCIAL_BEHAVIOUR,
    Measure,
    Member,
    area,
)
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.patterns import weekdays_and_hours
from concerted.crime.lake.planning import plan
from concerted.crime.lake.quality import quality, repeated_crime_ids
from concerted.crime.lake.questions import monthly
from concerted.crime.lake.refusals import Stopped
from concerted.crime.lake.snapshots import Lake
from concerted.crime.lake.tests.invented import (
    ASB,
    FELL,
    OUTCOMES,
    STREET,
    archive,
    archive_of,
    as_csv,
    brought,
    called,
    geography,
    outcome,
    stop,
    street,
    streets,
)
from concerted.crime.lake.tests.recount import counted

JANUARY = month_of("2023-01")


def rows_in(snapshot, feed="street"):
    """The rows of a snapshot as they lie on the disk."""
    root = snapshot.folder.parents[1]
    paths = sorted((root / "rows" / snapshot.folder.name / feed).glob("*.parquet"))
    with duckdb.connect() as connection:
        found = connection.execute("FROM read_parquet($p)", {"p": [str(one) for one in paths]})
        names = [one[0] for one in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def rejected(snapshot):
    with open(snapshot.folder / "rejects.csv", encoding="utf-8", newline="") as file:
        return [(row["file"], int(row["line"]), row["reason"]) for row in csv.DictReader(file)]


def of_feed(folder, kind, feed, files):
    path = archive(folder / "a.zip", {called(month, kind): data for month, data in files.items()})
    return bring_in(Lake(folder / "lake"), plan([path], feeds=[feed]), geography(folder))


def figures(folder, measures, areas, first, last):
    with Asking(folder / "lake" / "counts") as asking:
        found = monthly(asking, measures, areas, Period(month_of(first), month_of(last)))
    return {(one.measure, one.area, f"{one.month:%Y-%m}"): one.count for one in found.cells}


def test_identical_antisocial_behaviour_rows_are_all_counted(tmp_path):
    snapshot = brought(tmp_path, {"2023-01": [street("2023-01", ASB)] * 7})

    assert len(rows_in(snapshot)) == 7
    found = figures(
        tmp_path, [ANTI_SOCIAL_BEHAVIOUR], [area("district", FELL)], "2023-01", "2023-01"
    )
    assert list(found.values()) == [7]


@pytest.mark.parametrize("words", [ASB, "Anti-Social Behaviour", "Antisocial behaviour"])
def test_antisocial_behaviour_is_never_counted_as_crime(tmp_path, words):
    brought(tmp_path, {"2023-01": [street("2023-01", words), street("2023-01")]})

    measures = [ALL_CRIME, ANTI_SOCIAL_BEHAVIOUR]
    found = figures(tmp_path, measures, [area("district", FELL)], "2023-01", "2023-01")
    assert list(found.values()) == [1, 1]


def test_a_crime_id_that_repeats_over_months_and_types_is_no_key(tmp_path):
    months = {m: [street(m, t) for t in ("Burglary", "Drugs")] for m in ("2023-01", "2023-02")}
    snapshot = brought(tmp_path, {**months, "2023-03": [street("2023-03", ASB)] * 3})

    assert len(rows_in(snapshot)) == 7
    with Asking(tmp_path / "lake" / "counts", rows=tmp_path / "lake" / "rows") as asking:
        whole = Period(JANUARY, month_of("2023-03"))
        assert repeated_crime_ids(asking, whole) == (1, 4)


def test_a_crime_id_that_is_no_number_is_kept_as_it_is(tmp_path):
    snapshot = brought(tmp_path, {"2023-01": [street("2023-01", Crime_ID="A/17 b")]})

    assert rows_in(snapshot)[0]["crime_id"] == b"A/17 b"


def test_rows_without_a_small_area_are_counted_for_the_force_and_reported(tmp_path):
    rows = [street("2023-01", area=""), street("2023-01", Longitude="", Latitude="")]
    snapshot = brought(tmp_path, {"2023-01": rows})

    assert snapshot.manifest.unknown["rows without a small area"] == {"marlshire": 1}
    areas = [area("force", "marlshire"), area("district", FELL)]
    assert list(figures(tmp_path, [ALL_CRIME], areas, "2023-01", "2023-01").values()) == [1, 2]


def test_a_small_area_that_nobody_knows_is_kept_and_reported(tmp_path):
    rows = [street("2023-01", area="E01777777"), street("2023-01")]
    snapshot = brought(tmp_path, {"2023-01": rows})

    assert snapshot.manifest.unknown["small areas"] == {"E01777777": 1}
    assert len(rows_in(snapshot)) == 2


def test_a_type_that_nobody_knows_is_kept_and_counted_as_neither(tmp_path):
    snapshot = brought(tmp_path, {"2023-01": [street("2023-01", "Piracy"), street("2023-01")]})

    assert snapshot.manifest.unknown["types"] == {"Piracy": 1}
    named = Measure("p", "Piracy too", (Member("crime"), Member("unknown", "Piracy")))
    found = figures(tmp_path, [ALL_CRIME, named], [area("district", FELL)], "2023-01", "2023-01")
    assert list(found.values()) == [1, 2]


def test_the_district_is_that_of_the_code_whatever_the_name_says(tmp_path):
    brought(tmp_path, {"2023-01": [street("2023-01", LSOA_name="Oldtown 001A")]})

    found = figures(tmp_path, [ALL_CRIME], [area("district", FELL)], "2023-01", "2023-01")
    assert list(found.values()) == [1]


def test_rows_across_the_border_are_kept_and_reported(tmp_path):
    rows = [street("2023-01")] * 3 + [street("2023-01", area="E01000080")]
    snapshot = brought(tmp_path, {"2023-01": rows})

    outside = snapshot.manifest.unknown["rows outside the area that the force polices"]
    assert outside == {"E06000108": 1}


BAD = {
    "its month is not that of the file": {"Month": "2023-02"},
    "it fell within another force than that of the file": {"Falls_within": "Fellshire Police"},
    "it has no crime type": {"Crime_type": ""},
    "its longitude and latitude cannot be read": {"Longitude": "east"},
    "its longitude and latitude lie outside the world": {"Latitude": "95.1"},
}


def test_rows_that_cannot_be_read_are_rejected_with_file_line_and_reason(tmp_path):
    rows = [street("2023-01")] * 6 + [street("2023-01", **change) for change in BAD.values()]
    snapshot = brought(tmp_path, {"2023-01": rows, "2023-02": [street("2023-02", ASB)]})

    name = "2023-01-marlshire-street.csv"
    assert rejected(snapshot) == [(name, line, reason) for line, reason in enumerate(BAD, 8)]
    assert snapshot.manifest.rejects == dict.fromkeys(sorted(BAD), 1)
    assert snapshot.manifest.months["street"]["marlshire"] == {"2023-01": 6, "2023-02": 1}


BROKEN = {
    "it has fewer values than there are columns": b"a,b,c",
    "it has more values than there are columns": b"," * 20,
    "its quotation marks do not match": b'"never closed,' + b"," * 10,
    "it is not text in UTF-8": b"\xff\xfe" + b"," * 11,
}


def test_broken_lines_are_rejected_and_all_others_are_kept(tmp_path):
    good = streets([street("2023-01")] * 5)
    broken = b"".join(line + b"\n" for line in BROKEN.values())
    files = {
        "2023-01": good + broken + good.split(b"\n")[1],
        "2023-02": streets([street("2023-02")]),
    }
    snapshot = of_feed(tmp_path, "street", "street", files)

    name = "2023-01-marlshire-street.csv"
    assert rejected(snapshot) == [(name, line, reason) for line, reason in enumerate(BROKEN, 7)]
    assert snapshot.manifest.months["street"]["marlshire"] == {"2023-01": 6, "2023-02": 1}


def test_lines_may_end_as_windows_ends_them_and_begin_with_a_mark(tmp_path):
    data = b"\xef\xbb\xbf" + as_csv(STREET.columns, [street("2023-01")] * 2, end="\r\n")
    snapshot = of_feed(tmp_path, "street", "street", {"2023-01": data})

    assert snapshot.manifest.rejects == {}
    assert [row["location"] for row in rows_in(snapshot)] == ["On or near Mill Lane"] * 2


def test_values_with_commas_and_quotation_marks_stay_whole(tmp_path):
    snapshot = brought(tmp_path, {"2023-01": [street("2023-01", Location='At "The Mill", Fell')]})

    assert rows_in(snapshot)[0]["location"] == 'At "The Mill", Fell'


def test_forces_whose_files_are_called_otherwise_are_known(tmp_path):
    name = {"Falls within": "British Transport Police"}
    data = streets([{**street("2023-01"), **name}, {**street("2023-01", ASB), **name}])
    path = archive(tmp_path / "a.zip", {called("2023-01", force="btp"): data})
    snapshot = bring_in(Lake(tmp_path / "lake"), plan([path]), geography(tmp_path))

    assert (snapshot.manifest.rejects, len(rows_in(snapshot))) == ({}, 2)


def test_outcomes_are_counted_by_the_month_of_the_outcome(tmp_path):
    data = as_csv(OUTCOMES.columns, [outcome("2023-01"), outcome("2023-01", "Charged")])
    of_feed(tmp_path, "outcomes", "outcomes", {"2023-01": data})

    measure = Measure("o", "Outcomes", (Member("outcome"),))
    found = figures(tmp_path, [measure], [area("district", FELL)], "2023-01", "2023-01")
    assert list(found.values()) == [2]


def test_a_word_that_two_feeds_share_is_counted_as_each_of_them_has_it(tmp_path):
    files = {
        called("2023-01", "outcomes"): as_csv(OUTCOMES.columns, [outcome("2023-01", "Drugs")]),
        called("2023-01"): streets([street("2023-01", "Drugs")]),
    }
    path = archive(tmp_path / "a.zip", files)
    bring_in(Lake(tmp_path / "lake"), plan([path]), geography(tmp_path))

    measures = [ALL_CRIME, Measure("o", "Outcomes", (Member("outcome"),))]
    found = figures(tmp_path, measures, [area("district", FELL)], "2023-01", "2023-01")
    assert list(found.values()) == [1, 1]


def stopped(folder, rows, month="2023-07"):
    return of_feed(folder, "stop-and-search", "stops", {month: as_csv(STOPS.columns, rows)})


def test_what_is_said_of_people_who_were_stopped_is_written_nowhere(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(Path, "unlink", lambda path: seen.append(path.read_bytes()))
    snapshot = stopped(tmp_path, [stop("2023-07-02T10:30:00+00:00")])
    kept = [path.read_bytes() for path in (tmp_path / "lake").rglob("*") if path.is_file()]

    assert seen
    assert not [data for data in [*seen, *kept] if b"Secret" in data]
    assert {"Gender", "Age range", "Self-defined ethnicity"} <= set(
        snapshot.manifest.dropped["stops"]
    )
    assert not {"gender", "age", "ethnicity"} & {
        word for name in rows_in(snapshot, "stops")[0] for word in name.split("_")
    }


def times(folder):
    measure = Measure("s", "Stops", (Member("stop"),))
    with Asking(folder / "lake" / "counts") as asking:
        july = month_of("2023-07")
        cells = weekdays_and_hours(asking, measure, Period(july, july)).cells
    return [(one.weekday, one.hour, one.count) for one in cells]


def test_a_stop_at_local_midnight_is_on_its_own_day_and_has_no_hour(tmp_path):
    # 30 June, 23:00 in UTC is the first minute of Saturday 1 July in Britain.
    snapshot = stopped(tmp_path, [stop("2023-06-30T23:00:00+00:00")] * 2)

    assert {row["moment"] for row in rows_in(snapshot, "stops")} == {datetime.datetime(2023, 7, 1)}
    assert times(tmp_path) == [(6, None, 2)]


def test_hours_are_those_of_clocks_in_britain_where_the_source_has_them(tmp_path):
    stopped(tmp_path, [stop("2023-06-30T23:00:00+00:00"), stop("2023-07-03T10:30:00+00:00")])

    assert times(tmp_path) == [(1, 11, 1), (6, 0, 1)]


def test_a_stop_without_a_date_is_rejected(tmp_path):
    bad = ["", "2023-07-01", "2023-07-01T00:00:00", "2023-13-01T00:00:00+00:00"]
    good = [stop("2023-07-03T10:30:00+00:00")] * 4
    snapshot = stopped(tmp_path, [*map(stop, bad), *good])

    assert snapshot.manifest.rejects == {"its date cannot be read": 4}


def test_a_stop_of_another_month_is_rejected(tmp_path):
    snapshot = stopped(tmp_path, [stop("2023-06-30T22:59:00Z"), stop("2023-07-03T10:30:00Z")])

    assert snapshot.manifest.rejects == {"its month is not that of the file": 1}


def test_the_data_say_which_census_their_codes_are_of(tmp_path):
    months = {
        "2023-05": [street("2023-05", area=code) for code in ("E01000010", "E01000091", "")],
        "2023-06": [street("2023-06", area=code) for code in ("E01000092", "E01777777")],
    }
    brought(tmp_path, months)
    with Asking(tmp_path / "lake" / "counts") as asking:
        found = quality(asking, Period(month_of("2023-04"), month_of("2023-06")))

    assert [
        (one.of_2011, one.of_2021, one.without_small_area, one.unknown_small_area)
        for one in found.months
    ] == [(1, 1, 1, 0), (0, 1, 0, 1)]
    assert found.absent == (("marlshire", month_of("2023-04")),)


def test_the_manifest_says_what_came_in_and_what_was_made_of_it(tmp_path):
    months = {month: [street(month)] * 2 for month in ("2022-12", "2023-01")}
    snapshot = brought(tmp_path, months, by="person-7", provisional_from=JANUARY)
    said = snapshot.manifest

    assert said.covers == ["2022-12", "2023-01"]
    assert said.months == {"street": {"marlshire": {"2022-12": 2, "2023-01": 2}}}
    assert [one["name"] for one in said.inputs] == ["upload.zip"]
    assert (said.imported_by, said.provisional_from, said.ward_year) == (
        "person-7",
        "2023-01",
        2025,
    )
    assert {"rows/street/2022.parquet", "rows/street/2023.parquet"} <= set(said.files)


def test_rows_lie_by_district_and_then_month(tmp_path):
    months = {
        month: [street(month, area=code) for code in ("E01000020", "E01000001", "")]
        for month in ("2023-01", "2023-02")
    }
    rows = rows_in(brought(tmp_path, months))
    order = [(row["district"] or "~", row["month"]) for row in rows]

    assert order == sorted(order)


def test_an_import_tells_how_far_it_is(tmp_path):
    seen = list[Progress]()
    brought(tmp_path, {"2023-01": [street("2023-01")] * 5}, progress=seen.append)

    assert seen[-1] == Progress(5, seen[-1].of, seen[-1].of)


def test_a_cancelled_import_leaves_nothing(tmp_path):
    with pytest.raises(Stopped, match="Nothing was changed"):
        brought(tmp_path, {"2023-01": [street("2023-01")]}, cancelled=lambda: True)

    assert Lake(tmp_path / "lake").snapshots() == ()
    assert [one.name for one in (tmp_path / "lake" / "working").iterdir()] == ["lake.lock"]


KNOWN = ["E01000001", "E01000002", "E01000010", "E01000091", "E01000092", "E01000020", "E01000093"]
some_rows = st.lists(
    st.tuples(
        st.sampled_from(["2022-11", "2022-12", "2023-01"]),
        st.sampled_from([ASB, *sorted(CRIME_TYPES)[:4]]),
        st.sampled_from([*KNOWN, "", "E01777777"]),
        st.sampled_from(["", "Under investigation", 'Odd, "quoted"']),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)


IN_FELL = set(KNOWN[:5])


@pytest.mark.slow
@settings(max_examples=30)
@given(some_rows)
def test_every_figure_equals_an_independent_recount(rows):
    months, bad = {}, 0
    for month, type, code, result, broken in rows:
        row = street(month, type, code, Last_outcome_category=result)
        months.setdefault(month, [street(month)]).append(row)
        if broken:
            bad += 1
            months[month][:0] = [street(month), {**row, "Longitude": "?"}]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = archive_of(folder / "a.zip", months)
        planned = plan([path], gaps_are_known=True)
        snapshot = bring_in(Lake(folder / "lake"), planned, geography(folder))
        recounted = {"marlshire": counted(path), FELL: counted(path, IN_FELL)}
        types = sorted({type for _, type in recounted["marlshire"]})
        measures = [
            Measure(one, one, (Member("asb" if one == ASB else "crime", one),)) for one in types
        ]
        areas = [area("force", "marlshire"), area("district", FELL)]
        found = figures(folder, measures, areas, min(months), max(months))

    assert sum(snapshot.manifest.rejects.values()) == bad
    assert found == {
        (type, where, month): recounted[where][month, type] if month in months else None
        for type, where, month in found
    }
    assert len(found) >= 2 * len(types) * len(months)
