"""What holds for every template of every package."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines

import concerted
from concerted.ui import glossary

ROOT = Path(concerted.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))

BANNED = {
    "a script in the page": r"<script(?![^>]*\bsrc=)",
    "a style in the page": r"<style\b|\sstyle\s*=",
    "a handler in an attribute": r"<[^>]*\son[a-z]+\s*=|\bhx-on\b",
    "markup that is not escaped": r"\|\s*safe\b|autoescape\s+false",
    "an address that is a script": r"javascript:",
    "Django's own template language": r"\{%-?\s*(load|url|csrf_token|static|trans|blocktrans)\b",
}


def in_templates(pattern: str) -> Iterator[tuple[str, str]]:
    """The name of each template and what of it was found, in order."""
    wanted = re.compile(pattern, re.S)
    for path in TEMPLATES:
        for found in wanted.finditer(path.read_text("utf-8")):
            yield str(path.relative_to(ROOT)), found[found.re.groups]


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("what", BANNED)
def test_no_template_holds(what):
    assert list(in_templates(BANNED[what])) == []


@pytest.mark.slow
def test_each_template_can_be_compiled():
    for path in TEMPLATES:
        engines.all()[0].get_template(str(path).partition("/templates/")[2])


def test_static_files_that_a_template_names_exist():
    named = list(in_templates(r"static\(\s*['\"]([^'\"]+)"))

    assert [(path, name) for path, name in named if not list(ROOT.glob(f"*/static/{name}"))] == []


def test_terms_that_a_template_opens_are_in_the_glossary():
    for _, word in in_templates(r"\bterm\(\s*\"([^\"]+)"):
        assert glossary.meaning(word)


def test_no_term_stands_in_a_paragraph():
    """A browser ends a paragraph where a fold begins."""
    inside = in_templates(r"<p\b[^>]*>(.*?)</p>")

    assert [path for path, paragraph in inside if "term(" in paragraph] == []


@pytest.mark.parametrize("what", BANNED)
def test_each_ban_is_seen_to_work(what):
    bad = {
        "a script in the page": "<script>go()</script>",
        "a style in the page": '<p style="x">',
        "a handler in an attribute": '<a onclick="go()">',
        "markup that is not escaped": "{{ x|safe }}",
        "an address that is a script": 'href="javascript:go()"',
        "Django's own template language": "{% load i18n %}",
    }
    assert re.findall(BANNED[what], bad[what])
