"""What holds for every template of every package."""

import re
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


@pytest.fixture(params=TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def template(request):
    return request.param


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("what", BANNED)
def test_no_template_holds(template, what):
    assert not re.findall(BANNED[what], template.read_text("utf-8")), what


def test_the_template_can_be_compiled(template):
    name = str(template).partition("/templates/")[2]
    engines.all()[0].get_template(name)


def test_static_files_that_it_names_exist(template):
    for name in re.findall(r"static\(\s*['\"]([^'\"]+)", template.read_text("utf-8")):
        assert list(ROOT.glob(f"*/static/{name}")), name


def test_terms_that_it_opens_are_in_the_glossary(template):
    for word in re.findall(r"\bterm\(\s*\"([^\"]+)", template.read_text("utf-8")):
        assert glossary.meaning(word)


def test_no_term_stands_in_a_paragraph(template):
    """A browser ends a paragraph where a fold begins."""
    for paragraph in re.findall(r"<p\b[^>]*>(.*?)</p>", template.read_text("utf-8"), re.S):
        assert "term(" not in paragraph


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
