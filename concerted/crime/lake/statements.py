"""The SQL by which a snapshot is written, in DuckDB's own dialect.

Columns of few different values are enumerations while they are sorted, which halves time and
memory. A value that is not among them yet becomes `?`.
"""

UNMET = "?"
ENUMERATIONS = ("force_word", "code_word", "outcome_word", "small_area_word", "district_word")

TABLES = """
CREATE TABLE geography (
    small_area VARCHAR, vintage SMALLINT, stable_area VARCHAR, ward VARCHAR, district VARCHAR,
    partnership VARCHAR, police_area VARCHAR
);
CREATE TABLE names (level VARCHAR, code VARCHAR, name VARCHAR);
CREATE TABLE kinds (code VARCHAR, kind VARCHAR);
CREATE TABLE words (type VARCHAR, word VARCHAR);
CREATE TABLE laid_down (
    filename VARCHAR, force VARCHAR, month DATE, said VARCHAR, within VARCHAR, judged BOOLEAN
);
"""
GEOGRAPHY = """
INSERT INTO geography SELECT
    unnest($small_area), unnest($vintage), unnest($stable_area), unnest($ward), unnest($district),
    unnest($partnership), unnest($police_area)
"""
NAMES = "INSERT INTO names SELECT unnest($levels), unnest($codes), unnest($names)"
LAID_DOWN = "INSERT INTO laid_down VALUES (?, ?, ?, ?, ?, ?)"
LEARN = "INSERT INTO words SELECT $type, unnest($words) EXCEPT SELECT type, word FROM words"
# Small areas of a district come together: what the first file lacks, the next one has.
NEIGHBOURS = """
INSERT INTO words
SELECT 'small_area_word', small_area FROM geography WHERE district IN (
    SELECT geography.district FROM geography
    JOIN words ON words.type = 'small_area_word' AND words.word = geography.small_area
)
EXCEPT SELECT type, word FROM words
"""
FORGET = "DELETE FROM words WHERE type = 'code_word' AND word <> '?'"
KINDS = "INSERT INTO kinds SELECT unnest($codes), unnest($kinds)"
ENUMERATE = {
    "force_word": "CREATE TYPE force_word AS ENUM "
    "(SELECT word FROM words WHERE type = 'force_word' ORDER BY word)",
    "code_word": "CREATE TYPE code_word AS ENUM "
    "(SELECT word FROM words WHERE type = 'code_word' ORDER BY word)",
    "outcome_word": "CREATE TYPE outcome_word AS ENUM "
    "(SELECT word FROM words WHERE type = 'outcome_word' ORDER BY word)",
    "small_area_word": "CREATE TYPE small_area_word AS ENUM "
    "(SELECT word FROM words WHERE type = 'small_area_word' ORDER BY word)",
    "district_word": "CREATE TYPE district_word AS ENUM "
    "(SELECT word FROM words WHERE type = 'district_word' ORDER BY word)",
}

_READ = """
read_csv(
    $paths, columns = $columns, header = true, auto_detect = false, delim = ',', quote = '"',
    escape = '"', strict_mode = true, filename = true
)
"""
# A crime's ID is 64 hexadecimal digits: half the bytes as a number. What is none is kept as text.
_PLACED = """
COPY (
    SELECT
        CAST($snapshot AS INTEGER) AS snapshot,
        CAST(file.force AS force_word) AS force,
        CASE
            WHEN file.judged OR (line."Month" = file.said AND line."Falls within" = file.within)
            THEN file.month
        END AS month,
        CASE
            WHEN line."CODE" IS NOT NULL
            THEN coalesce(TRY_CAST(line."CODE" AS code_word), CAST('?' AS code_word))
        END AS code,
        CASE
            WHEN line."LSOA code" IS NOT NULL THEN coalesce(
                TRY_CAST(line."LSOA code" AS small_area_word), CAST('?' AS small_area_word)
            )
        END AS small_area,
        CAST(place.district AS district_word) AS district,
        OUTCOME AS outcome,
        CASE
            WHEN line."Crime ID" IS NOT NULL
            THEN coalesce(TRY(unhex(line."Crime ID")), encode(line."Crime ID"))
        END AS crime_id,
        CASE
            WHEN line."Longitude" IS NOT NULL OR line."Latitude" IS NOT NULL
            THEN coalesce(TRY_CAST(line."Longitude" AS DECIMAL(9, 6)), 999)
        END AS longitude,
        CASE
            WHEN line."Longitude" IS NOT NULL OR line."Latitude" IS NOT NULL
            THEN coalesce(TRY_CAST(line."Latitude" AS DECIMAL(9, 6)), 999)
        END AS latitude,
        line."Location" AS location
    FROM READ AS line
    JOIN laid_down AS file USING (filename)
    LEFT JOIN geography AS place ON place.small_area = line."LSOA code"
    ORDER BY district, month
) TO $path (FORMAT parquet, COMPRESSION zstd)
""".replace("READ", _READ)
_LAST_OUTCOME = """
CASE
    WHEN line."Last outcome category" IS NOT NULL THEN coalesce(
        TRY_CAST(line."Last outcome category" AS outcome_word), CAST('?' AS outcome_word)
    )
END
"""
_STOPS = """
COPY (
    SELECT
        CAST($snapshot AS INTEGER) AS snapshot,
        CAST(file.force AS force_word) AS force,
        file.month AS month,
        coalesce(
            TRY_CAST(coalesce(line."Object of search", 'Not stated') AS code_word),
            CAST('?' AS code_word)
        ) AS code,
        CAST(NULL AS VARCHAR) AS small_area,
        CAST(NULL AS VARCHAR) AS district,
        CASE
            WHEN line."Outcome" IS NOT NULL THEN coalesce(
                TRY_CAST(line."Outcome" AS outcome_word), CAST('?' AS outcome_word)
            )
        END AS outcome,
        CAST(line."Date" AS TIMESTAMP) AS moment,
        line."Type" AS type,
        line."Legislation" AS legislation,
        line."Outcome linked to object of search" AS linked,
        TRY_CAST(line."Longitude" AS DECIMAL(9, 6)) AS longitude,
        TRY_CAST(line."Latitude" AS DECIMAL(9, 6)) AS latitude
    FROM READ AS line
    JOIN laid_down AS file USING (filename)
    ORDER BY month
) TO $path (FORMAT parquet, COMPRESSION zstd)
""".replace("READ", _READ)
ROWS = {
    "street": _PLACED.replace("CODE", "Crime type").replace("OUTCOME", _LAST_OUTCOME),
    "outcomes": _PLACED.replace("CODE", "Outcome type").replace("OUTCOME", "CAST(NULL AS VARCHAR)"),
    "stops": _STOPS,
}

_DISTINCT = "SELECT DISTINCT COLUMNS_OF FROM READ".replace("READ", _READ)
# The columns of each feed that are enumerations, and the statement that finds their values.
WORDS = {
    "street": {
        "code_word": '"Crime type"',
        "outcome_word": '"Last outcome category"',
        "small_area_word": '"LSOA code"',
    },
    "outcomes": {"code_word": '"Outcome type"', "small_area_word": '"LSOA code"'},
    "stops": {
        "code_word": "coalesce(\"Object of search\", 'Not stated')",
        "outcome_word": '"Outcome"',
    },
}
VALUES = {
    feed: _DISTINCT.replace("COLUMNS_OF", ", ".join(columns.values()))
    for feed, columns in WORDS.items()
}
FOUND = """
SELECT
    force, month, count(*),
    count(CASE WHEN code = '?' OR small_area = '?' OR outcome = '?' THEN 1 END),
    count(CASE WHEN code IS NULL OR abs(longitude) > 180 OR abs(latitude) > 90 THEN 1 END)
FROM read_parquet($path) GROUP BY force, month
"""

COUNTS = """
COPY (
    SELECT
        counted.snapshot, counted.force, counted.month, coalesce(kinds.kind, 'unknown') AS kind,
        counted.code, counted.small_area, place.vintage, place.stable_area, place.ward,
        place.district, place.partnership, place.police_area, counted.n
    FROM (
        SELECT snapshot, force, month, code, small_area, CAST(count(*) AS INTEGER) AS n
        FROM read_parquet($rows) GROUP BY snapshot, force, month, code, small_area
    ) AS counted
    LEFT JOIN kinds ON kinds.code = counted.code
    LEFT JOIN geography AS place ON place.small_area = counted.small_area
    ORDER BY place.district, counted.month, counted.code, counted.small_area
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""
DISTRICTS = """
COPY (
    SELECT
        snapshot, force, month, kind, code, district, partnership, police_area,
        CAST(sum(n) AS INTEGER) AS n
    FROM read_parquet($counts)
    GROUP BY snapshot, force, month, kind, code, district, partnership, police_area
    ORDER BY district, month, code
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""
OUTCOMES = """
COPY (
    SELECT
        counted.snapshot, counted.force, counted.month, coalesce(kinds.kind, 'unknown') AS kind,
        counted.code, place.district, place.partnership, place.police_area, counted.outcome,
        CAST(sum(counted.n) AS INTEGER) AS n
    FROM (
        SELECT snapshot, force, month, code, small_area, outcome, count(*) AS n
        FROM read_parquet($rows) GROUP BY snapshot, force, month, code, small_area, outcome
    ) AS counted
    LEFT JOIN kinds ON kinds.code = counted.code
    LEFT JOIN geography AS place ON place.small_area = counted.small_area
    GROUP BY ALL
    ORDER BY place.district, counted.month, counted.code
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""
# Where all of a force's month stands at midnight, the source gives days and no hours.
HOURS = """
COPY (
    SELECT
        stop.snapshot, stop.force, stop.month, coalesce(kinds.kind, 'unknown') AS kind, stop.code,
        CAST(isodow(stop.moment) AS SMALLINT) AS weekday,
        CAST(CASE WHEN timed.known THEN hour(stop.moment) END AS SMALLINT) AS hour,
        CAST(count(*) AS INTEGER) AS n
    FROM read_parquet($rows) AS stop
    JOIN (
        SELECT force, month, bool_or(CAST(moment AS TIME) <> TIME '00:00:00') AS known
        FROM read_parquet($rows) GROUP BY force, month
    ) AS timed ON timed.force = stop.force AND timed.month = stop.month
    LEFT JOIN kinds ON kinds.code = stop.code
    GROUP BY ALL
    ORDER BY stop.month, stop.code
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""
# The area that a force polices is that in which most of its rows lie; of the others it holds only
# what was moved across the border when points were made anonymous.
HOME = """
CREATE OR REPLACE TABLE home AS
SELECT force, max_by(police_area, n) AS police_area FROM (
    SELECT force, police_area, sum(n) AS n FROM read_parquet($counts)
    WHERE police_area IS NOT NULL GROUP BY force, police_area
) GROUP BY force
"""
PLACES = """
COPY (
    SELECT CAST($snapshot AS INTEGER) AS snapshot, * FROM geography
    WHERE district IN (SELECT DISTINCT district FROM read_parquet($counts))
    AND (police_area IS NULL OR police_area IN (SELECT police_area FROM home))
    ORDER BY district, small_area
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""
NAMED = """
COPY (
    SELECT level, code, name FROM names WHERE code IN (
        SELECT unnest([small_area, ward, district, partnership, police_area])
        FROM read_parquet($places)
    ) ORDER BY level, code
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""
UNKNOWN = {
    "small areas": """
        SELECT small_area, CAST(sum(n) AS BIGINT) FROM read_parquet($counts)
        WHERE small_area IS NOT NULL AND stable_area IS NULL
        GROUP BY small_area ORDER BY small_area
    """,
    "rows without a small area": """
        SELECT force, CAST(sum(n) AS BIGINT) FROM read_parquet($counts)
        WHERE small_area IS NULL AND kind <> 'stop' GROUP BY force ORDER BY force
    """,
    "rows outside the area that the force polices": """
        SELECT cells.district, CAST(sum(cells.n) AS BIGINT) FROM read_parquet($counts) AS cells
        JOIN home ON home.force = cells.force AND home.police_area <> cells.police_area
        GROUP BY cells.district ORDER BY cells.district
    """,
    "types": """
        SELECT code, CAST(sum(n) AS BIGINT) FROM read_parquet($counts)
        WHERE kind = 'unknown' GROUP BY code ORDER BY code
    """,
}
