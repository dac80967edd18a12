"""A machine without Chromium: the run says what it left out, and fails only where CI is set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import chromium

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def run(*words, **said):
    """Run a command of ours where no Chromium is to be found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    kept.pop("CI", None)
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=kept | {"CHROMIUM": "no-such-browser"} | said,
        capture_output=True,
        text=True,
        check=False,
    )


def test_stories_are_left_out_with_a_line():
    done = run("pytest", "-q", str(HERE / "test_refusals.py"))
    assert "3 browser stories not run: install chromium" in done.stdout
    assert done.returncode == 0


def test_with_ci_set_that_is_a_failure():
    done = run("pytest", "-q", str(HERE / "test_refusals.py"), CI="true")
    assert "3 browser stories not run: install chromium" in done.stdout
    assert done.returncode == pytest.ExitCode.TESTS_FAILED


def test_what_installs_it_fails_only_where_ci_is_set():
    assert run("tests.chromium").returncode == 0
    assert run("tests.chromium", CI="true").returncode == 1


def test_a_browser_of_ones_own_choice_is_found(monkeypatch):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.found() == sys.executable
