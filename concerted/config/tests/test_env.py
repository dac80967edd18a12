"""The environment: typed, read once, and complained about all at once."""

from pathlib import Path

import pytest

from concerted.config.env import BadEnvironment, database, load, load_door

PRODUCTION = {
    "CONCERTED_PRODUCTION": "yes",
    "CONCERTED_SECRET_KEY": "k" * 50,
    "CONCERTED_HOSTS": "concerted.example.org",
    "DATABASE_URL": "postgresql://app:secret@db.example.org:5432/concerted",
}


def faults(environ: dict[str, str], read=load) -> list[str]:
    with pytest.raises(BadEnvironment) as refused:
        read(environ)
    first, *rest = str(refused.value).splitlines()
    assert first == "Please set right in the environment:"
    return [line.strip() for line in rest]


def test_nothing_has_to_be_set():
    env = load({})

    assert (env.production, env.port, env.home) == (False, 8000, Path("var"))


@pytest.mark.parametrize(
    ("name", "raw", "field", "value"),
    [
        ("CONCERTED_PRODUCTION", "no", "production", False),
        ("CONCERTED_GALLERY", "Yes", "gallery", True),
        ("CONCERTED_GALLERY", "TRUE", "gallery", True),
        ("CONCERTED_GALLERY", "0", "gallery", False),
        ("PORT", "8080", "port", 8080),
        ("CONCERTED_WORKERS", "3", "workers", 3),
        ("CONCERTED_HOME", "/srv/a folder", "home", Path("/srv/a folder")),
        ("CONCERTED_MAIL_HOST", "mail.example.org", "mail_host", "mail.example.org"),
        ("DATABASE_URL", "postgres://a@b/c", "database_url", "postgres://a@b/c"),
    ],
)
def test_a_setting_is_read_as_what_it_is(name, raw, field, value):
    assert getattr(load({name: raw}), field) == value


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"PORT": "many"}, ["PORT is not a whole number"]),
        ({"CONCERTED_WORKERS": "2.5"}, ["CONCERTED_WORKERS is not a whole number"]),
        ({"CONCERTED_PRODUCTION": "maybe"}, ["CONCERTED_PRODUCTION is not yes or no"]),
        ({"CONCERTED_GALLERY": ""}, ["CONCERTED_GALLERY is not yes or no"]),
        (
            {"PORT": "x", "CONCERTED_GALLERY": "x", "DATABASE_URL": "mysql://a/b"},
            ["PORT is not", "CONCERTED_GALLERY is not", "DATABASE_URL is not an address"],
        ),
        ({"CONCERTED_SESSION_MINUTES": "0"}, ["CONCERTED_SESSION_MINUTES is not a number of 1"]),
        ({"CONCERTED_SESSION_HOURS": "-8"}, ["CONCERTED_SESSION_HOURS is not a number of 1"]),
        (
            {"CONCERTED_DIRECTORY_SECRETS": "force=a\na secret without a name"},
            ["CONCERTED_DIRECTORY_SECRETS is not made of lines like name=secret"],
        ),
    ],
)
def test_every_fault_is_named_together(environ, expected):
    found = faults(environ)

    assert len(found) == len(expected)
    assert all(any(fault.startswith(one) for fault in found) for one in expected)


@pytest.mark.parametrize(
    ("without", "names"),
    [
        (["CONCERTED_SECRET_KEY"], "CONCERTED_SECRET_KEY is shorter than 50 characters"),
        (["CONCERTED_HOSTS"], "CONCERTED_HOSTS is not set"),
        (["DATABASE_URL"], "DATABASE_URL is not set"),
    ],
)
def test_production_needs(without, names):
    [fault] = faults({name: raw for name, raw in PRODUCTION.items() if name not in without})

    assert fault.startswith(names)


def test_production_names_all_that_it_needs_together():
    assert len(faults({"CONCERTED_PRODUCTION": "yes", "PORT": "x"})) == 4


@pytest.mark.parametrize("hosts", ["*", ".example.org", "[::1],concerted.example.org", " "])
def test_production_needs_one_name_that_passkeys_can_be_bound_to(hosts):
    [fault] = faults(PRODUCTION | {"CONCERTED_HOSTS": hosts})

    assert fault.startswith("CONCERTED_PASSKEY_HOST is not set")
    said = {"CONCERTED_HOSTS": hosts, "CONCERTED_PASSKEY_HOST": "concerted.example.org"}
    assert load(PRODUCTION | said).passkey_host == "concerted.example.org"


def test_production_takes_the_embedded_server_when_it_is_meant():
    meant = {"CONCERTED_EMBEDDED_DATABASE_IS_MEANT": "yes", "DATABASE_URL": ""}
    public = {"CONCERTED_PUBLIC_ADDRESS": "https://public.example.org"}

    assert load(PRODUCTION | meant | public).production


def test_production_with_a_public_edition_needs_the_address_of_its_site():
    edition = {"EDITION_URL": "postgresql://push@db.example.org/edition"}

    [fault] = faults(PRODUCTION | edition)

    assert fault.startswith("CONCERTED_PUBLIC_ADDRESS is not set")


@pytest.mark.parametrize("name", ["EDITION_URL", "EDITION_OWNER_URL", "EDITION_DOOR_URL"])
@pytest.mark.parametrize(
    "same",
    [
        "postgresql://push@db.example.org:5432/concerted",
        "postgres://another:secret@db.example.org/concerted",
    ],
)
def test_the_edition_cannot_be_put_into_the_members_database(name, same):
    found = faults(PRODUCTION | {name: same, "CONCERTED_PUBLIC_ADDRESS": "https://a.example.org"})

    assert found == [f"{name} names the members' database: the public edition needs one of its own"]


# The public door


def test_the_public_door_needs_its_own_address_and_names_in_production():
    found = faults({"CONCERTED_PRODUCTION": "yes"}, load_door)

    assert [fault.split()[0] for fault in found] == ["EDITION_DOOR_URL", "CONCERTED_PUBLIC_HOSTS"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://app:secret@db.example.org/concerted"),
        ("DATABASE_OWNER_URL", "postgresql://owner:secret@db.example.org/concerted"),
        ("EDITION_URL", "postgresql://push:secret@db.example.org/edition"),
        ("EDITION_OWNER_URL", "postgresql://owner:secret@db.example.org/edition"),
        ("CONCERTED_SECRET_KEY", "k" * 50),
    ],
)
def test_the_public_door_refuses_to_know_what_is_not_its_own(name, value):
    assert faults({name: value}, load_door) == [f"{name} is set: the public door must not know it"]


# Secrets from files


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "secret").write_text("from a file\n")

    env = load({"CONCERTED_SECRET_KEY_FILE": str(tmp_path / "secret")})

    assert env.secret_key == "from a file"


def test_a_file_comes_before_the_plain_setting(tmp_path):
    (tmp_path / "port").write_text("81")

    assert load({"PORT_FILE": str(tmp_path / "port"), "PORT": "80"}).port == 81


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_named_not_shown(tmp_path, content):
    path = tmp_path / "secret"
    if content:
        path.write_bytes(content)

    [fault] = faults({"CONCERTED_SECRET_KEY_FILE": str(path)})

    assert fault == "CONCERTED_SECRET_KEY_FILE names a file that cannot be read"


def test_no_fault_repeats_a_value():
    environ = {"PORT": "hunter2", "DATABASE_URL": "hunter2", "CONCERTED_GALLERY": "hunter2"}

    assert "hunter2" not in " ".join(faults(environ))


# Database addresses


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (
            "postgresql://app:pw@db.example.org:5433/concerted",
            {"HOST": "db.example.org", "PORT": "5433", "USER": "app", "PASSWORD": "pw"},
        ),
        ("postgres://app@db/concerted", {"HOST": "db", "PORT": "", "PASSWORD": ""}),
        ("postgresql://app:p%40ss%2Fword@db/concerted", {"PASSWORD": "p@ss/word"}),
        (
            "postgresql://app@/concerted?host=/var/run/postgresql&port=5434",
            {"HOST": "/var/run/postgresql", "PORT": "5434", "OPTIONS": {}},
        ),
        (
            "postgresql://app@%2Fvar%2Frun%2Fpostgresql/concerted",
            {"HOST": "/var/run/postgresql"},
        ),
        (
            "postgresql://app@db/concerted?sslmode=verify-full",
            {"HOST": "db", "OPTIONS": {"sslmode": "verify-full"}},
        ),
        ("postgresql://app@[::1]:5432/concerted", {"HOST": "::1", "PORT": "5432"}),
    ],
)
def test_a_database_address_is_taken_apart(url, wanted):
    found = database(url)

    assert load({"DATABASE_URL": url}).database_url == url
    assert found["NAME"] == "concerted"
    assert found | wanted == found


@pytest.mark.parametrize(
    "url",
    [
        "mysql://app@db/concerted",
        "postgresql://app@db",
        "postgresql://app@db/",
        "db.example.org",
        "postgresql://app@db:port/concerted",
        "postgresql://app@db:99999/concerted",
        "postgresql://app@[::1/concerted",
    ],
)
@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_OWNER_URL", "EDITION_DOOR_URL"])
def test_what_is_no_database_address_is_refused(name, url):
    [fault] = faults({name: url})

    assert fault.startswith(f"{name} is not an address like postgresql://")
