"""The file beside the database: what a crash, a copy and a change leave of it."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.erasure import ledger
from concerted.erasure.ledger import Broken

AT = "2026-06-16T09:00:00+00:00"
NUMBERS = st.dictionaries(st.sampled_from(["people", "requests"]), st.lists(st.integers(1)))


def written(path, *numbers):
    return [ledger.append(path, at=AT, what={"people": [number]}) for number in numbers]


def test_what_was_written_is_read_in_order(tmp_path):
    path = tmp_path / "home" / "ledger"

    there = written(path, 7, 8, 9)

    assert ledger.read(path) == there
    assert [one.number for one in there] == [1, 2, 3]
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_a_ledger_that_is_not_there_is_empty(tmp_path):
    assert ledger.read(tmp_path / "none") == []


@pytest.mark.slow
@given(whats=st.lists(NUMBERS, max_size=4), cut=st.integers(0))
def test_half_a_line_is_written_over_and_all_before_it_stays(tmp_path_factory, whats, cut):
    path = tmp_path_factory.mktemp("torn") / "ledger"
    there = [ledger.append(path, at=AT, what=what) for what in whats]
    whole = path.read_bytes() if there else b""
    torn = (json.dumps({"number": len(there) + 1}) * 3).encode()
    path.write_bytes(whole + torn[: cut % len(torn)])

    assert ledger.read(path) == there
    one = ledger.append(path, at=AT, what={"people": [1]})

    assert ledger.read(path) == [*there, one]
    assert path.read_bytes().startswith(whole)


@pytest.mark.parametrize("place", [0, 1])
def test_a_changed_line_is_named(tmp_path, place):
    path = tmp_path / "ledger"
    written(path, 7, 8)
    lines = path.read_text().splitlines(keepends=True)
    lines[place] = lines[place].replace(AT, "2026-06-17T09:00:00+00:00")
    path.write_text("".join(lines))

    with pytest.raises(Broken, match=f"Line {place + 1} of the ledger"):
        ledger.read(path)
    with pytest.raises(Broken):
        written(path, 9)


@pytest.mark.parametrize("line", ["[]", "7", "{}", "not JSON", '{"digest": "x"}', ""])
def test_what_is_no_line_of_the_ledger_is_not_believed(tmp_path, line):
    path = tmp_path / "ledger"
    path.write_text(f"{line}\n")

    with pytest.raises(Broken, match="Put the copy"):
        ledger.read(path)


def test_a_line_taken_out_is_noticed(tmp_path):
    path = tmp_path / "ledger"
    written(path, 7, 8, 9)
    first, _, third = path.read_text().splitlines(keepends=True)
    path.write_text(first + third)

    with pytest.raises(Broken, match="Line 2"):
        ledger.read(path)
