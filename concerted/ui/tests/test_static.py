"""What the browser is sent: whole, small, and free of what we may not use."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.management import call_command

import concerted.ui
from concerted.ui import gallery

STATIC = Path(concerted.ui.__file__).parent / "static/ui"
FRONTEND = Path(concerted.ui.__file__).parents[2] / "frontend"
FIRST_VISIT = 60 * 1024


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_the_stylesheet_fetches_nothing_and_holds_no_crown():
    css = (STATIC / "concerted.css").read_text("utf-8")
    for banned in ("url(", "@font-face", "GDS Transport", "crest", "@import"):
        assert banned not in css
    assert ".app-badge" in css
    assert "1100px" in css


def test_no_script_points_to_a_file_that_we_do_not_ship():
    for script in STATIC.glob("*.js"):
        assert "sourceMappingURL" not in script.read_text("utf-8")


@pytest.mark.parametrize("name", list(gallery.PAGES))
def test_a_first_visit_stays_small_even_on_a_live_page(secretary, name):
    page = gallery.page(secretary(f"/gallery/{name}"), name).content
    files = [*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("*.svg")]
    total = compressed(page) + sum(compressed(file.read_bytes()) for file in files)
    assert total < FIRST_VISIT


@pytest.mark.parametrize("package", ["govuk-frontend", "htmx.org"])
def test_versions_are_pinned_and_told_in_the_licences(package):
    version = json.loads((FRONTEND / "package.json").read_text())["devDependencies"][package]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert f"| {version} |" in (STATIC / "LICENSES.md").read_text("utf-8")


def test_files_can_be_collected_under_names_that_never_change(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = []
    settings.STATICFILES_FINDERS = [f"{__name__}.OwnFiles"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert {"ui/concerted.css", "ui/app.js", "ui/favicon.svg"} <= set(manifest)


class OwnFiles(AppDirectoriesFinder):
    """Only the files of this package."""

    def __init__(self, *args, **kwargs):
        super().__init__(["concerted.ui"], *args, **kwargs)
