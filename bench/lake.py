"""The lake: questions beside bare DuckDB and pandas, imports by rows a second, memory of both.

Rows are those of a real archive of data.police.uk, where `LAKE_ARCHIVE` names one, else invented;
repeated over fifteen years up to `LAKE_ROWS` millions (1, 5 and 20 unless told otherwise).
"""

import datetime
import importlib
import importlib.util
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from bench.clocks import in_turn
from bench.table import Row, milliseconds, same, times
from concerted.crime.lake import importing, planning
from concerted.crime.lake.areas import Geography, Place
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import CRIME_TYPES, STREET
from concerted.crime.lake.measures import Measure, Member, area
from concerted.crime.lake.months import Period, later, month_of, words_of
from concerted.crime.lake.questions import compared, types_compared
from concerted.crime.lake.snapshots import Lake

FIRST, LAST = month_of("2011-01"), month_of("2025-11")
HALF_YEAR = Period(month_of("2025-06"), LAST)
FORCE, DISTRICTS, WARDS = "cleveland", 4, 27
ROUNDS = 15
BARE, PANDAS, PANDAS_CSV = 1.2, 20, 100
QUESTION_MB, IMPORT_MB, RATE, REPORT_SECONDS = 150, 500, 300_000, 2
_ID = re.compile(rb"^([0-9a-f]{56})[0-9a-f]{8}", re.MULTILINE)

COMPARED_ON_ROWS = """
SELECT code, CASE WHEN month <= $then_last THEN month + INTERVAL '1' YEAR ELSE month END AS month,
    count(CASE WHEN month >= $now_first THEN 1 END) AS n,
    count(CASE WHEN month <= $then_last THEN 1 END) AS before
FROM read_parquet($paths)
WHERE district = $district AND (month BETWEEN $now_first AND $now_last
    OR month BETWEEN $then_first AND $then_last)
GROUP BY 1, 2 ORDER BY 1, 2
"""
COMPARED_ON_COUNTS = COMPARED_ON_ROWS.replace("count(CASE", "sum(CASE").replace("THEN 1", "THEN n")


def measure() -> Iterator[Row]:
    rates = []
    for millions in _sizes():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows = _make(folder / "archive.zip", millions)
            told = _child("bring", folder)
            yield _brought(rows, told)
            rates.append(told["seconds"] / rows)
            yield from _questions(folder, rows)
    if len(rates) > 1:
        yield Row(
            what="Import, seconds a row as the archive grows",
            ratio=f"{times(rates[-1] / rates[0])} from the smallest to the largest",
            ours=" → ".join(f"{one * 1e6:.1f} µs" for one in rates),
        )


def _sizes() -> list[float]:
    said = os.environ.get("LAKE_ROWS", "1,5,20")  # noqa: TID251 - an option of this run alone
    return [float(one) for one in said.split(",")]


# The data


def _make(path: Path, millions: float) -> int:
    """An archive of so many rows, and how many they are."""
    blocks = _blocks()
    wanted, written, block = int(millions * 1e6), 0, 0
    months = Period(FIRST, LAST).months
    header = ",".join(STREET.columns).encode() + b"\n"
    # Fewer than a month's rows at a time would be no archive: small sizes have fewer years.
    per_month = sum(count for _, _, count in blocks) / len(blocks)
    months = months[-min(len(months), max(24, int(wanted / per_month))) :]
    repeats = max(1, round(wanted / per_month / len(months)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for month in months:
            said, text, count = blocks[block % len(blocks)]
            block += 1
            name = f"{words_of(month)}/{words_of(month)}-{FORCE}-street.csv"
            moved = text.replace(f",{said},".encode(), f",{words_of(month)},".encode())
            with archive.open(name, "w") as member:
                member.write(header)
                for number in range(repeats):
                    mark = f"{block:04x}{number:04x}".encode()
                    member.write(_ID.sub(rb"\g<1>" + mark, moved))
            written += count * repeats
    return written


def _blocks() -> list[tuple[str, bytes, int]]:
    """The street files of the archive without their headers: month, rows, how many."""
    path = os.environ.get("LAKE_ARCHIVE")  # noqa: TID251 - an option of this run alone
    if not path:
        return [_invented(number) for number in range(12)]
    with zipfile.ZipFile(path) as archive:
        found = [
            (name.rpartition("/")[2][:7], archive.read(name).partition(b"\n")[2])
            for name in sorted(archive.namelist())
            if name.endswith(f"-{FORCE}-street.csv")
        ]
    return [(month, text, text.count(b"\n")) for month, text in found]


def _invented(number: int, rows: int = 7700) -> tuple[str, bytes, int]:
    chance, month = random.Random(number), words_of(later(FIRST, number))
    types = ["Anti-social behaviour", *sorted(CRIME_TYPES)]
    lines = io.StringIO()
    for _ in range(rows):
        at = chance.randrange(len(PLACES))
        point = f"{-1.2 - at / 1e5:.6f},{54.5 + at / 1e5:.6f}"
        type = chance.choice(types)
        crime = "" if type.startswith("Anti") else f"{chance.getrandbits(256):064x}"
        outcome = "" if not crime else "Investigation complete; no suspect identified"
        lines.write(
            f"{crime},{month},Cleveland Police,Cleveland Police,{point},"
            f"On or near Street {chance.randrange(2900)},{PLACES[at].small_area},Place {at:03}A,"
            f"{type},{outcome},\n"
        )
    return month, lines.getvalue().encode(), rows


PLACES = [
    Place(
        *(f"E0109{at:04}", None, f"E0109{at:04}", f"E0509{at % (DISTRICTS * WARDS):04}"),
        *(f"E0600090{at % DISTRICTS}", f"E2200090{at % DISTRICTS}", "E23000013"),
    )
    for at in range(DISTRICTS * WARDS * 3)
]


def _geography() -> Geography:
    """The invented places; for a real archive its own small areas, shared out among districts."""
    if not os.environ.get("LAKE_ARCHIVE"):  # noqa: TID251 - an option of this run alone
        return Geography({place.small_area: place for place in PLACES})
    codes = sorted(
        {found.decode() for _, text, _ in _blocks() for found in re.findall(rb",(E01\d{6}),", text)}
    )
    return Geography(
        {
            code: PLACES[at % len(PLACES)]._replace(small_area=code, stable_area=code)
            for at, code in enumerate(codes)
        }
    )


# Imports and questions, each in a process of its own, which says what it took


def _child(what: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.lake", what, str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _bring(folder: Path) -> dict[str, float]:
    geography, began = _geography(), time.perf_counter()
    processor = time.process_time()
    planned = planning.plan([folder / "archive.zip"])
    snapshot = importing.bring_in(Lake(folder / "lake"), planned, geography)
    return {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "rows": sum(snapshot.manifest.months["street"][FORCE].values()),
    }


def _ask(folder: Path) -> dict[str, float]:
    with Asking(folder / "lake" / "counts") as asking:
        found = types_compared(asking, area("district", PLACES[0].district or ""), HALF_YEAR)
    return {"cells": len(found.cells)}


def _peak() -> float:
    """The most memory this process held, in MB: its own, whatever began it."""
    [line] = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(line) / 1024


def _brought(rows: int, told: dict[str, Any]) -> Row:
    same("Rows of the archive and of the snapshot", told["rows"], rows)
    rate = rows / told["seconds"]
    return Row(
        what=f"Import of {rows / 1e6:.1f} million rows",
        ratio=f"{rate:,.0f} rows a second; {told['peak']:.0f} MB",
        ours=f"{told['seconds']:.1f} s",
        beside=f"{told['processor']:.1f} s of processor: {told['processor'] / rows * 1e6:.1f} µs "
        "a row",
        target=f"at least {RATE:,} a second, under {IMPORT_MB} MB",
        met=rate >= RATE and told["peak"] < IMPORT_MB,
        note="Import: from the archive to the published snapshot, hashes and fsync included, on "
        f"two threads of {os.cpu_count()} cores; memory is the most that its process held.",
    )


def _questions(folder: Path, rows: int) -> Iterator[Row]:
    lake, district = Lake(folder / "lake"), PLACES[0].district or ""
    where = area("district", district)
    size = f"{rows / 1e6:.1f} million rows"
    with Asking(lake.counts) as asking, duckdb.connect(config={"threads": 2}) as bare:
        on_rows = _bare(bare, COMPARED_ON_ROWS, lake.rows, "[0-9]*.parquet", district)
        on_counts = _bare(bare, COMPARED_ON_COUNTS, lake.counts, "districts.parquet", district)

        def ours() -> list[tuple[object, ...]]:
            cells = types_compared(asking, where, HALF_YEAR).cells
            return sorted((one.code, one.month, one.count, one.before) for one in cells)

        same("Types compared, by the lake and by bare DuckDB", ours(), on_rows())
        same("Types compared, by counts and by rows", on_counts(), on_rows())
        taken, beside, least = _in_turn([ours, on_rows, on_counts])
        peak = _child("ask", folder)["peak"]
        yield Row(
            what=f"District, month by type against the year before, {size}",
            ratio=f"{times(taken / beside)} bare DuckDB on the rows; {times(taken / least)} on the "
            f"counts; {peak:.0f} MB",
            ours=milliseconds(taken),
            beside=f"{milliseconds(beside)}; {milliseconds(least)}",
            target=f"at most {BARE} times, under {QUESTION_MB} MB",
            met=taken <= BARE * beside and peak < QUESTION_MB,
            note=f"Questions: warm, by the clock on the wall, the middle of {ROUNDS} rounds in "
            "turn, answers compared first. "
            "Bare DuckDB asks the same without looking which snapshot answers, or what is absent.",
        )
        yield _report(asking, size)
        if importlib.util.find_spec("pandas"):
            yield from _beside_pandas(folder, ours, taken, district, size)


def _report(asking: Asking, size: str) -> Row:
    types = sorted(CRIME_TYPES)
    measures = [
        Measure(f"m{at}", f"Measure {at}", (Member("crime", types[at % len(types)]),))
        for at in range(30)
    ]
    mine = {place.ward for place in PLACES if place.district == PLACES[0].district}
    wards = [area("ward", ward) for ward in sorted(filter(None, mine))]
    [taken] = _in_turn([lambda: compared(asking, measures, wards, HALF_YEAR)], rounds=3)
    return Row(
        what=f"Thirty measures of {len(wards)} wards, {size}",
        ratio=f"{taken / len(wards) / 30 * 1e6:,.0f} µs a figure",
        ours=milliseconds(taken),
        target=f"under {REPORT_SECONDS} s",
        met=taken < REPORT_SECONDS,
    )


def _bare(
    bare: duckdb.DuckDBPyConnection, sql: str, folder: Path, names: str, district: str
) -> Callable[[], list[tuple[object, ...]]]:
    given = {
        "paths": [str(path) for path in sorted(folder.glob(f"*/street/{names}"))],
        "district": district,
        "now_first": HALF_YEAR.first,
        "now_last": HALF_YEAR.last,
        "then_first": HALF_YEAR.before().first,
        "then_last": HALF_YEAR.before().last,
    }

    def ask() -> list[tuple[object, ...]]:
        found = bare.execute(sql, given).fetchall()
        return sorted(
            (code, datetime.date(month.year, month.month, 1), int(now), int(then))
            for code, month, now, then in found
        )

    return ask


def _beside_pandas(
    folder: Path,
    ours: Callable[[], list[tuple[object, ...]]],
    taken: float,
    district: str,
    size: str,
) -> Iterator[Row]:
    pandas = importlib.import_module("pandas")
    codes = {one.small_area for one in _geography().places.values() if one.district == district}
    began = time.perf_counter()
    with zipfile.ZipFile(folder / "archive.zip") as archive:
        frame = pandas.concat(
            [
                pandas.read_csv(
                    archive.open(name), usecols=["Month", "LSOA code", "Crime type"], dtype=str
                )
                for name in archive.namelist()
            ],
            ignore_index=True,
        )
    read = time.perf_counter() - began
    now, then = ([words_of(one) for one in half.months] for half in (HALF_YEAR, HALF_YEAR.before()))

    def ask() -> list[tuple[object, ...]]:
        some = frame[frame["LSOA code"].isin(codes) & frame["Month"].isin(now + then)]
        counted = some.groupby(["Crime type", "Month"]).size()
        numbers = {key: int(number) for key, number in counted.items()}
        return sorted(
            (type, month_of(month), numbers.get((type, month), 0), numbers.get((type, before), 0))
            for type in some["Crime type"].unique()
            for before, month in zip(then, now, strict=True)
            if (type, month) in numbers or (type, before) in numbers
        )

    same("Types compared, by the lake and by pandas", ours(), ask())
    [inside] = _in_turn([ask], rounds=3)
    for what, beside, target in (
        ("with the data in its memory", inside, PANDAS),
        ("from CSV", read + inside, PANDAS_CSV),
    ):
        yield Row(
            what=f"The same beside pandas {what}, {size}",
            ratio=f"{beside / taken:,.0f} times faster",
            ours=milliseconds(taken),
            beside=milliseconds(beside),
            target=f"at least {target} times",
            met=beside >= target * taken,
        )


def _in_turn(ways: list[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    return in_turn(ways, rounds=rounds, clock=time.perf_counter)


if __name__ == "__main__":
    done = {"bring": _bring, "ask": _ask}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**done, "peak": _peak()}))
