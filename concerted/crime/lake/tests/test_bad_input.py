"""What is refused before anything is written, each with its sentence."""

import os
import zipfile

import pytest

from concerted.crime.lake import archives
from concerted.crime.lake.feeds import STREET
from concerted.crime.lake.planning import plan
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.invented import (
    archive,
    archive_of,
    as_csv,
    brought,
    called,
    street,
    streets,
)

JANUARY = {"2023-01": [street("2023-01")]}


def refused(paths, match, **how):
    with pytest.raises(Refused, match=match):
        plan(paths, **how)


def test_a_truncated_archive_is_refused(tmp_path):
    path = archive_of(tmp_path / "a.zip", JANUARY)
    path.write_bytes(path.read_bytes()[:-30])

    refused([path], "not received whole")


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"<html>Not found</html>")

    refused([path], "is no archive")


def test_bytes_damaged_inside_are_found_while_unpacking_and_nothing_is_kept(tmp_path):
    noise = [street("2023-01", Crime_ID=os.urandom(32).hex()) for _ in range(3000)]
    path = archive_of(tmp_path / "upload.zip", {"2023-01": noise})
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)

    with pytest.raises(Refused, match="damaged"):
        brought_from(tmp_path, path)
    assert left_in(tmp_path) == []


def brought_from(folder, path):
    from concerted.crime.lake.importing import bring_in  # noqa: PLC0415
    from concerted.crime.lake.snapshots import Lake  # noqa: PLC0415
    from concerted.crime.lake.tests.invented import geography  # noqa: PLC0415

    return bring_in(Lake(folder / "lake"), plan([path]), geography(folder))


def left_in(folder):
    return [
        path.name
        for path in (folder / "lake").rglob("*")
        if path.is_file() and path.name != "lake.lock"
    ]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = b"Crime ID," + b"0" * 20_000_000
    refused([archive(tmp_path / "a.zip", {called("2023-01"): bomb})], "Nothing was unpacked")


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)

    refused([archive_of(tmp_path / "a.zip", {**JANUARY, "2023-02": []})], "holds 2 files")


def test_too_much_in_all_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL", 100)

    refused([archive_of(tmp_path / "a.zip", JANUARY)], "at once")


@pytest.mark.parametrize("name", ["../x.csv", "/etc/x.csv", "a\\..\\..\\x.csv", "C:/x.csv"])
def test_names_that_climb_out_of_the_folder_are_refused(tmp_path, name):
    files = {called("2023-01"): streets(JANUARY["2023-01"]), name: b""}

    refused([archive(tmp_path / "a.zip", files)], "outside its folder")


def test_a_link_inside_an_archive_is_refused(tmp_path):
    path = archive_of(tmp_path / "a.zip", JANUARY)
    link = zipfile.ZipInfo("2023-02/2023-02-marlshire-street.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(link, "/etc/passwd")

    refused([path], "outside its folder")


def test_a_locked_archive_is_refused(tmp_path):
    path = archive_of(tmp_path / "a.zip", JANUARY)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    refused([path], "locked with a password")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Crime type": "Offence type"}, "not known: Offence type and lacks columns: Crime type"),
        ({"Context": None}, "lacks columns: Context"),
    ],
)
def test_a_changed_header_is_refused_and_the_column_named(tmp_path, change, said):
    columns = [change.get(name, name) for name in STREET.columns]
    data = as_csv([name for name in columns if name], [])

    refused([archive(tmp_path / "a.zip", {called("2023-01"): data + b"x\n"})], said)


def test_columns_in_another_order_are_refused(tmp_path):
    data = as_csv(reversed(STREET.columns), [street("2023-01")])

    refused([archive(tmp_path / "a.zip", {called("2023-01"): data})], "another order")


def test_files_from_before_2013_are_refused_with_the_reason(tmp_path):
    old = b"Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\nx\n"

    refused([archive(tmp_path / "a.zip", {called("2012-05"): old})], "from before 2013")


def test_a_missing_month_is_refused_and_named_unless_it_is_known(tmp_path):
    months = {month: [street(month)] for month in ("2023-01", "2023-02", "2023-04")}
    path = archive_of(tmp_path / "a.zip", months)

    refused([path], "missing: 2023-03 of marlshire")
    assert len(plan([path], gaps_are_known=True).absent) == 1


def test_a_month_without_a_row_is_a_missing_month(tmp_path):
    months = {month: [street(month)] for month in ("2023-01", "2023-03")}
    refused([archive_of(tmp_path / "a.zip", {**months, "2023-02": []})], "missing: 2023-02")


def test_a_month_in_two_files_with_other_content_is_refused(tmp_path):
    one = archive_of(tmp_path / "a.zip", JANUARY)
    other = archive_of(tmp_path / "b.zip", {"2023-01": [street("2023-01", "Robbery")]})

    refused([one, other], "2023-01 of marlshire .* different content: a.zip and b.zip")


def test_two_files_of_one_name_inside_an_archive_are_both_looked_at(tmp_path):
    path = archive_of(tmp_path / "a.zip", JANUARY)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(called("2023-01"), streets([street("2023-01", "Robbery")]))

    refused([path], "different content")


def test_a_month_in_two_files_with_the_same_content_is_taken_once(tmp_path):
    paths = [archive_of(tmp_path / name, JANUARY) for name in ("a.zip", "b.zip")]
    planned = plan(paths)

    assert (len(planned.members), planned.twice) == (1, ("2023-01-marlshire-street.csv",))


def test_several_forces_are_refused_with_their_list_until_some_are_named(tmp_path):
    forces = [f"force-{letter}" for letter in "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"]
    files = {
        called("2023-01", force=f"{force}{'x' * number}"): streets(JANUARY["2023-01"])
        for number, force in enumerate(forces)
    }
    path = archive(tmp_path / "a.zip", files)

    refused([path], "hold 40 forces: force-a, ")
    assert plan([path], forces=["force-a"]).forces == ("force-a",)


def test_a_force_that_is_not_there_is_refused(tmp_path):
    refused([archive_of(tmp_path / "a.zip", JANUARY)], "nothing of fell", forces=["fell"])


def test_a_month_that_has_not_begun_is_refused(tmp_path):
    refused([archive_of(tmp_path / "a.zip", {"2999-01": [street("2999-01")]})], "not begun")


def test_a_month_that_is_none_is_refused(tmp_path):
    refused([archive_of(tmp_path / "a.zip", {"2023-13": [street("2023-13")]})], "no month 2023-13")


def test_a_csv_whose_name_does_not_say_what_it_is_is_refused(tmp_path):
    path = tmp_path / "crimes.csv"
    path.write_bytes(streets(JANUARY["2023-01"]))

    refused([path], "does not say its month")


def test_a_folder_of_files_is_read_as_an_archive_is(tmp_path):
    path = tmp_path / "2023-01-marlshire-street.csv"
    path.write_bytes(streets(JANUARY["2023-01"]))

    assert [one.name for one in plan([tmp_path]).members] == [path.name]


def test_an_archive_without_police_data_is_refused(tmp_path):
    refused([archive(tmp_path / "a.zip", {"readme.txt": b"Hello"})], "None of these files")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    refused([tmp_path / "a.zip"], "no file a.zip")


def test_a_file_of_which_most_rows_cannot_be_read_is_refused(tmp_path):
    rows = [street("2023-01", Longitude="east", Latitude="north")] * 3

    with pytest.raises(Refused, match=r"3 of its 3 rows cannot be read \(line 2: its longitude"):
        brought(tmp_path, {"2023-01": rows})
