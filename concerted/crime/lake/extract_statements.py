"""The SQL by which a snapshot of mapped files is written, in DuckDB's own dialect.

What was laid down is read as it was judged: areas stand beside each row already.
"""

COLUMNS = {
    "force": "VARCHAR",
    "month": "DATE",
    "code": "VARCHAR",
    "small_area": "VARCHAR",
    "vintage": "SMALLINT",
    "stable_area": "VARCHAR",
    "ward": "VARCHAR",
    "district": "VARCHAR",
    "partnership": "VARCHAR",
    "police_area": "VARCHAR",
    "n": "INTEGER",
    "moment": "TIMESTAMP",
    "timed": "BOOLEAN",
    "location": "VARCHAR",
    "weapon": "VARCHAR",
    "alcohol": "BOOLEAN",
    "age_band": "VARCHAR",
    "sex": "VARCHAR",
}
_READ = """
read_csv(
    $laid, columns = $columns, header = true, auto_detect = false, delim = ',', quote = '"',
    escape = '"', strict_mode = true
)
"""
_PLACE = "small_area, vintage, stable_area, ward, district, partnership, police_area"
ROWS = """
COPY (
    SELECT CAST($snapshot AS INTEGER) AS snapshot, KEPT FROM READ ORDER BY district, month, moment
) TO $path (FORMAT parquet, COMPRESSION zstd)
""".replace("READ", _READ)
_OF_POLICE = "force, month, code, small_area, district, moment, timed"
ROWS_OF = {
    "recorded": ROWS.replace("KEPT", _OF_POLICE),
    "incidents": ROWS.replace("KEPT", _OF_POLICE),
    "hospital": ROWS.replace("KEPT", f"{_OF_POLICE}, location, weapon, alcohol, age_band, sex"),
}
COUNTS = f"""
COPY (
    SELECT
        CAST($snapshot AS INTEGER) AS snapshot, force, month, CAST($kind AS VARCHAR) AS kind, code,
        {_PLACE}, CAST(sum(n) AS INTEGER) AS n
    FROM {_READ}
    GROUP BY force, month, code, {_PLACE}
    ORDER BY district, month, code, small_area
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""  # noqa: S608 - the names of columns are our own
# Where a row says no hour, its weekday is known and its hour is not.
HOURS = f"""
COPY (
    SELECT
        CAST($snapshot AS INTEGER) AS snapshot, force, month, CAST($kind AS VARCHAR) AS kind, code,
        CAST(isodow(moment) AS SMALLINT) AS weekday,
        CAST(CASE WHEN timed THEN hour(moment) END AS SMALLINT) AS hour,
        CAST(count(*) AS INTEGER) AS n
    FROM {_READ} GROUP BY ALL ORDER BY month, code, weekday, hour
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""  # noqa: S608 - as above
COMPLETENESS = f"""
COPY (
    SELECT
        CAST($snapshot AS INTEGER) AS snapshot, force, month,
        CAST(count(*) AS INTEGER) AS attendances,
        CAST(count(location) AS INTEGER) AS located,
        CAST(count(weapon) AS INTEGER) AS with_weapon
    FROM {_READ} GROUP BY force, month ORDER BY force, month
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""  # noqa: S608 - as above
_PLACES = """
COPY (
    SELECT CAST($snapshot AS INTEGER) AS snapshot, * FROM geography WHERE WHERE_IT_LIES
    ORDER BY district, small_area
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""
_IN_COUNTS = """
LEVEL IN (SELECT DISTINCT LEVEL FROM read_parquet($counts))
AND (police_area IS NULL OR police_area IN (SELECT police_area FROM home))
"""


def places(level: str, within: str | None) -> str:
    """Every small area of what the files say something of, those without a row included.

    `level` and `within` are levels of areas, of a list of our own; `within` that of the one area
    which the files are cut to, if they are.
    """
    lies = f"{within} = $within" if within else _IN_COUNTS.replace("LEVEL", level)
    return _PLACES.replace("WHERE_IT_LIES", lies)
