"""concerted database prepare: roles, database, grants, tables."""

import sys
from typing import Any

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
    names = _names(database, owner, app)
    with psycopg.connect(**superuser, autocommit=True) as connection:
        connection.execute(sql.SQL(ROLES).format(**names))
        made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if not made.fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {database}").format(**names))
    with psycopg.connect(**superuser | {"dbname": database}, autocommit=True) as connection:
        for grant in GRANTS:
            connection.execute(sql.SQL(grant).format(**names))


def as_text(database: str, owner: str, app: str) -> str:
    """The same as SQL to be run by a database administrator."""
    names = _names(database, owner, app)
    lines = [
        "-- Then give both roles a password, and put them into DATABASE_URL (the app's) and\n"
        "-- DATABASE_OWNER_URL (the owner's, for `concerted database prepare` alone).\n" + ROLES,
        "CREATE DATABASE {database}",
        r"\connect {database}",
        *GRANTS,
    ]
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
        return
    prepare_all()


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
