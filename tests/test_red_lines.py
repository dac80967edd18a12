"""The red lines that code can be held to, and that docs/ name only tests that exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
NAMING_TESTS = ("red-lines.md", "asvs.md", "cyber-essentials.md", "dpia.md", "breach-runbook.md")
NAMED = re.compile(r"`((?:concerted|tests)/[\w/]+\.py)::(test_\w+)`")
HELD = {"whole", "in part", "a person", "not built"}

MODELS = [model for model in apps.get_models() if model.__module__.startswith("concerted.")]

# Parts of names that a score, a profile or a register of individuals would have.
OF_SCORES = {"score", "rank", "risk", "profile", "rating", "grade", "suspicion", "sympathy"}
OF_PROFILES = {"ethnicity", "race", "religion", "faith", "belief", "disability", "sexuality"}
OF_PROFILES |= {"gender", "nationality", "birth", "age"}
OF_REGISTERS = {"offender", "victim", "suspect", "nominal", "referral", "cohort", "vulnerable"}
OF_REGISTERS |= {"subject", "tip", "intelligence", "associate"}

# What another server is called with. `urllib.parse` only takes addresses apart.
CALLING = {"requests", "httpx", "aiohttp", "urllib3", "ftplib", "telnetlib", "xmlrpc"}
CALLING |= {"http.client", "urllib.request", "smtplib", "boto3", "grpc", "websockets"}
# An organisation's own directory is asked who somebody is, by an address an administrator gave;
# of the mail server's library only its faults are known. The publisher of crime data is asked by a
# command for what it gives to everybody, and is told nothing but months.
MAY_CALL = {
    "concerted/access/openid.py": {"urllib.request"},
    "concerted/crime/lake/publisher.py": {"httpx"},
    "concerted/notices/services.py": {"smtplib", "smtplib.SMTPException"},
}
# No register: who somebody is in a directory, the subject line of a mail, and a question of one
# body to another, about no person.
NO_REGISTERS = [
    "access.DirectoryIdentity.subject",
    "notices.Mail.subject",
    "people.Invitation.subject",
    "reports_back.Referral.Referral",
    "reports_back.Asked.referral",
]
MAILING = {
    "concerted/desk/anchoring.py",
    "concerted/notices/services.py",
}  # the other mail is the sign-in library's own


def parts_of(name: str) -> set[str]:
    return set(re.findall(r"[A-Z]?[a-z]+", name)) | set(re.findall("[a-z]+", name.lower()))


def crossing(banned: set[str]) -> list[str]:
    """Models and fields with a banned word in their name."""
    found = []
    for model in MODELS:
        for name in (model.__name__, *(field.name for field in model._meta.get_fields())):
            if {part.lower() for part in parts_of(name)} & banned:
                found.append(f"{model._meta.label}.{name}")
    return found


def shipped() -> Iterator[Path]:
    for path in sorted((ROOT / "concerted").rglob("*.py")):
        if "tests" not in path.parts:
            yield path


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_no_field_scores_or_profiles_people():
    assert crossing(OF_SCORES | OF_PROFILES) == []


def test_no_table_is_a_register_of_individuals():
    assert crossing(OF_REGISTERS) == NO_REGISTERS
    about_people = {
        model._meta.label
        for model in MODELS
        if any(
            field.related_model is not None
            and field.related_model.__name__ == "Person"
            and field.one_to_one
            for field in model._meta.concrete_fields
        )
    }
    assert about_people == set(), "A table that continues a person is a file on that person."


def test_a_banned_name_is_seen():
    assert "meetings.Meeting.held_on" in crossing({"held"})
    assert "people.NameWithin.NameWithin" in crossing({"within"})


def test_no_module_calls_another_server():
    calling = {
        str(path.relative_to(ROOT)): names
        for path in shipped()
        if (
            names := {
                one for one in imported(path) if one in CALLING or one.split(".")[0] in CALLING
            }
        )
    }

    assert calling == MAY_CALL


def test_one_module_of_ours_sends_mail():
    sending = {
        str(path.relative_to(ROOT))
        for path in shipped()
        if any(name.startswith("django.core.mail") for name in imported(path))
    }

    assert sending == MAILING


# The page


def rows() -> list[list[str]]:
    text = (DOCS / "red-lines.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_all_25_stand_on_the_page():
    assert [int(row[0]) for row in rows()] == list(range(1, 26))
    assert {row[2] for row in rows()} <= HELD


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_is_said_to_be_held_names_its_test(row):
    if row[2] in ("whole", "in part"):
        assert NAMED.search(row[4])


@pytest.mark.parametrize("page", NAMING_TESTS)
def test_every_test_that_a_page_names_exists(page):
    named = NAMED.findall((DOCS / page).read_text("utf-8"))

    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists()
        or not re.search(rf"^\s*def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)
    ]

    assert missing == []
    assert named or page in ("dpia.md", "breach-runbook.md")
