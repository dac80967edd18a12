import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import loader

from concerted.ui import gallery
from concerted.ui.jinja import query
from concerted.ui.tests.page import Page

TODAY = dt.date(2026, 11, 16)


@pytest.fixture(params=list(gallery.PAGES))
def page(request, secretary):
    asked = secretary(f"/gallery/{request.param}")
    return Page(gallery.page(asked, request.param).content.decode())


def test_every_page_of_the_gallery_is_whole(page):
    assert page.unclosed == []
    assert len(page.ids) == len(set(page.ids))
    assert page.one("html").attrs["lang"] == "en-GB"
    assert len(page.all("h1")) == 1


def test_what_names_or_describes_an_element_is_on_the_page(page):
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in element.attrs.get(name, "").split():
                assert target in page.ids, (element.tag, name, target)


def test_a_badge_escapes_its_words_and_takes_a_kind(drawn):
    badge = drawn('badge("7 < 8", "late")').one("span")
    assert badge.words == "7 < 8"
    assert badge.classes == ["app-badge", "app-badge--late"]


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [
        (-10, "10 days overdue", "late"),
        (-1, "1 day overdue", "late"),
        (0, "Today", "soon"),
        (4, "In 4 days", "soon"),
        (12, "In 12 days", ""),
    ],
)
def test_a_due_badge_says_how_far_off(drawn, days, words, kind):
    badge = drawn("due_badge(due, on)", due=TODAY + dt.timedelta(days), on=TODAY).one("span")
    assert badge.words == words
    assert ("app-badge--" + kind in badge.classes) is bool(kind)


def test_a_far_date_has_no_badge(drawn):
    assert drawn("due_badge(due, on)", due=TODAY + dt.timedelta(40), on=TODAY).elements == []


def test_facts_without_a_value_are_left_out(drawn):
    shown = drawn('facts([("Due", "today"), ("Slips", none), ("Note", ""), ("Seats", 0)])')
    assert [dt.words for dt in shown.all("dt")] == ["Due", "Seats"]


def test_a_table_that_stacks_keeps_its_roles_and_names_its_cells(drawn):
    table = drawn('stack_table("After that", ["When", "Meeting"], [["Today", "Board"]])')
    assert table.one("table").attrs["role"] == "table"
    assert table.one("th", role="rowheader").words == "Today"
    assert table.one("td", role="cell").words == "Meeting: Board"
    assert [th.words for th in table.all("th", role="columnheader")] == ["When", "Meeting"]


def test_steps_say_in_words_what_is_done_and_what_is_now(drawn):
    steps = drawn(
        'steps([{"text": "Draft", "state": "done"}, {"text": "cleared", "state": "now"},'
        ' {"text": "confirmed", "state": "next"}, {"text": "released"}], "Where it stands")'
    )
    said = [step.words for step in steps.all("li")]
    assert said == ["Done: Draft", "Now: cleared", "Next: confirmed", "Later: released"]
    assert [step.attrs.get("aria-current") for step in steps.all("li")] == [
        None,
        "step",
        None,
        None,
    ]


def test_a_progress_bar_is_a_progress_element_with_a_name(drawn):
    bar = drawn('progress_bar(17610, 28402, label="Rows read")').one("progress")
    assert (bar.attrs["value"], bar.attrs["max"]) == ("17610", "28402")
    assert bar.attrs["aria-label"] == "Rows read"
    assert bar.words == "62%"


def test_nothing_to_do_is_still_a_progress_bar(drawn):
    assert drawn("progress_bar(0, 0)").one("progress").words == "0%"


def test_a_button_that_acts_is_no_link_and_a_link_is_no_button(drawn):
    row = drawn(
        'button_row([{"text": "Done", "name": "say", "value": "done", "more": "for item 4"},'
        ' {"text": "Back", "href": "/x", "kind": "link"}], "Update")'
    )
    button = row.one("button")
    assert (button.attrs["name"], button.attrs["value"]) == ("say", "done")
    assert " ".join(button.words.split()) == "Done for item 4"
    assert row.one("a").attrs["href"] == "/x"
    assert row.one("div").attrs == {
        "class": "app-button-row",
        "role": "group",
        "aria-label": "Update",
    }


def test_one_act_posts_in_a_form_of_its_own(render):
    html = render(
        '{% from "ui/components.html" import post_button %}'
        '{{ post_button("T", "/undo", "Take it back", "link", {"say": "undo"}) }}'
    )
    page = Page(html)
    assert page.one("form").attrs == {"action": "/undo", "method": "post"}
    assert page.one("input").attrs["value"] == "undo"
    assert page.one("button").attrs["type"] == "submit"


def test_a_chip_says_what_it_takes_away(drawn):
    chip = drawn('chips([{"text": "Agreed", "href": "?"}])').one("a")
    assert chip.words.startswith("Remove filter: Agreed")


def test_pages_keep_the_filter_in_their_links(drawn):
    numbers = Paginator(range(30), 5).page(2)
    links = drawn("pagination(page, params)", page=numbers, params=QueryDict("body=1&body=2"))
    assert links.one("a", rel="next").attrs["href"] == "?body=1&body=2&page=3"
    assert links.one("a", aria_current="page").words == "2"


def test_one_page_needs_no_links(drawn):
    one = Paginator(range(3), 5).page(1)
    assert drawn("pagination(page, params)", page=one, params=QueryDict("")).elements == []


def test_a_query_can_lose_and_gain_parameters():
    given = QueryDict("a=1&b=2")
    assert query(given, a=None, c=["x", "y"]) == "?b=2&c=x&c=y"
    assert given.urlencode() == "a=1&b=2"


def test_a_closed_item_shows_why_whose_and_until_when_and_nothing_else(drawn):
    box = drawn('closed_item(7, "an operation still to come.", "Wyleshire Police", on)', on=TODAY)
    words = box.one("article").words
    assert "7. Closed item (closed to you)" in words
    assert "an operation still to come." in words
    assert "Only Wyleshire Police can add you." in words
    assert "16 November 2026" in words


def test_a_tree_is_a_list_of_lists(drawn):
    tree = drawn('tree([{"text": "Board", "children": [{"text": "Group", "proposed": true}]}])')
    outer, inner = tree.all("ul")
    assert inner in outer.inside
    assert "Proposed" in inner.words


def test_a_mark_says_its_kind_before_the_words(drawn):
    mark = drawn('mark("who", "N1", "T Wren", "#q2", ask=true)').one("mark")
    assert mark.words == "Question N1? T Wren"
    assert drawn('mark("who", "N1", "T Wren")').one("mark").words == "Name N1 T Wren"


def test_the_text_of_others_is_never_markup(drawn):
    text = drawn("source_text([['<script>', mark]])", mark="<b>")
    assert not text.all("script")
    assert not text.all("b")


def test_a_mistyped_name_in_our_own_template_is_an_error(render):
    with pytest.raises(Exception, match="nonsense"):
        render("{{ nonsense }}")


def test_mails_are_text_and_keep_their_apostrophes():
    text = loader.render_to_string(
        "account/email/unknown_account_message.txt", {"email": "o'shea@marlbeck.example"}
    )
    assert "o'shea@marlbeck.example" in text
