"""The tests' databases: one cluster, one migrated template, one clone for each worker.

Each is two: the members' database, and beside it the public edition's, named after it.

Tables belong to the owner; tests connect as the app role, so that row-level security holds in
every test as it does in service.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from concerted.cli.database import edition_roles, make_edition, make_roles

# Whoever holds the machine can alter what is on record: tests of what follows from that, and of a
# world in which something never was, ask for it here.
GUARDS = """
CREATE FUNCTION tests_guards(text) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$
    SELECT set_config('session_replication_role', $1, true)
$$
"""
PACKAGE = Path(__file__).resolve().parents[1] / "concerted"


def superuser(database: str = "postgres") -> psycopg.Connection:
    dsn = settings.CLUSTER.dsn(database, "postgres")
    return psycopg.connect(**dsn, autocommit=True)


def point_at(name: str) -> None:
    names = {"default": name, "owner": name} | dict.fromkeys(
        ("edition", "edition_owner"), edition_of(name)
    )
    for alias, database in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = database


def edition_of(name: str) -> str:
    """The public edition's database beside a members' database."""
    return name if name == "postgres" else f"{name}_edition"


def template() -> str:
    """The name of a migrated, empty database; made once for each state of the migrations."""
    sources = sorted(
        [*PACKAGE.glob("*/migrations/*"), PACKAGE / "cli" / "database.py", Path(__file__)]
    )
    text = b"".join(path.read_bytes() for path in sources if path.is_file())
    name = f"template_{hashlib.sha256(text).hexdigest()[:12]}"
    with open(settings.HOME / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with superuser() as connection:
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
            there = {row[0] for row in rows}
            if {name, edition_of(name)} <= there:
                return name
            for old in there:
                if old.startswith(("template_", "making_")):
                    drop(connection, old)
        making = name.replace("template_", "making_")
        make_roles(
            settings.CLUSTER.dsn("postgres", "postgres"),
            database=making,
            owner=settings.OWNER_ROLE,
            app=settings.APP_ROLE,
        )
        make_edition(
            settings.CLUSTER.dsn("postgres", "postgres"),
            **edition_roles() | {"database": edition_of(making)},
        )
        point_at(making)
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        call_command("createcachetable", database="owner", verbosity=0)
        call_command(
            "migrate", "public_door", database="edition_owner", interactive=False, verbosity=0
        )
        point_at("postgres")
        with superuser(making) as connection:
            connection.execute(GUARDS)
        with superuser() as connection:
            for old, new in ((edition_of(making), edition_of(name)), (making, name)):
                connection.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(old), sql.Identifier(new)
                    )
                )
    return name


def drop(connection: psycopg.Connection, name: str) -> None:
    for one in {edition_of(name), name}:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(one))
        )


def clone(source: str, name: str) -> None:
    with superuser() as connection:
        drop(connection, name)
        _copy(connection, source, name, settings.OWNER_ROLE, settings.APP_ROLE)
        _copy(
            connection,
            edition_of(source),
            edition_of(name),
            settings.EDITION_OWNER_ROLE,
            f"{settings.EDITION_PUSH_ROLE}, {settings.EDITION_DOOR_ROLE}",
        )


def _copy(connection: psycopg.Connection, source: str, name: str, owner: str, others: str) -> None:
    """A database like another; what its roles may do with it as a whole is not copied along."""
    connection.execute(
        # Nothing here outlives a crash: copying its files is several times quicker than its log.
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )
    for statement in (
        "REVOKE ALL ON DATABASE {} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {{}} TO {others}",
        f"GRANT CONNECT, CREATE ON DATABASE {{}} TO {owner}",
    ):
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def unguarded() -> Iterator[None]:
    """Within a transaction: the database lets what is on record be altered, and follows no keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tests_guards('replica')")
        yield
        cursor.execute("SELECT tests_guards('origin')")


@contextmanager
def cloned(source: str, name: str) -> Iterator[str]:
    """A database of one's own, gone afterwards."""
    clone(source, name)
    point_at(name)
    try:
        yield name
    finally:
        point_at("postgres")
        with superuser() as connection:
            drop(connection, name)
