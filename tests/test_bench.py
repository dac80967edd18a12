"""What `make bench` fills in by SQL keeps up with the tables: nobody runs it with every change."""

import re
from pathlib import Path

import pytest
from django.apps import apps

BENCH = Path(__file__).resolve().parent.parent / "bench"
FILLED = [
    (path.name, table, {column.strip() for column in columns.split(",")})
    for path in sorted(BENCH.glob("*.py"))
    for table, columns in re.findall(r"INSERT INTO (\w+) \(([^)]+)\)", path.read_text())
]


@pytest.mark.parametrize(
    ("table", "columns"),
    [(table, columns) for _, table, columns in FILLED],
    ids=[f"{name}-{table}" for name, table, _ in FILLED],
)
def test_every_column_that_must_be_filled_is_filled(table, columns):
    [model] = [one for one in apps.get_models() if one._meta.db_table == table]
    fields = model._meta.concrete_fields
    needed = {one.column for one in fields if not one.null and not one.primary_key}

    assert needed <= columns
    assert columns <= {one.column for one in fields}
