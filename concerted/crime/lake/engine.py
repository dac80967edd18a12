"""DuckDB as the lake uses it: no network, no extensions, no files but those it was given."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

# Megabytes. DuckDB holds some memory beside its limit; both leave room below what was promised
# for a process (150 MB a question, 500 MB an import).
FOR_QUESTIONS = 64
FOR_IMPORTS = 250


def connect(
    *folders: Path, memory: int, temporary: Path | None = None, threads: int = 2
) -> duckdb.DuckDBPyConnection:
    """A database in memory that reads and writes files of these folders alone.

    `memory` in megabytes; beyond it sorts are put down in `temporary`, where there is one.
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{memory}MB",
            "threads": threads,
            # Order is asked for where it matters; keeping it elsewhere costs memory.
            "preserve_insertion_order": "false",
            "temp_directory": str(temporary or ""),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        },
    )
    _lock(connection, folders)
    return connection


def _lock(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    # In this order: what may be reached cannot be said any more once the outside is closed.
    allowed = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
