"""Finding words of restricted things: however they are broken up, and in time."""

import random
import string
from collections import Counter

import pytest

from concerted.editions import finding
from concerted.editions.finding import Scanned, Watch, Watched, scanned, sentences, watchable
from concerted.kernel.keys import new_key

TITLE = "Operation Widgeon plan"
HEAD = "<!doctype html><html>"


def found(text, words=TITLE, path="/"):
    watch = Watch([Watched("meetings.item", "", 7, words)])
    return bool(watch.over([scanned(path, text.encode())]))


@pytest.mark.parametrize(
    "text",
    [
        "the operation WIDGEON plan.",
        f"{HEAD}<p>the Opera<b>tion</b> Wid&shy;geon&nbsp;<i>plan</i>",
        f"{HEAD}<td>Board</td><td>Operation Widgeon plan</td><td>2</td>",
        f"{HEAD}<meta name='description' content='operation  widgeon PLAN'>",
        f'{HEAD}<img alt="Operation&#32;Widgeon&#x20;plan">',
        f"{HEAD}<a href='/search/?q=Operation+Widgeon+plan'>",
        f"{HEAD}<a href='/x/Operation%20Widgeon%20plan'>",
        "<?xml version='1.0'?><c>&lt;b&gt;Operation&lt;/b&gt; Widge&amp;shy;on plan</c>",
        "SUMMARY:Operation Wid\\,geon\\nplan",
        "SUMMARY:Operation Wid\r\n geon pl\r\n an",
        "operation-widgeon-plan-2020-03-10.html",
        "if a < Operation Widgeon > plan",
        "Opération\nWidgeon\n   plan",
        "Operation\u200bWidgeon\u00adplan",
        '{"title": "Op\\u0065ration Widgeon plan"}',
        '{"title": "Operation Widgeon plan"}',
    ],
)
def test_a_title_is_found_however_its_words_are_parted(text):
    assert found(text)


@pytest.mark.parametrize(
    "text", ["cooperation widgeon plan", "operation widgeon planet", "operation pigeon plan", ""]
)
def test_other_words_are_not_that_title(text):
    assert not found(text)


def test_a_title_in_the_address_of_a_page_is_found():
    assert found("nothing", path="/papers/x/1/operation-widgeon-plan.html")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Northfields", ""),
        ("North Street", "North Street"),
        ("  North   Street ", "North Street"),
        ("... --- ... ---", ""),
        ("a b c d e f g", "a b c d e f g"),
    ],
)
def test_words_are_looked_for_from_twelve_characters(words, kept):
    assert watchable(words) == kept


def test_a_passage_is_looked_for_sentence_by_sentence():
    passage = "He lives at 4 Mill Lane. Yes. Call 01632 960123!"

    assert sentences(passage) == ["He lives at 4 Mill Lane.", "Call 01632 960123!"]
    assert found("<p>he LIVES at 4 Mill&nbsp;Lane", sentences(passage)[0])


def test_keys_are_found_exactly_also_inside_other_letters():
    key = new_key()
    watch = Watch([Watched("papers.paper", key, 7)])

    assert watch.over([Scanned("/", f"<a href='/papers/{key}/'>")])
    assert watch.over([Scanned("/", f"zz{key}zz")])
    assert not watch.over([Scanned("/", key[:-1])])
    assert not watch.over([Scanned("/", key.upper())])


def test_a_hit_says_on_which_pages_and_what_stands_about_it():
    watch = Watch([Watched("meetings.item", "k", 7, TITLE)])
    pages = [
        scanned("/a/", f"<p>Then {TITLE} was put off.".encode()),
        scanned("/b/", TITLE.encode()),
    ]

    [hit] = watch.over([*pages, scanned("/c/", b"nothing")])

    assert hit.paths == ["/a/", "/b/"]
    assert "Then Operation Widgeon plan was put off." in hit.around


class Counted(str):
    """A text that counts how often pieces are cut out of it."""

    cuts: Counter[str] = Counter()

    def __getitem__(self, key):
        if isinstance(key, slice):
            Counted.cuts["slices"] += 1
        return super().__getitem__(key)


@pytest.mark.parametrize("titles", [50, 5000])
def test_the_work_grows_with_the_pages_and_not_with_what_is_looked_for(titles):
    random.seed(3)
    voc = ["".join(random.choices(string.ascii_lowercase, k=6)) for _ in range(3000)]
    watched = [
        Watched("x", new_key(), 1, " ".join(random.choices(voc, k=4))) for _ in range(titles)
    ]
    page = Counted(finding.bare(" ".join(random.choices(voc, k=4000))))
    watch = Watch(watched)

    Counted.cuts.clear()
    watch._words_in(page)

    assert len(page) * 0.99 < Counted.cuts["slices"] < len(page) * 1.02
