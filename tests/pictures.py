"""docs/screenshots: the main job in the demonstration, photographed as it is done.

`make pictures` serves a fresh demonstration, hands over its minutes to try, checks and accepts
them, and keeps what a chair, a secretary and a member see. Everything in them is invented.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.browser.person import Person, cookies_of

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "screenshots"
TO_TRY = ROOT / "concerted" / "demonstration" / "minutes-to-try.txt"
LARGEST = 400_000
WIDE, PHONE = (1280, 900), (375, 812)
PATIENCE = 300  # the first start of all builds a database and a year of life


class Demonstration:
    """The demonstration as it is served; its people sign in as the start of it says."""

    password = "safer-marlbeck-2026"

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies: dict[str, Any] = {}

    def address(self, name: str) -> str:
        return f"{name}@marlbeck.example"

    def code(self, name: str) -> str:
        raise AssertionError("The demonstration shows its codes.")


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Serve a demonstration of our own, from a folder that goes away."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    given = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("CONCERTED_", "DATABASE_", "DJANGO_"))
    }
    with tempfile.TemporaryDirectory() as home, open(Path(home) / "log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "concerted.cli", "demo", "--port", str(port)],
            cwd=ROOT,
            env=given | {"CONCERTED_HOME": str(Path(home) / "demo")},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://localhost:{port}", process, Path(home) / "log")
            yield Demonstration(f"http://localhost:{port}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(f"{url}/words", timeout=5),
        ):
            return
        time.sleep(0.3)
    sys.exit(f"The demonstration is not served.\n{log.read_text()}")


class Photographer:
    """Opens windows for people and keeps what stands in them."""

    def __init__(self, browser: Browser, town: Demonstration) -> None:
        self.browser = browser
        self.town = town

    def window(self, name: str, size: tuple[int, int] = WIDE) -> Person:
        context = self.browser.new_context(
            base_url=self.town.url,
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=2 if size == PHONE else 1,
            reduced_motion="reduce",
            storage_state=cookies_of(self.browser, self.town, name),
        )
        return Person(context.new_page(), self.town)

    def keep(self, name: str, page: Page, *, at: str = "") -> None:
        """Keep what the window shows, or with `at` what it shows scrolled to that place."""
        if at:
            page.locator(at).first.evaluate("place => place.scrollIntoView()")
        path = KEPT / f"{name}.png"
        page.screenshot(path=path)
        if path.stat().st_size > LARGEST:
            sys.exit(f"{path.name} is larger than {LARGEST // 1000} kB.")
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")


def take(camera: Photographer) -> None:
    """The job from beginning to end, each page once."""
    dilys = camera.window("dilys")
    dilys.hands_over(TO_TRY)
    dilys.waits_until_read()
    address = dilys.page.url
    camera.keep("review", dilys.page, at=".app-panes")
    phone = camera.window("dilys", PHONE)
    phone.goes_to(address)
    camera.keep("review-phone", phone.page, at="#unsure")
    dilys.answers_what_is_asked()
    dilys.ticks_offers(2)
    dilys.settles_personal_details("replace")
    dilys.accepts()
    rowena = camera.window("rowena")
    rowena.goes_to("/")
    camera.keep("home", rowena.page)
    rowena.goes_to("/meetings/decisions/")
    camera.keep("decisions", rowena.page)
    rowena.clicks(rowena.page.locator(".app-result a").first)
    rowena.goes_to(rowena.page.url.partition("#")[0])
    camera.keep("meeting", rowena.page)
    camera.keep("meeting-items", rowena.page, at="article.app-item >> nth=2")
    tobias = camera.window("tobias")
    tobias.goes_to("/actions/")
    camera.keep("my-actions", tobias.page)
    phone = camera.window("tobias", PHONE)
    phone.goes_to("/actions/")
    camera.keep("my-actions-phone", phone.page, at="h1")


def main() -> None:
    if not chromium.found():
        sys.exit(f"No pictures without a browser: {chromium.MISSING}.")
    KEPT.mkdir(parents=True, exist_ok=True)
    with demonstration() as town, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.FLAGS)
        take(Photographer(browser, town))
        browser.close()


if __name__ == "__main__":
    main()
