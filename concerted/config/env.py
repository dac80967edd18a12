"""The environment, read once, typed, and complained about all at once.

Each setting is `CONCERTED_<NAME>`, or the plain names that hosting platforms use (`DATABASE_URL`,
`DATABASE_OWNER_URL`, `PORT`). A secret may come from a file: `CONCERTED_SECRET_KEY_FILE`.

The public edition has a database of its own: `EDITION_URL` (role that pushes), `EDITION_OWNER_URL`
(migrations only) and, for the public door alone, `EDITION_DOOR_URL` (role that reads). The door is
reached on `PUBLIC_PORT`, under the names in `CONCERTED_PUBLIC_HOSTS`; links in its feeds begin with
`CONCERTED_PUBLIC_ADDRESS`.
"""

import datetime
import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import parse_qsl, unquote, urlsplit

PLAIN = {
    "database_url",
    "database_owner_url",
    "edition_url",
    "edition_owner_url",
    "edition_door_url",
    "port",
    "public_port",
}
NOT_FOR_THE_DOOR = (
    "database_url",
    "database_owner_url",
    "edition_url",
    "edition_owner_url",
    "secret_key",
)
NEEDED_BY_THE_DOOR = {
    "edition_door_url": "the address at which the public edition is read",
    "public_hosts": "the names under which the public reaches the site",
}
YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class BadEnvironment(Exception):
    """The environment cannot be used; the message lists every fault."""


@dataclass(frozen=True, slots=True)
class Env:
    """What may be set, with its default. `production` makes the rest strict."""

    production: bool = False
    home: Path = Path("var")
    secret_key: str = ""
    database_url: str = ""
    database_owner_url: str = ""
    embedded_database_is_meant: bool = False
    hosts: str = "localhost,127.0.0.1,[::1]"
    origins: str = ""
    port: int = 8000
    workers: int = 1
    gallery: bool = False
    demonstration: bool = False
    mail_host: str = ""
    mail_port: int = 25
    mail_from: str = "concerted@localhost"
    digest_at: str = "07:30"
    edition_url: str = ""
    edition_owner_url: str = ""
    edition_door_url: str = ""
    public_hosts: str = "localhost,127.0.0.1,[::1]"
    public_address: str = ""
    public_port: int = 8001
    public_workers: int = 1
    session_minutes: int = 30
    session_hours: int = 8
    passkey_host: str = ""
    proxies: int = -1
    directory_secrets: str = ""

    @property
    def digest_time(self) -> datetime.time:
        return datetime.time.fromisoformat(self.digest_at)


def variable(name: str) -> str:
    return name.upper() if name in PLAIN else f"CONCERTED_{name.upper()}"


def load(environ: Mapping[str, str] | None = None) -> Env:
    """Read the environment. Raises BadEnvironment naming every fault together."""
    env, wrong = _read(os.environ if environ is None else environ)
    wrong += _missing_in_production(env) if env.production else []
    return _without_faults(env, wrong)


def load_door(environ: Mapping[str, str] | None = None) -> Env:
    """Read the environment of the public door, which may hold nothing of the members' side."""
    env, wrong = _read(os.environ if environ is None else environ)
    wrong += [
        f"{variable(name)} is set: the public door must not know it"
        for name in NOT_FOR_THE_DOOR
        if getattr(env, name)
    ]
    if env.production:
        wrong += [
            f"{variable(name)} is not set: {what}"
            for name, what in NEEDED_BY_THE_DOOR.items()
            if getattr(env, name) == _default(name)
        ]
    return _without_faults(env, wrong)


def _without_faults(env: Env, wrong: list[str]) -> Env:
    if wrong:
        raise BadEnvironment("\n  ".join(["Please set right in the environment:", *wrong]))
    return env


def _read(environ: Mapping[str, str]) -> tuple[Env, list[str]]:
    values: dict[str, Any] = {}
    wrong: list[str] = []
    kinds = get_type_hints(Env)
    for field in fields(Env):
        name = variable(field.name)
        try:
            raw = _raw(environ, name)
        except (OSError, UnicodeDecodeError):
            wrong.append(f"{name}_FILE names a file that cannot be read")
            continue
        if raw is None:
            continue
        kind = kinds[field.name]
        try:
            values[field.name] = YES_NO[raw.lower()] if kind is bool else kind(raw)
        except (KeyError, ValueError):
            wanted = "yes or no" if kind is bool else "a whole number"
            wrong.append(f"{name} is not {wanted}")
    env = Env(**values)
    if any("=" not in one for one in _lines(env.directory_secrets)):
        wrong.append(
            "CONCERTED_DIRECTORY_SECRETS is not made of lines like name=secret, "
            "one for each directory"
        )
    try:
        _ = env.digest_time
    except ValueError:
        wrong.append("CONCERTED_DIGEST_AT is not a time like 07:30")
    wrong += [
        f"{variable(name)} is not a number of 1 or more"
        for name in ("session_minutes", "session_hours")
        if getattr(env, name) < 1
    ]
    wrong += [
        f"{variable(name)} is not an address like postgresql://role:password@host:5432/database"
        for name in sorted(PLAIN)
        if name.endswith("_url") and (url := getattr(env, name)) and not _is_database(url)
    ]
    wrong += _edition_apart(env)
    return env, wrong


def _raw(environ: Mapping[str, str], name: str) -> str | None:
    if path := environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return environ.get(name)


def _missing_in_production(env: Env) -> list[str]:
    wrong = []
    if len(env.secret_key) < 50:
        wrong.append("CONCERTED_SECRET_KEY is shorter than 50 characters")
    if not env.database_url and not env.embedded_database_is_meant:
        wrong.append(
            "DATABASE_URL is not set (or say CONCERTED_EMBEDDED_DATABASE_IS_MEANT=yes: "
            "Concerted then runs its own PostgreSQL)"
        )
    own = env.embedded_database_is_meant and not env.database_url
    if (env.edition_url or own) and not env.public_address:
        wrong.append(
            "CONCERTED_PUBLIC_ADDRESS is not set: where the public edition is read, https://…"
        )
    if env.hosts == _default("hosts"):
        wrong.append("CONCERTED_HOSTS is not set: the names under which people reach the site")
    elif not env.passkey_host and not _is_host(env.hosts.split(",")[0].strip()):
        wrong.append(
            "CONCERTED_PASSKEY_HOST is not set, and CONCERTED_HOSTS does not begin with the name "
            "of one site, such as concerted.example.org, to which passkeys can be bound"
        )
    return wrong


def _edition_apart(env: Env) -> list[str]:
    """The edition's addresses may not lead into the members' database."""
    if not env.database_url:
        return []
    return [
        f"{variable(name)} names the members' database: the public edition needs one of its own"
        for name in ("edition_url", "edition_owner_url", "edition_door_url")
        if (url := getattr(env, name)) and _place(url) == _place(env.database_url)
    ]


def _place(url: str) -> tuple[str, str, str]:
    try:
        found = database(url)
    except ValueError:
        return ("", "", url)
    return found["HOST"], found["PORT"] or "5432", found["NAME"]


def _is_host(name: str) -> bool:
    return all(part.replace("-", "").isalnum() for part in name.split("."))


def _default(name: str) -> Any:
    [default] = [field.default for field in fields(Env) if field.name == name]
    return None if default is MISSING else default


def _is_database(url: str) -> bool:
    try:
        parts = urlsplit(url)
        reachable = parts.port is None or parts.port > 0
    except ValueError:
        return False
    named = parts.scheme in ("postgres", "postgresql") and bool(parts.path.strip("/"))
    return named and reachable


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def secrets_by_name(text: str) -> dict[str, str]:
    """Lines of `name=secret` as a mapping."""
    pairs = (line.partition("=") for line in _lines(text))
    return {name.strip(): secret.strip() for name, _, secret in pairs}


def database(url: str) -> dict[str, Any]:
    """A PostgreSQL address as Django's settings take it."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
