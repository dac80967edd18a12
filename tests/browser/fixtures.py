"""What every browser test shares: one Chromium a run, one served Concerted, one window a story.

Loaded by the conftest of the whole project, so that the tests of a package may use it too.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests import chromium as machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories come last: while Chromium runs, Django takes this thread for an asynchronous one."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if not machine.found():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=machine.MISSING))


def _not_run(reporter) -> int:
    return sum(
        isinstance(report.longrepr, tuple) and report.longrepr[2].endswith(machine.MISSING)
        for report in reporter.stats.get("skipped", [])
    )


def pytest_terminal_summary(terminalreporter) -> None:
    if count := _not_run(terminalreporter):
        terminalreporter.write_line(f"{count} browser stories not run: {machine.MISSING}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and _not_run(reporter) and machine.must_be_there():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """The machine's Chromium, started once."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - make test needs none

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.found(), args=machine.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def town(django_db_blocker, worker_id, tmp_path_factory) -> Iterator:
    """Concerted served as it is installed, with the cast of tests/cast.py and their year."""
    from tests.browser.town import served  # noqa: PLC0415

    with django_db_blocker.unblock(), served(worker_id, tmp_path_factory.mktemp("town")) as site:
        yield site


@pytest.fixture
def somebody(chromium, town) -> Iterator[Callable]:
    """A window for one of the cast, signed in already; `somebody(None)` is not."""
    with ExitStack() as windows:
        yield _arrivals(windows, chromium, town)


@pytest.fixture(scope="module")
def regulars(chromium, town) -> Iterator[Callable]:
    """The same, each in one window for all tests of a module: for looking, not for doing."""
    with ExitStack() as windows:
        yield cache(_arrivals(windows, chromium, town))


def _arrivals(windows: ExitStack, chromium, town) -> Callable:
    from tests.browser.person import Person, cookies_of  # noqa: PLC0415

    def arrives(name: str | None, *, width: int = 1280, script: bool = True) -> Person:
        context = chromium.new_context(
            base_url=town.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            storage_state=cookies_of(chromium, town, name) if name else None,
        )
        windows.callback(context.close)
        return Person(context.new_page(), town)

    return arrives
