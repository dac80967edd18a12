"""concerted database prepare: roles, databases, grants, tables; the members' and the edition's."""

import sys
from collections.abc import Sequence
from typing import Any, LiteralString

import click
import psycopg
from psycopg import sql

ROLES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {owner_name}) THEN
        CREATE ROLE {owner} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {app_name}) THEN
        CREATE ROLE {app} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
END $$
"""
GRANTS = [
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {app}",
    "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {owner}",
    "ALTER SCHEMA public OWNER TO {owner}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
    "GRANT USAGE, SELECT ON SEQUENCES TO {app}",
]

# The public edition: its owner makes tables, one role pushes, the door's reads and can do no more.
# None of the three is let into the members' database, and no role of the members' into this one.
EDITION_ROLES = """
DO $$ DECLARE role text; BEGIN
    FOREACH role IN ARRAY ARRAY[{owner_name}, {push_name}, {door_name}] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format(
                'CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', role);
        END IF;
    END LOOP;
END $$
"""
EDITION_GRANTS = [
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {push}, {door}",
    "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {owner}",
    "ALTER ROLE {door} IN DATABASE {database} SET default_transaction_read_only = on",
    "ALTER SCHEMA public OWNER TO {owner}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {push}, {door}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {push}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
    "GRANT USAGE, SELECT ON SEQUENCES TO {push}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON TABLES TO {door}",
]


def _names(database: str, owner: str, app: str) -> dict[str, sql.Composable]:
    return {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(owner),
        "app": sql.Identifier(app),
        "owner_name": sql.Literal(owner),
        "app_name": sql.Literal(app),
    }


def make_roles(superuser: dict[str, Any], *, database: str, owner: str, app: str) -> None:
    """Make the two roles, the database and the grants, where they are missing.

    `superuser` are psycopg's connection arguments of a role that may create roles and databases.
    """
    _make(superuser, database, _names(database, owner, app), ROLES, GRANTS)


def make_edition(
    superuser: dict[str, Any], *, database: str, owner: str, push: str, door: str
) -> None:
    """The same for the database of the public edition and its three roles."""
    names = _edition_names(database, owner, push, door)
    _make(superuser, database, names, EDITION_ROLES, EDITION_GRANTS)


def _edition_names(database: str, owner: str, push: str, door: str) -> dict[str, sql.Composable]:
    roles = {"owner": owner, "push": push, "door": door}
    return {
        "database": sql.Identifier(database),
        **{name: sql.Identifier(role) for name, role in roles.items()},
        **{f"{name}_name": sql.Literal(role) for name, role in roles.items()},
    }


def _make(
    superuser: dict[str, Any],
    database: str,
    names: dict[str, sql.Composable],
    roles: LiteralString,
    grants: Sequence[LiteralString],
) -> None:
    with psycopg.connect(**superuser, autocommit=True) as connection:
        connection.execute(sql.SQL(roles).format(**names))
        made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if not made.fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {database}").format(**names))
    with psycopg.connect(**superuser | {"dbname": database}, autocommit=True) as connection:
        for grant in grants:
            connection.execute(sql.SQL(grant).format(**names))


def as_text(database: str, owner: str, app: str) -> str:
    """The same as SQL to be run by a database administrator."""
    return _as_text(
        _names(database, owner, app),
        "-- Then give both roles a password, and put them into DATABASE_URL (the app's) and\n"
        "-- DATABASE_OWNER_URL (the owner's, for `concerted database prepare` alone).\n" + ROLES,
        GRANTS,
    )


def edition_as_text(database: str, owner: str, push: str, door: str) -> str:
    """The same for the public edition."""
    return _as_text(
        _edition_names(database, owner, push, door),
        "-- The public edition, best on a server of its own. Then give the three roles passwords,\n"
        "-- and put them into EDITION_URL (pushes), EDITION_OWNER_URL (for `concerted database\n"
        "-- prepare` alone) and EDITION_DOOR_URL (reads; the only one on the public door's "
        "machine).\n" + EDITION_ROLES,
        EDITION_GRANTS,
    )


def _as_text(
    names: dict[str, sql.Composable], roles: LiteralString, grants: Sequence[LiteralString]
) -> str:
    lines = [roles, "CREATE DATABASE {database}", r"\connect {database}", *grants]
    return "\n".join(
        f"{sql.SQL(line).format(**names).as_string(None)}{'' if line[0] == chr(92) else ';'}"
        for line in lines
    )


@click.group()
def database() -> None:
    """Prepare the database."""


@database.command()
@click.option("--sql", "as_sql", is_flag=True, help="Print the statements for your administrator.")
def prepare(as_sql: bool) -> None:
    """Make roles, database and grants (with Concerted's own PostgreSQL), then the tables."""
    from django.conf import settings  # noqa: PLC0415 - settings need the environment

    if as_sql:
        click.echo(as_text(settings.DATABASE, settings.OWNER_ROLE, settings.APP_ROLE))
        click.echo()
        click.echo(edition_as_text(**edition_roles()))
        return
    prepare_all()


def edition_roles() -> dict[str, str]:
    """The names of the edition's database and roles in our own PostgreSQL."""
    from django.conf import settings  # noqa: PLC0415

    return {
        "database": settings.EDITION_DATABASE,
        "owner": settings.EDITION_OWNER_ROLE,
        "push": settings.EDITION_PUSH_ROLE,
        "door": settings.EDITION_DOOR_ROLE,
    }


def prepare_all(*, quiet: bool = False) -> None:
    """Bring the database up to date. Exits with a sentence where an address is missing."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    if settings.CLUSTER:
        settings.CLUSTER.start()
        make_roles(
            settings.CLUSTER.dsn("postgres", "postgres"),
            database=settings.DATABASE,
            owner=settings.OWNER_ROLE,
            app=settings.APP_ROLE,
        )
    if "owner" not in settings.DATABASES:
        click.echo(
            "DATABASE_OWNER_URL is not set: tables are made by their owner, not by the role that "
            "serves pages. Set it for this command only.",
            err=True,
        )
        sys.exit(2)
    call_command("migrate", database="owner", interactive=False, verbosity=0 if quiet else 1)
    call_command("createcachetable", database="owner", verbosity=0)
    prepare_edition(quiet=quiet)


def prepare_edition(*, quiet: bool = False) -> None:
    """Bring the public edition's database up to date, and its pages where the program changed."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from concerted.public_door import pushing  # noqa: PLC0415

    if settings.EDITION_EMBEDDED:
        assert settings.CLUSTER  # noqa: S101 - embedded, both of them
        make_edition(settings.CLUSTER.dsn("postgres", "postgres"), **edition_roles())
    if "edition_owner" in settings.DATABASES:
        call_command(
            "migrate",
            "public_door",
            database="edition_owner",
            interactive=False,
            verbosity=0 if quiet else 1,
        )
        if pushing.is_there():
            pushing.keep_up()
    elif "edition" in settings.DATABASES:
        click.echo(
            "EDITION_OWNER_URL is not set, so the tables of the public edition were left as they "
            "are. Set it for this command only.",
            err=True,
        )


def why_not_serve() -> str:
    """Why the role of the serving address must not serve pages; empty when it may."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_class "
            "WHERE pg_has_role(r.oid, relowner, 'MEMBER') "
            "AND relnamespace = 'public'::regnamespace) "
            "FROM pg_roles r WHERE rolname = current_user"
        )
        superuser, bypasses, owns = cursor.fetchone()
    if superuser:
        return "The role in DATABASE_URL is a superuser: row-level security would not hold for it."
    if bypasses:
        return "The role in DATABASE_URL has BYPASSRLS: row-level security would not hold for it."
    if owns:
        return "The role in DATABASE_URL owns tables. Use one that owns nothing."
    return ""
