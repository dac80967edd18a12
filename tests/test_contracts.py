"""A contract nobody has seen fail is a comment. Break each one in a copy and watch."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
]

pytestmark = pytest.mark.slow

# Each line, added to a file, breaks the contract of which the name holds these words.
BREAKS = [
    ("meetings/queries.py", "from concerted.imports import models", "Packages stack one way"),
    ("kernel/clock.py", "from concerted.ui import words", "Packages stack one way"),
    ("ui/words.py", "from concerted.people import states", "Packages stack one way"),
    ("reading/lines.py", "from concerted.postgres import home", "Packages stack one way"),
    ("desk/views.py", "from concerted.config import env", "Packages stack one way"),
    ("papers/services.py", "from concerted.crime.lake import months", "Packages stack one way"),
    ("people/standing.py", "from concerted.actions import states", "Packages stack one way"),
    ("meetings/policies.py", "from concerted.meetings import queries", "files stack one way"),
    ("meetings/forms.py", "from concerted.meetings import services", "files stack one way"),
    ("imports/queries.py", "from concerted.imports import services", "files stack one way"),
    ("actions/models.py", "from concerted.actions import policies", "files stack one way"),
    ("actions/queries.py", "from concerted.people import queries", "people is entered"),
    ("meetings/models.py", "from concerted.people import queries", "people is entered"),
    ("imports/services.py", "from concerted.jobs import services", "jobs is entered"),
    ("people/accounts.py", "from concerted.notices import services", "notices is entered"),
    ("imports/tasks.py", "from concerted.documents import services", "documents is entered"),
    ("desk/views.py", "from concerted.actions import queries", "actions is entered"),
    ("papers/services.py", "from concerted.restrictions import models", "restrictions is entered"),
    ("meetings/views.py", "from concerted.papers import services", "papers is entered"),
    ("desk/views.py", "from concerted.meetings import models", "meetings is entered"),
    ("desk/views.py", "from concerted.imports import commands", "imports is entered"),
    ("desk/views.py", "from concerted.interests import queries", "interests is entered"),
    ("desk/views.py", "from concerted.forward_plan import queries", "forward_plan is entered"),
    ("desk/views.py", "from concerted.raising import queries", "raising is entered"),
    ("desk/views.py", "from concerted.reports_back import queries", "reports_back is entered"),
    ("desk/views.py", "from concerted.crime_reports import queries", "crime_reports is entered"),
    ("desk/views.py", "from concerted.arising import services", "arising is entered"),
    ("desk/views.py", "from concerted.packs import services", "packs is entered"),
    ("desk/views.py", "from concerted.briefs import queries", "briefs is entered"),
    ("desk/views.py", "from concerted.attending import queries", "attending is entered"),
    ("desk/views.py", "from concerted.paper_calls import queries", "paper_calls is entered"),
    ("desk/views.py", "from concerted.series import services", "series is entered"),
    ("desk/views.py", "from concerted.editions import queries", "editions is entered"),
    ("desk/views.py", "from concerted.notifying import queries", "notifying is entered"),
    ("cli/main.py", "from concerted.retention import services", "retention is entered"),
    ("desk/views.py", "from concerted.subject_access import queries", "subject_access is entered"),
    ("desk/views.py", "from concerted.erasure import services", "erasure is entered"),
    ("editions/finding.py", "from concerted.editions import sources", "files stack one way"),
    ("editions/apps.py", "from concerted.public_door import models", "public_door is entered"),
    ("public_door/pages.py", "from concerted.access import models", "public door knows nothing"),
    ("config/public.py", "from concerted.audit import trail", "public door knows nothing"),
    ("editions/views.py", "from concerted.agendas import services", "agendas is entered"),
    ("desk/views.py", "from concerted.minuting import services", "minuting is entered"),
    ("desk/views.py", "from concerted.word_files import services", "word_files is entered"),
    ("meetings/policies.py", "from django.db import models", "Rules are plain Python"),
    ("access/roles.py", "from django.db import models", "Rules are plain Python"),
    ("kernel/verdict.py", "from django.http import HttpResponse", "know no Django"),
    ("reading/lines.py", "from django.utils import timezone", "know no Django"),
    ("crime/lake/months.py", "from django.utils import timezone", "know no Django"),
    ("imports/views.py", "from concerted.imports.tests import test_story", "imports tests"),
]


def lint(folder: Path) -> str:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def copied(folder: Path) -> Path:
    for path in (ROOT / "concerted").rglob("*.py"):
        there = folder / path.relative_to(ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def copy(tmp_path):
    return copied(tmp_path)


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """What is said of a copy with every line in it: the imports that each contract refuses."""
    copy = copied(tmp_path_factory.mktemp("all"))
    for file, line, _ in BREAKS:
        path = copy / "concerted" / file
        path.write_text(f"{path.read_text()}\n{line}\n")
    contract, said = "", {}
    # Each refusal stands below the name of its contract, which is underlined.
    lines = lint(copy).splitlines()
    for words, below in zip(lines, [*lines[1:], ""], strict=True):
        if words and set(below) == {"-"}:
            contract = words
        elif "->" in words:
            said.setdefault(contract, []).append(words)
    return said


def broken(report: str) -> list[str]:
    return [line for line in report.splitlines() if " BROKEN" in line]


def test_the_code_as_it_stands_keeps_every_contract(copy):
    assert f"{len(CONTRACTS)} kept, 0 broken" in lint(copy)


def imported(line: str) -> str:
    """What a line imports, as refusals name it: a module of ours, or another's package."""
    module, _, name = line.removeprefix("from ").partition(" import ")
    return f"{module}.{name}" if module.startswith("concerted") else module.partition(".")[0]


@pytest.mark.parametrize(("file", "line", "contract"), BREAKS)
def test_a_forbidden_import_is_refused(refused, file, line, contract):
    module = f"concerted.{file.removesuffix('.py').replace('/', '.')}"
    said = [one for name, lines in refused.items() if contract in name for one in lines]

    assert [one for one in said if f"{module} -> {imported(line)} " in f"{one} "], said


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_contract_is_among_those_seen_to_fail(name):
    assert any(contract in name for _, _, contract in BREAKS)


def test_an_undeclared_package_is_refused(copy):
    (copy / "concerted" / "helpers").mkdir()
    (copy / "concerted" / "helpers" / "__init__.py").touch()

    assert any("Packages stack one way" in name for name in broken(lint(copy)))


def test_an_undeclared_file_in_a_domain_is_refused(copy):
    (copy / "concerted" / "meetings" / "logic.py").touch()

    assert any("files stack one way" in name for name in broken(lint(copy)))
