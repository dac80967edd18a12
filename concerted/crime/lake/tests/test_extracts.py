"""Extracts of a force by a mapping: what is taken, what is dropped, and what is refused."""

import csv
import datetime
import json
import multiprocessing
import os
import random
import resource
import signal

import pytest

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.extract_importing import bring_in_extract
from concerted.crime.lake.extracts import plan_extract
from concerted.crime.lake.mappings import mapping_of, read_mapping
from concerted.crime.lake.measure_sets import DISORDER_CODES, MOST_SERIOUS_VIOLENCE, RECORDED_CRIME
from concerted.crime.lake.measures import Measure, Member, area
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.patterns import concentration
from concerted.crime.lake.quality import quality
from concerted.crime.lake.questions import compared, monthly
from concerted.crime.lake.refusals import Refused, Stopped
from concerted.crime.lake.snapshots import Lake
from concerted.crime.lake.tests.extracts import (
    CRIMES,
    INCIDENTS,
    brought_in,
    crime,
    of_force,
    of_incidents,
    written,
    xlsx,
)
from concerted.crime.lake.tests.invented import FELL, MARL, geography
from concerted.crime.lake.tests.test_importing import rejected, rows_in

APRIL = month_of("2009-04")
ALL = RECORDED_CRIME.measures[0]


def figures(folder, measure, level, code, first, last=""):
    with Asking(folder / "lake" / "counts") as asking:
        period = Period(month_of(first), month_of(last or first))
        return [one.count for one in monthly(asking, [measure], [area(level, code)], period).cells]


def refused(folder, rows, match, columns=CRIMES, **more):
    path = written(folder / "crimes.csv", columns, rows)
    with pytest.raises(Refused, match=match):
        brought_in(folder, path, of_force(**more), gaps_are_known=False)
    assert not list((folder / "lake").glob("counts/*"))


def test_a_row_is_a_crime_and_identical_rows_are_all_kept(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009")] * 5)

    snapshot = brought_in(tmp_path, path, of_force(), by="Analyst")

    assert len(rows_in(snapshot, "recorded")) == 5
    assert figures(tmp_path, ALL, "district", FELL, "2009-04") == [5]
    assert figures(tmp_path, ALL, "ward", "E05000001", "2009-04") == [5]
    assert snapshot.manifest.source == "force extract"
    assert snapshot.manifest.imported_by == "Analyst"


def test_columns_that_are_not_mapped_lie_nowhere(tmp_path):
    secret = [("Anna Invented", "01/04/2009", "28A", "E01000001")]
    columns = ("Victim Name", *CRIMES[1:])
    path = written(tmp_path / "crimes.csv", columns, secret)

    snapshot = brought_in(tmp_path, path, of_force(dropped=["Victim Name"]))

    assert snapshot.manifest.dropped == {"recorded": ["Victim Name"]}
    assert "Victim Name” (names, by its heading)" in snapshot.manifest.remarks[-1]
    for one in (tmp_path / "lake").rglob("*"):
        assert one.is_dir() or b"Invented" not in one.read_bytes()


def test_a_column_that_tells_who_somebody_is_may_not_be_mapped():
    columns = {"date": "Date Recorded", "code": "HO Code", "area": "Victim Address"}
    with pytest.raises(Refused, match=r"may not be mapped: “Victim Address” \(addresses"):
        mapping_of(of_force(columns=columns))


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (("Crime Ref", "Date Recorded", "Offence", "LSOA"), "lacks columns that are mapped: “HO C"),
        ((*CRIMES, "Officer"), "has columns that are not: “Officer”"),
    ],
)
def test_a_changed_header_is_refused_and_the_column_named(tmp_path, columns, says):
    refused(tmp_path, [crime("01/04/2009")], says, columns=columns)


def test_a_needed_column_that_is_not_mapped_is_named():
    with pytest.raises(Refused, match="does not say which column is code"):
        mapping_of(of_force(columns={"date": "Date Recorded"}, level=""))


def test_a_code_that_stands_for_nothing_is_named_until_the_mapping_says_what_it_is(tmp_path):
    rows = [crime("01/04/2009", "28A"), crime("02/04/2009", "BDW"), crime("02/04/2009", "TRAIN")]

    refused(tmp_path, rows, r"codes that stand for none that is known: “BDW” \(1 rows\)")

    snapshot = brought_in(
        tmp_path, tmp_path / "crimes.csv", of_force(codes={"BDW": "28A", "TRAIN": "-"})
    )
    assert figures(tmp_path, ALL, "district", FELL, "2009-04") == [2]
    assert snapshot.manifest.rejects == {"the mapping leaves its code out": 1}


def test_a_word_left_open_in_a_mapping_is_named():
    with pytest.raises(Refused, match=r"leaves open what these are \(codes\): “BDW”"):
        mapping_of(of_force(codes={"BDW": None}))


def test_codes_are_read_as_counting_rules_and_tables_write_them(tmp_path):
    codes = ["4.10", "4/10", "004/10", "8n", "028A"]
    path = written(tmp_path / "c.csv", CRIMES, [crime("01/04/2009", one) for one in codes])

    snapshot = brought_in(tmp_path, path, of_force())

    assert sorted(one["code"] for one in rows_in(snapshot, "recorded")) == [
        *("28A", "4.10", "4.10", "4.10", "8N")
    ]


def test_an_unknown_small_area_is_kept_counted_for_the_force_and_reported(tmp_path):
    rows = [
        crime("01/04/2009", area="E01777777"),
        crime("01/04/2009"),
        crime("01/04/2009", area=""),
    ]
    path = written(tmp_path / "crimes.csv", CRIMES, rows)

    snapshot = brought_in(tmp_path, path, of_force())

    assert snapshot.manifest.unknown["small areas"] == {"E01777777": 1}
    assert snapshot.manifest.unknown["rows without a small area"] == {"marlshire": 1}
    assert figures(tmp_path, ALL, "force", "marlshire", "2009-04") == [3]
    assert figures(tmp_path, ALL, "district", FELL, "2009-04") == [1]


def test_words_that_are_no_area_are_named_until_they_are_mapped(tmp_path):
    rows = [crime("01/04/2009", area="Beat 7"), crime("01/04/2009", area="Cells")]

    refused(tmp_path, rows, "areas that stand for none that is known: “Beat 7”")

    brought_in(
        tmp_path, tmp_path / "crimes.csv", of_force(areas={"Beat 7": "E01000002", "Cells": ""})
    )
    assert figures(tmp_path, ALL, "force", "marlshire", "2009-04") == [2]
    assert figures(tmp_path, ALL, "ward", "E05000002", "2009-04") == [1]


@pytest.mark.parametrize("words", ["Quay", "E05000002"])
def test_a_file_of_wards_answers_for_wards_and_above_and_for_nothing_below(tmp_path, words):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009", area=words)] * 3)
    brought_in(tmp_path, path, of_force(level="ward"))

    assert figures(tmp_path, ALL, "ward", "E05000002", "2009-04") == [3]
    assert figures(tmp_path, ALL, "ward", "E05000001", "2009-04") == [0]
    assert figures(tmp_path, ALL, "district", FELL, "2009-04") == [3]
    assert figures(tmp_path, ALL, "partnership", "E22000101", "2009-04") == [3]
    with pytest.raises(Refused, match="says wards and nothing smaller"):
        figures(tmp_path, ALL, "small_area", "E01000002", "2009-04")


def test_beats_answer_for_what_the_mapping_puts_them_in(tmp_path):
    rows = [crime("01/04/2009", area="F1"), crime("01/04/2009", area="M1")]
    path = written(tmp_path / "crimes.csv", CRIMES, rows)
    brought_in(tmp_path, path, of_force(level="district", areas={"F1": FELL, "M1": MARL}))

    assert figures(tmp_path, ALL, "district", MARL, "2009-04") == [1]
    with pytest.raises(Refused, match="says districts and nothing smaller"):
        figures(tmp_path, ALL, "ward", "E05000001", "2009-04")


def test_a_file_without_areas_can_be_counted_as_a_whole_alone(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES[:3], [crime("01/04/2009")[:3]])
    columns = {"date": "Date Recorded", "code": "HO Code"}
    brought_in(tmp_path, path, of_force(columns=columns, level=""))

    assert figures(tmp_path, ALL, "force", "marlshire", "2009-04") == [1]
    with pytest.raises(Refused, match="does not say where its rows lie"):
        figures(tmp_path, ALL, "district", FELL, "2009-04")


def test_a_file_cut_to_a_district_says_nothing_of_the_force(tmp_path):
    rows = [
        crime("01/04/2009"),
        crime("01/04/2009", area=""),
        crime("01/04/2009", area="E01000020"),
    ]
    path = written(tmp_path / "crimes.csv", CRIMES, rows)
    snapshot = brought_in(tmp_path, path, of_force(within=FELL))

    assert snapshot.manifest.rejects == {"it lies outside the area that the file is of": 1}
    assert figures(tmp_path, ALL, "district", FELL, "2009-04") == [2]
    assert figures(tmp_path, ALL, "partnership", "E22000101", "2009-04") == [2]
    for level, code in (("force", "marlshire"), ("police_area", "E23000101")):
        with pytest.raises(Refused, match=f"made of {FELL} and E22000101 alone"):
            figures(tmp_path, ALL, level, code, "2009-04")
    with pytest.raises(Refused, match=MARL):
        figures(tmp_path, ALL, "district", MARL, "2009-04")


@pytest.mark.parametrize(
    ("words", "date_format", "zone"),
    [
        ("2009-03-31T23:00:00Z", "%Y-%m-%dT%H:%M:%S%z", "Europe/London"),
        ("2009-03-31T23:00:00Z", "%Y-%m-%dT%H:%M:%SZ", "Europe/London"),
        ("31/03/2009 23:00", "%d/%m/%Y %H:%M", "UTC"),
        ("Apr-09", "%b-%y", "Europe/London"),
        ("01/04/2009 00:00", "%d/%m/%Y %H:%M", "Europe/London"),
    ],
)
def test_a_midnight_in_britain_is_of_its_own_month(tmp_path, words, date_format, zone):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime(words)])

    snapshot = brought_in(tmp_path, path, of_force(date_format=date_format, zone=zone))

    [row] = rows_in(snapshot, "recorded")
    assert (row["month"], row["moment"]) == (APRIL, datetime.datetime(2009, 4, 1))


def test_midnights_written_in_utc_without_saying_so_are_refused(tmp_path):
    rows = [crime(f"{day}/04/2009 23:00") for day in range(10, 20)]

    refused(tmp_path, rows, "Say zone UTC", date_format="%d/%m/%Y %H:%M")


def test_rows_that_cannot_be_read_are_listed_with_their_reason_and_no_value(tmp_path):
    rows = [
        *([crime("01/04/2009")] * 6),
        crime("yesterday"),
        crime("01/04/2999"),
        ("X/1", "01/04/2009"),
        (*crime("01/04/2009"), "more"),
    ]
    path = written(tmp_path / "crimes.csv", CRIMES, rows)

    snapshot = brought_in(tmp_path, path, of_force())

    assert rejected(snapshot) == [
        ("crimes.csv", 8, "its date cannot be read"),
        ("crimes.csv", 9, "its month has not begun"),
        ("crimes.csv", 10, "it has fewer values than there are columns"),
        ("crimes.csv", 11, "it has more values than there are columns"),
    ]


def test_a_file_of_which_most_rows_cannot_be_read_is_refused(tmp_path):
    refused(tmp_path, [crime("April")] * 3, r"3 of its 3 rows .*line 2: its date cannot be read")


def test_a_file_cut_short_is_refused(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009")] * 3)
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(Refused, match="cut short in line 4"):
        brought_in(tmp_path, path, of_force())


def test_a_missing_month_is_refused_and_named_unless_it_is_known(tmp_path):
    rows = [crime("01/02/2009"), crime("01/04/2009")]

    refused(tmp_path, rows, "Months are missing: 2009-03")

    snapshot = brought_in(tmp_path, tmp_path / "crimes.csv", of_force())
    assert snapshot.manifest.absent == [["recorded", "marlshire", "2009-03"]]
    assert figures(tmp_path, ALL, "district", FELL, "2009-02", "2009-04") == [1, None, 1]


def test_months_that_the_file_is_said_to_cover_are_missed_too(tmp_path):
    refused(tmp_path, [crime("01/04/2009")], "missing: 2009-03", months=["2009-03", "2009-04"])


def test_a_month_in_two_files_is_refused_and_the_same_file_twice_is_read_once(tmp_path):
    one = written(tmp_path / "a.csv", CRIMES, [crime("01/04/2009")])
    other = written(tmp_path / "b.csv", CRIMES, [crime("02/04/2009")])
    same = written(tmp_path / "c.csv", CRIMES, [crime("01/04/2009")])
    where, mapping = geography(tmp_path), mapping_of(of_force())

    with pytest.raises(Refused, match=r"2009-04 stands in a\.csv and in b\.csv"):
        plan_extract([one, other], mapping, where)
    assert plan_extract([one, same], mapping, where).twice == ("c.csv",)


def test_rows_of_another_force_are_left_out_and_counted(tmp_path):
    columns = (*CRIMES, "Force")
    rows = [(*crime("01/04/2009"), name) for name in ("Marlshire Police", "Awayshire Police")]
    path = written(tmp_path / "crimes.csv", columns, rows)
    mapped = {**of_force()["columns"], "force": "Force"}

    snapshot = brought_in(tmp_path, path, of_force(columns=mapped))

    assert snapshot.manifest.rejects == {"it is of another force than the mapping's": 1}


def test_a_force_is_never_added_to_what_others_publish_of_it():
    for other in ("crime", "home_office", "incident", "attendance"):
        with pytest.raises(Refused, match="never counted together"):
            Measure("x", "Mixed", (Member("recorded"), Member(other)))


def test_a_later_extract_supersedes_and_the_first_lies_as_it_was(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009")])
    first = brought_in(tmp_path, path, of_force())
    written(path, CRIMES, [crime("01/04/2009")] * 3)
    brought_in(tmp_path, path, of_force())

    assert figures(tmp_path, ALL, "district", FELL, "2009-04") == [3]
    assert Lake(tmp_path / "lake").altered(first.number) == []
    with Asking(tmp_path / "lake" / "counts", as_at=1) as asking:
        answer = monthly(asking, [ALL], [area("district", FELL)], Period(APRIL, APRIL))
    assert answer.cells[0].count == 1


def test_when_rows_expire_their_counts_stay(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009")])
    snapshot = brought_in(tmp_path, path, of_force())

    Lake(tmp_path / "lake").expire(snapshot.number)

    assert not list((tmp_path / "lake" / "rows").iterdir())
    assert figures(tmp_path, ALL, "district", FELL, "2009-04") == [1]


def test_an_import_that_is_stopped_leaves_nothing(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009")])
    plan = plan_extract([path], mapping_of(of_force()), geography(tmp_path))

    with pytest.raises(Stopped):
        bring_in_extract(Lake(tmp_path / "lake"), plan, cancelled=lambda: True)
    assert [one.name for one in (tmp_path / "lake").rglob("*") if one.is_file()] == ["lake.lock"]


def test_a_file_that_changed_since_it_was_looked_at_is_not_used(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009")])
    plan = plan_extract([path], mapping_of(of_force()), geography(tmp_path))
    written(path, CRIMES, [crime("01/04/2009")] * 2)

    with pytest.raises(Refused, match="changed while it was read"):
        bring_in_extract(Lake(tmp_path / "lake"), plan)
    assert Lake(tmp_path / "lake").snapshots() == ()


def test_how_good_an_extract_is_can_be_asked_as_of_others(tmp_path):
    rows = [crime("01/04/2009"), crime("01/04/2009", area=""), crime("x")]
    brought_in(tmp_path, written(tmp_path / "c.csv", CRIMES, rows), of_force())

    with Asking(tmp_path / "lake" / "counts") as asking:
        found = quality(asking, Period(APRIL, month_of("2009-05")), feed="recorded")
    assert (found.months[0].without_small_area, found.rejects) == (
        1,
        {"its date cannot be read": 1},
    )
    assert found.absent == (("marlshire", month_of("2009-05")),)


def test_where_crimes_gather_is_asked_of_small_areas_and_refused_of_wards(tmp_path):
    period, fell = Period(APRIL, APRIL), area("district", FELL)
    rows = [crime("01/04/2009")] * 3 + [crime("01/04/2009", area="E01000002")]
    path = written(tmp_path / "c.csv", CRIMES, rows)
    brought_in(tmp_path, path, of_force())
    with Asking(tmp_path / "lake" / "counts") as asking:
        assert concentration(asking, ALL, fell, period).top == (("E01000001", 3),)
        with pytest.raises(Refused, match=r"by data\.police\.uk alone"):
            concentration(asking, ALL, fell, period, by_point=True)

    written(path, CRIMES, [crime("01/04/2009", area="E05000001")])
    brought_in(tmp_path, path, of_force(level="ward"))
    with (
        Asking(tmp_path / "lake" / "counts") as asking,
        pytest.raises(Refused, match="says wards and nothing smaller"),
    ):
        concentration(asking, ALL, fell, period)


# The tests below import in a process of its own, which is then starved or ended.


def starved(folder, most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        brought_in(folder, folder / "more.csv", of_force())
    except Refused as error:
        os._exit(3 if "no room left" in str(error) else 4)
    os._exit(0)


def in_its_own_process(folder, most):
    child = multiprocessing.get_context("spawn").Process(target=starved, args=(folder, most))
    child.start()
    return child


@pytest.fixture
def lake(tmp_path):
    """A lake with one snapshot, and a file that is to come."""
    brought_in(tmp_path, written(tmp_path / "c.csv", CRIMES, [crime("01/04/2009")]), of_force())
    rows = [crime(f"{day:02}/05/2009") for day in range(1, 31) for _ in range(400)]
    written(tmp_path / "more.csv", CRIMES, rows)
    return Lake(tmp_path / "lake")


def stands(lake):
    assert lake.altered(1) == []
    assert figures(lake.root.parent, ALL, "district", FELL, "2009-04") == [1]
    return [one.number for one in lake.snapshots()]


@pytest.mark.slow
@pytest.mark.parametrize("most", [1000, 100_000])
def test_a_full_disk_leaves_older_snapshots_as_they_were(lake, most):
    child = in_its_own_process(lake.root.parent, most)
    child.join(60)

    assert child.exitcode == 3
    assert stands(lake) == [1]
    assert [one.name for one in lake.working.iterdir()] == ["lake.lock"]


@pytest.mark.slow
def test_an_import_killed_at_any_instant_leaves_no_half_snapshot(lake):
    chance = random.Random(2009)
    for _ in range(8):
        child = in_its_own_process(lake.root.parent, 2**40)
        child.join(chance.uniform(0.3, 2.5))
        if child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        assert all(lake.altered(number) == [] for number in stands(lake))
    brought_in(lake.root.parent, lake.root.parent / "more.csv", of_force())

    assert [one.name for one in lake.working.iterdir()] == ["lake.lock"]
    assert figures(lake.root.parent, ALL, "district", FELL, "2009-05") == [12_000]


# What is counted


def test_incidents_are_counted_by_category_and_their_own_codes_are_translated(tmp_path):
    rows = [("1", "01/04/2009", code, "E01000001") for code in ("Noise", "RB7", "RB7", "RTC")]
    path = written(tmp_path / "i.csv", INCIDENTS, rows)
    brought_in(tmp_path, path, of_incidents(codes={"RB7": "rowdy-behaviour", "RTC": "-"}))

    with Asking(tmp_path / "lake" / "counts") as asking:
        answer = monthly(
            asking, DISORDER_CODES.measures, [area("district", FELL)], Period(APRIL, APRIL)
        )
    found = {one.measure: one.count for one in answer.cells if one.count}
    assert found == {"disorder": 3, "disorder-noise": 1, "disorder-rowdy-behaviour": 2}


def test_serious_violence_is_what_its_codes_were_at_the_time(tmp_path):
    months = {"01/04/2007": ["5", "5A", "8A"], "01/04/2008": ["5A", "5", "4.10", "8F"]}
    rows = [crime(day, code) for day, codes in months.items() for code in codes]
    path = written(tmp_path / "crimes.csv", CRIMES, rows)
    brought_in(tmp_path, path, of_force())

    with Asking(tmp_path / "lake" / "counts") as asking:
        month = Period(month_of("2008-04"), month_of("2008-04"))
        answer = compared(
            asking, MOST_SERIOUS_VIOLENCE.measures[:1], [area("district", FELL)], month
        )
    [cell] = answer.cells
    assert (cell.before, cell.count) == (1, 2)
    [broken] = MOST_SERIOUS_VIOLENCE.breaks_between(cell.before_period, cell.period)
    assert "grievous bodily harm" in broken.why


def test_a_workbook_is_read_as_a_csv_is(tmp_path):
    days = (datetime.date(2009, 4, 1) - datetime.date(1899, 12, 30)).days
    path = xlsx(
        tmp_path / "c.xlsx", [CRIMES, ["X", (days,), "5A", "E01000001"], ["X", (days,), 48, ""]]
    )

    snapshot = brought_in(tmp_path, path, of_force(date_format=""))

    assert sorted(one["code"] for one in rows_in(snapshot, "recorded")) == ["48", "5A"]
    assert {one["month"] for one in rows_in(snapshot, "recorded")} == {APRIL}


def test_a_code_that_a_spreadsheet_made_a_date_of_is_not_taken(tmp_path):
    rows = [["X", "01/04/2009", "5A", ""]] * 3 + [["X", "01/04/2009", (39_904,), ""]]

    snapshot = brought_in(tmp_path, xlsx(tmp_path / "c.xlsx", [CRIMES, *rows]), of_force())

    assert snapshot.manifest.rejects == {"a spreadsheet made a date of its code": 1}


def test_a_mapping_is_kept_with_what_was_made_by_it_and_reads_back(tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("01/04/2009")])
    snapshot = brought_in(tmp_path, path, of_force())
    kept = tmp_path / "mapping.json"
    kept.write_text(json.dumps(snapshot.manifest.mapping), "utf-8")

    assert read_mapping(kept) == mapping_of(of_force())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"feed": "fire"}, "no kind of file"),
        ({"recorded_by": "Marlshire Police"}, "as one word"),
        ({"level": "beat"}, "no level of areas"),
        ({"level": ""}, "say both or neither"),
        ({"zone": "Mars"}, "Europe/London or of UTC"),
        ({"columns": {**of_force()["columns"], "weapon": "W"}}, "has no weapon"),
        ({"dropped": ["LSOA"]}, "uses a column twice"),
        ({"header": 0}, "counted from 1"),
        ({"header": "one"}, "another kind"),
        ({"header": True}, "another kind"),
        ({"date_format": 5}, "another kind"),
        ({"sheets": [1]}, "another kind"),
        ({"dropped": 5}, "another kind"),
        ({"codes": ["a"]}, "pair words with words"),
        ({"codes": {"a": 1}}, "pair words with words"),
        ({"months": ["2009-05", "2009-04"]}, "ends .* before it begins"),
        ({"months": ["2009-05"]}, "are two"),
        ({"colour": "red"}, "has no colour"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_a_sentence(change, says):
    with pytest.raises(Refused, match=says):
        mapping_of(of_force(**change))


def test_the_counts_of_a_random_extract_are_those_of_counting_again(tmp_path):
    chance = random.Random(9)
    codes, areas = ["28A", "5A", "48", "92E"], ["E01000001", "E01000002", "E01000020", ""]
    rows = [
        crime(
            f"{chance.randint(1, 28):02}/{month:02}/2009",
            chance.choice(codes),
            chance.choice(areas),
        )
        for month in (4, 5)
        for _ in range(200)
    ]
    path = written(tmp_path / "crimes.csv", CRIMES, rows)
    brought_in(tmp_path, path, of_force())

    with open(path, encoding="utf-8", newline="") as file:
        again = [
            row["Date Recorded"][3:5]
            for row in csv.DictReader(file)
            if row["LSOA"] in ("E01000001", "E01000002")
        ]
    assert figures(tmp_path, ALL, "district", FELL, "2009-04", "2009-05") == [
        again.count("04"),
        again.count("05"),
    ]
