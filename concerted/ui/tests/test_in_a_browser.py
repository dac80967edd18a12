"""The gallery in a real browser: accessibility rules, narrow windows, keyboard, strict policy."""

from pathlib import Path

import pytest

import concerted.ui
from concerted.ui import gallery

pytestmark = pytest.mark.browser

STATIC = Path(concerted.ui.__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
# The last thing that the page's script does before it starts the components.
STARTED = "document.body.classList.contains('govuk-frontend-supported')"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def visit(chromium, secretary):
    """Open a page of the gallery; nothing leaves the machine, all is served from here."""
    opened = []

    def opening(name, width=1280, policy=True):
        html = gallery.page(secretary(f"/gallery/{name}"), name).content.decode()

        def serve(route):
            path = route.request.url.partition("ui.test")[2].partition("?")[0]
            if path.startswith("/static/"):
                return route.fulfill(path=STATIC / path.removeprefix("/static/"))
            return route.fulfill(
                body=html,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )

        context = chromium.new_context(
            viewport={"width": width, "height": 900}, bypass_csp=not policy
        )
        opened.append(context)
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda line: line.type in ("error", "warning") and page.complaints.append(line.text),
        )
        page.route("**/*", serve)
        page.goto("http://ui.test/")
        page.wait_for_function(STARTED)
        return page

    yield opening
    for context in opened:
        context.close()


@pytest.mark.parametrize("width", [1280, 375, 320])
@pytest.mark.parametrize("name", list(gallery.PAGES))
def test_axe_finds_nothing(visit, name, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    result = axe.run(visit(name, width, policy=False), options={"runOnly": RULES})
    assert [each["id"] for each in result.response["violations"]] == []


@pytest.mark.parametrize("name", list(gallery.PAGES))
def test_nothing_leaves_a_narrow_window(visit, name):
    assert visit(name, 320).evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", list(gallery.PAGES))
def test_a_strict_policy_has_nothing_to_complain_about(visit, name):
    page = visit(name)
    assert page.complaints == []
    assert page.evaluate("document.body.classList.contains('govuk-frontend-supported')")


def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit):
    page = visit("records")
    reached = 0
    while True:
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
              const e = document.activeElement, s = getComputedStyle(e);
              return e === document.body ? null
                : s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 3;
            }"""
        )
        if focus is None:
            break
        assert focus
        reached += 1
    assert reached >= page.locator("main a, main button, main input").count()


def test_a_term_opens_with_the_keyboard(visit):
    page = visit("pieces", 375)
    page.locator(".app-term summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".app-term__meaning").first.is_visible()


def test_the_summary_of_mistakes_has_the_focus(visit):
    page = visit("mistakes")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
