"""DuckDB is met inside the lake alone, and may do nothing there but read and write its files."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from concerted.crime.lake.engine import connect

PACKAGE = Path(__file__).resolve().parents[3]


def test_no_package_but_the_lake_imports_duckdb():
    importing = {
        path.relative_to(PACKAGE).parts[:2]
        for path in PACKAGE.rglob("*.py")
        if re.search(r"^\s*(import|from) duckdb", path.read_text("utf-8"), re.MULTILINE)
    }

    assert importing == {("crime", "lake")}


def test_pages_that_show_no_crime_load_no_duckdb():
    loaded = "import sys, concerted.crime; sys.exit('duckdb' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


@pytest.mark.parametrize(
    "sql",
    [
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '/tmp/it.csv'",
        "ATTACH '/tmp/it.db'",
        "SET memory_limit = '1GB'",
    ],
)
def test_nothing_outside_can_be_reached(tmp_path, sql):
    with connect(tmp_path, memory=64) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql)


def test_a_folder_with_a_quotation_mark_in_its_name_is_only_a_folder(tmp_path):
    folder = tmp_path / "the chair's"
    folder.mkdir()
    with connect(folder, memory=64) as connection:
        connection.execute("COPY (SELECT 1 AS n) TO $path", {"path": str(folder / "it.csv")})

    assert (folder / "it.csv").exists()
