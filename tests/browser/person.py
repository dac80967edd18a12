"""Somebody in front of a page: the steps of the stories, in the words of the pages."""

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Locator, Page, Response, expect

# Pages draw at once: a story that waits longer than this waits for something that will not come.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = """(width) => [...document.querySelectorAll("main *")]
  .filter((each) => each.getBoundingClientRect().right > width)
  .map((each) => `${each.tagName}.${each.className} ${each.innerText ?? ""}`.slice(0, 90))
"""
UNFOLDED = """() => {
  document.body.classList.remove("govuk-frontend-supported");
  for (const each of document.querySelectorAll("main details")) each.open = true;
  for (const each of document.querySelectorAll("[hidden=until-found], [class*=--hidden]")) {
    each.hidden = false;
  }
}"""
AXE = AXE_FILE_PATH.read_text() + ";0"
LOOK = """async ([rules, colours]) => {
  const found = await axe.run({
    runOnly: rules, resultTypes: ["violations"], elementRef: false,
    rules: {"color-contrast": {enabled: colours}},
  });
  return found.violations.flatMap(
    (each) => each.nodes.slice(0, 3).map((node) => `${each.id}: ${node.target}`));
}"""


# The kinds of element that are drawn: what decides of which colours they are.
DRAWN = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.getClientRects().length)
  .map((each) => `${each.tagName}.${each.getAttribute("class") ?? ""}`)
"""


class Place(Protocol):
    """Where Concerted is served, and how its people sign in."""

    url: str
    password: str
    cookies: dict[str, Any]

    def address(self, name: str) -> str: ...

    def code(self, name: str) -> str: ...


def cookies_of(browser: Browser, town: Place, name: str) -> Any:
    """The session of one of the cast: signed in through the form once, then kept."""
    if name not in town.cookies:
        context = browser.new_context(base_url=town.url)
        Person(context.new_page(), town).signs_in(name)
        town.cookies[name] = context.storage_state()
        context.close()
    return town.cookies[name]


class Person:
    """A window, and what somebody does in it. Complaints of the browser end the story."""

    def __init__(self, page: Page, town: Any) -> None:
        self.page = page
        self.page.set_default_timeout(PATIENCE)
        self.town = town
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._answered)

    def _console(self, line: Any) -> None:
        # A refused page is named on the console too; what it says is the story's business.
        if line.type in ("error", "warning") and "status of 4" not in line.text:
            self.complaints.append(line.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    # Going about

    def goes_to(self, path: str) -> Response:
        response = self.page.goto(path)
        assert response
        return response

    def signs_in(self, name: str) -> None:
        self.goes_to("/sign-in/")
        self.page.get_by_label("E-mail address").fill(self.town.address(name))
        self.page.get_by_label("Password", exact=True).fill(self.town.password)
        self.presses("Sign in")
        self.page.get_by_label("Code", exact=True).fill(self.shown_code or self.town.code(name))
        self.presses("Go on")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    @property
    def shown_code(self) -> str:
        """The code that the demonstration shows in place of an app; empty elsewhere."""
        expect(self.heading).to_have_text("Is it you?")
        shown = self.page.locator("main strong")
        return shown.inner_text() if shown.count() else ""

    def presses(self, words: str) -> None:
        self.clicks(self.page.get_by_role("button", name=words, exact=True))

    def follows(self, words: str | re.Pattern[str]) -> None:
        self.clicks(self.page.get_by_role("link", name=words).first)

    def clicks(self, what: Locator) -> None:
        """Click, and stay until all of the page is there: a page half drawn has no questions."""
        what.click()
        self.page.wait_for_load_state()

    @property
    def heading(self) -> Any:
        return self.page.get_by_role("heading", level=1)

    @property
    def words(self) -> str:
        """What the page says, between its head and its foot."""
        return self.page.locator("main").inner_text()

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    # Handing over

    def hands_over(self, *files: Path | tuple[str, bytes]) -> None:
        """Choose files and hand them over; what follows is the page of their progress."""
        self.goes_to("/meetings/imports/")
        given: list[Any] = [
            str(one)
            if isinstance(one, Path)
            else {"name": one[0], "mimeType": "text/plain", "buffer": one[1]}
            for one in files
        ]
        self.page.get_by_label("Minutes, agendas or reports").set_input_files(given)
        self.presses("Hand over")

    def waits_until_read(self) -> None:
        """Stay on the page of the progress; without script, ask again as the page offers."""
        done = self.page.get_by_role("link", name="See what was read")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not done.is_visible():
            again = self.page.get_by_role("link", name="Show it as it is now")
            self.page.wait_for_timeout(300)
            if not self.scripted and again.is_visible():
                self.clicks(again)
        self.clicks(done)
        expect(done).to_have_count(0)
        self.page.wait_for_load_state()

    @property
    def scripted(self) -> bool:
        return bool(self.page.locator("body.govuk-frontend-supported").count())

    # Checking

    def opens_all(self) -> None:
        for summary in self.page.locator("main details:not([open]) > summary").all():
            summary.click()

    def unfolds_as_without_script(self) -> None:
        """Draw the page as it is where no script runs: nothing of it folds away."""
        self.page.evaluate(UNFOLDED)

    def answers_what_is_asked(self, **said: str) -> None:
        """Answer each question: as said, or in the first way offered."""
        for name, value in said.items():
            self.chooses(name, value)
        asked = self.page.locator("[aria-labelledby=unsure]")
        for name in _names(asked.locator("input[type=radio]")):
            if not asked.locator(f"input[name={name}]:checked").count():
                asked.locator(f"input[name={name}]").first.check(force=True)
        for select in asked.locator("select").all():
            if not select.input_value() and select.get_attribute("name") != "body_kind":
                select.select_option(index=1)

    def chooses(self, name: str, value: str) -> None:
        field = self.page.locator(f"[name={name}]")
        if field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            self.page.locator(f"input[name={name}][value='{value}']").check(force=True)

    def ticks_offers(self, count: int) -> None:
        for box in self.page.locator("input[type=checkbox][name^=o][name$=_follow]").all()[:count]:
            box.check(force=True)

    def settles_personal_details(self, what: str) -> None:
        """One answer for all; where there is a single one, it has no such line."""
        if self.page.locator("[name=p_rest]").count():
            self.chooses("p_rest", what)
        elif self.page.locator("[name=p0]").count():
            self.chooses("p0", what)

    def accepts(self) -> None:
        self.presses("Accept and make records")
        refused = self.page.locator(".govuk-error-summary")
        done = self.page.get_by_role("alert").filter(has_text="Made into records.")
        expect(refused.or_(done)).to_be_visible()
        assert not refused.count(), refused.inner_text()

    # Looking

    def has_nothing_against_it(self) -> None:
        """No script fault, no line of the strict policy, nothing the server broke at."""
        assert self.complaints == []

    def finds_no_barrier(self, known: set[str] | None = None) -> None:
        """Nothing that keeps anybody from using the page as it is now.

        With `known`, the kinds of element whose colours were looked at, colours are looked at only
        where the page draws another: that takes three times as long as all the rest.
        """
        drawn = self.draws()
        colours = known is None or not drawn <= known
        if known is not None:
            known |= drawn
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        faults = self.page.evaluate(LOOK, [RULES, colours])
        assert faults == [], f"{self.page.url}: {faults}"

    def draws(self) -> set[str]:
        """The kinds of element on the page as it is now."""
        return set(self.page.evaluate(DRAWN))

    def fits(self, width: int) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (
            f"{self.page.url} is {wide} px wide: {self.page.evaluate(WIDE, width)}"
        )


# Where the focus is, and whether it shows: on the field itself, or on what is drawn for it.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shows = (style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) ||
    style.boxShadow !== "none";
  const drawn = e.labels?.[0] ? getComputedStyle(e.labels[0], "::before") : null;
  const seen = (e.labels?.[0] && parseFloat(getComputedStyle(e).opacity) === 0) ? e.labels[0] : e;
  const box = seen.getBoundingClientRect();
  return {
    tag: e.tagName, type: e.type ?? "", name: e.name ?? "", value: e.value ?? "",
    words: (e.innerText || e.getAttribute("aria-label") || "").trim(),
    asked: e.closest("[aria-labelledby=unsure]") !== null,
    answered: e.type === "radio"
      ? document.querySelector(`input[name="${e.name}"]:checked`) !== null : e.value !== "",
    shows: shows(getComputedStyle(e)) || (drawn !== null && shows(drawn)),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


class Keyboard:
    """Somebody who uses no mouse: Tab, Enter, Space, letters and arrows."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.stops = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def tab(self) -> dict[str, Any]:
        """One step on. Wherever it leads, it shows where it is."""
        self.page.wait_for_load_state()
        self.press("Tab")
        self.stops += 1
        at: dict[str, Any] = self.page.evaluate(FOCUS) or {}
        if at:
            assert at["shows"], f"No focus to be seen on {at}"
            assert at["inside"], f"The focus is out of the window, on {at}"
        return at

    def tab_to(self, **wanted: str) -> dict[str, Any]:
        for _ in range(400):
            at = self.tab()
            if at and all(at[name] == value for name, value in wanted.items()):
                return at
        raise AssertionError(f"Tab does not reach {wanted}")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


def _names(fields: Any) -> list[str]:
    return list(dict.fromkeys(one.get_attribute("name") for one in fields.all()))


def until(true: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait for something outside the page."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "It did not come about."
        time.sleep(0.1)
    return found


def in_order(found: Sequence[str], words: str) -> bool:
    """Whether pieces stand in a text one after the other."""
    place = 0
    for piece in found:
        place = words.find(piece, place)
        if place < 0:
            return False
    return True
