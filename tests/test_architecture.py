"""Rules about the shape of the code that import-linter cannot see."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from concerted.access.models import Restricted
from concerted.access.protection import ELSEWHERE, UNPROTECTED

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "concerted"
HTTP_FILES = sorted([*PACKAGE.glob("*/views.py"), *PACKAGE.glob("*/forms.py")])


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def reached(source: str) -> list[int]:
    """The lines of code that reach rows themselves."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "save", "delete", "bulk_create", "_base_manager"}
    ]


def test_views_and_forms_reach_rows_only_through_queries_and_services():
    lines = {named(path): reached(path.read_text("utf-8")) for path in HTTP_FILES}

    assert len(lines) > 20
    assert {path: found for path, found in lines.items() if found} == {}


@pytest.mark.parametrize("line", ["Body.objects.all()", "form.save()", "meeting.delete()"])
def test_reaching_for_rows_is_seen(line):
    assert reached(line) == [1]


# Foreign keys

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
LAYERS = [
    [name.strip() for name in layer.split("|")] for layer in CONTRACTS["contracts"][0]["layers"]
]
HEIGHT = {name: -place for place, names in enumerate(LAYERS) for name in names}
OURS = [model for model in apps.get_models() if model.__module__.startswith("concerted.")]


def package_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def points_up(model: type[models.Model]) -> Iterator[str]:
    """Relations to a package above or beside; names given as text are resolved by now."""
    for field in model._meta.get_fields():
        if field.auto_created or not field.is_relation or field.related_model is None:
            continue
        if not field.related_model.__module__.startswith("concerted."):
            yield f"{model._meta.label}.{field.name} points to a table of the framework"
            continue
        here, there = package_of(model), package_of(field.related_model)
        if here != there and HEIGHT[there] >= HEIGHT[here]:
            yield f"{model._meta.label}.{field.name} points up to {there}"


def test_there_are_models_to_look_at():
    assert len(OURS) > 20


def test_foreign_keys_point_down_only():
    assert [wrong for model in OURS for wrong in points_up(model)] == []


def test_a_foreign_key_that_points_up_is_seen():
    class Wrong(models.Model):
        person = models.ForeignKey(apps.get_model("people.Person"), models.CASCADE)

        class Meta:
            abstract = True
            app_label = "jobs"

    Wrong.__module__ = "concerted.jobs.models"

    assert list(points_up(Wrong)) == ["jobs.Wrong.person points up to people"]


def test_every_row_can_be_restricted_or_its_table_says_why_not():
    restricted = {model._meta.db_table for model in OURS if issubclass(model, Restricted)}
    tables = {model._meta.db_table for model in OURS}

    assert tables - restricted == tables & {*UNPROTECTED, *ELSEWHERE}


# Files

DRAWERS = {"utils", "util", "common", "helpers", "core", "misc", "base", "extras", "lib", "tools"}
LEFT_OUT = {"static", "node_modules", "__pycache__", "minutes", "texts", "fixtures"}
SUFFIXES = {".py", ".sql", ".html", ".toml", ".md", ".txt", ".cfg", ".css", ".js", ".sh", ""}


def files() -> list[Path]:
    """What we wrote: not what was vendored, generated or handed over."""
    folders = [ROOT / name for name in ("concerted", "tests", "docs", "bench", ".ci")]
    inside = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sorted(
        path
        for path in [*inside, *(one for one in ROOT.iterdir() if one.is_file())]
        if path.suffix in SUFFIXES and not LEFT_OUT & set(path.relative_to(ROOT).parts)
    )


def test_no_module_is_a_drawer_for_whatever_fits_nowhere():
    python = [path for path in files() if path.suffix == ".py"]
    parts = {
        (path, part) for path in python for part in path.relative_to(ROOT).with_suffix("").parts
    }

    assert [named(path) for path, part in parts if part in DRAWERS] == []


def holding(pattern: str) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{named(path)}:{number}"
        for path in files()
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_nothing_is_put_off_in_a_comment():
    assert holding(r"\b(TODO|FIXME|XXX|HACK|WIP)\b") == []


def test_no_file_names_a_path_of_somebodys_machine():
    # Where this checkout lies, and what lies beside it, whatever the machine.
    here = "|".join(re.escape(f"{place}/") for place in (ROOT, ROOT.parent / "shared"))
    assert holding(rf"(?<![\w.])(/root/|/home/\w|/Users/\w|{here})|[A-Z]:\\\\?Users") == []


def is_explained(path: Path) -> bool:
    plumbing = path.name in ("apps.py", "__main__.py")
    generated = "migrations" in path.parts or "tests" in path.parts
    if plumbing or generated:
        return True
    tree = ast.parse(path.read_text("utf-8"))
    return not tree.body or bool(ast.get_docstring(tree))


def test_every_module_says_what_it_owns():
    modules = sorted(PACKAGE.glob("**/*.py"))

    assert [named(path) for path in modules if not is_explained(path)] == []


def test_a_module_that_does_not_say_what_it_owns_is_seen(tmp_path: Path):
    silent = tmp_path / "silent.py"
    silent.write_text("import re\n")

    assert not is_explained(silent)
