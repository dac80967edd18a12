"""The agenda and its builder; each address by the same list."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.agendas.tests.conftest import Agenda
from concerted.audit.models import Line as TrailLine
from concerted.meetings.models import Item

ONLY_SECRETARY = "Only this body’s secretary can change its agenda."
ONLY_OFFICE = "A draft agenda is seen by this body’s secretary and chair only."


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def keys(cast, agenda):
    """The addresses of a draft with three items, by their names."""
    agenda.begins("Patrols", "Shop theft", "Lighting")
    with cast.acting("dilys") as dilys:
        meeting = agenda.at(dilys).key
        first = Item.objects.get(title="Patrols").key
    of_items = {"change", "move", "remove", "withdraw"}
    names = [*of_items, "detail", "build", "begin", "length", "add", "approve", "publish"]
    return {
        name: reverse(f"agendas:{name}", args=[first if name in of_items else meeting])
        for name in names
    }


def token(agenda):
    with agenda.cast.acting("dilys") as dilys:
        return str(agenda.draft(dilys).version)


TYPED = {"title": "Night buses", "kind": "decision", "part": "public", "minutes_allowed": "15"}
READS, SENDS = ["detail", "build", "add", "change"], ["begin", "length", "move", "remove"]
SENDS += ["withdraw", "approve", "publish", "add", "change"]


@pytest.mark.slow
def test_the_builder_shows_items_with_start_times_and_what_to_do(signed_in, agenda, keys):
    page = words(signed_in("dilys").get(keys["build"]))

    assert "Draft agenda for" in page
    places = [page.index(one) for one in ("1. Patrols", "2. Shop theft", "3. Lighting")]
    assert places == sorted(places)
    assert page.count("Starts 2pm") == 3
    assert "Approve this agenda" not in page
    assert "Publish this agenda" not in page


@pytest.mark.slow
def test_the_chair_sees_the_draft_and_the_button_that_approves(signed_in, agenda, keys):
    page = words(signed_in("rowena").get(keys["build"]))

    assert "1. Patrols" in page
    assert "Approve this agenda" in page
    assert "Add an item" not in page
    assert "Take away" not in page


@pytest.mark.parametrize("name", READS)
def test_whoever_is_outside_the_body_finds_nothing(signed_in, keys, name):
    assert signed_in("agnes").get(keys[name]).status_code == 404


@pytest.mark.parametrize("name", SENDS)
def test_whoever_is_outside_the_body_does_nothing(signed_in, keys, name):
    assert signed_in("agnes").post(keys[name]).status_code == 404


@pytest.mark.parametrize("name", ["change", "move", "remove", "withdraw"])
@pytest.mark.parametrize("who", ["tobias", "rowena"])
def test_nobody_but_the_office_reaches_an_item_of_a_draft(signed_in, keys, name, who):
    assert signed_in(who).post(keys[name]).status_code == 404


@pytest.mark.parametrize("name", ["begin", "length", "add", "publish"])
@pytest.mark.parametrize("who", ["tobias", "rowena"])
def test_nobody_but_the_secretary_drafts_or_publishes(signed_in, agenda, keys, name, who):
    page = signed_in(who).post(keys[name], {"token": token(agenda)})

    assert page.status_code == 403
    assert ONLY_SECRETARY in words(page)


def test_a_member_is_told_who_sees_a_draft(signed_in, keys):
    page = signed_in("tobias").get(keys["build"])

    assert page.status_code == 403
    assert ONLY_OFFICE in words(page)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("tobias", ONLY_OFFICE),
        ("dilys", "Only the chair or vice-chair of this body can approve its agenda."),
    ],
)
def test_the_chair_alone_approves(signed_in, agenda, keys, who, sentence):
    page = signed_in(who).post(keys["approve"], {"token": token(agenda)})

    assert page.status_code == 403
    assert sentence in words(page)


@pytest.mark.parametrize("name", ["detail", "build"])
def test_a_page_that_is_read_takes_no_form(signed_in, keys, name):
    assert signed_in("dilys").post(keys[name]).status_code == 405


@pytest.mark.parametrize(
    "name", ["begin", "length", "move", "remove", "withdraw", "approve", "publish"]
)
def test_a_step_is_not_taken_by_looking(signed_in, keys, name):
    assert signed_in("dilys").get(keys[name]).status_code == 405


@pytest.mark.slow
def test_an_item_is_added_on_its_page(signed_in, agenda, keys):
    page = signed_in("dilys").post(keys["add"], TYPED | {"token": token(agenda)}, follow=True)

    assert "Saved: “Night buses”." in words(page)
    assert agenda.titles()[-1] == "4 Night buses"
    assert TrailLine.objects.filter(what="item.added").count() == 4


@pytest.mark.slow
def test_an_item_is_changed_and_its_presenter_named_by_post(cast, signed_in, agenda, keys):
    dilys = signed_in("dilys")
    assert 'value="Patrols"' in dilys.get(keys["change"]).text
    post = cast.posts["secretary"]

    page = dilys.post(
        keys["change"],
        TYPED | {"token": token(agenda), "presenter_post": post.key},
        follow=True,
    )

    assert "1. Night buses" in words(page)
    assert "Presented by Partnership secretary, Marlbeck Borough Council" in words(page)


def test_what_is_missing_is_said_beside_its_field(signed_in, agenda, keys):
    typed = TYPED | {"token": token(agenda), "title": "", "minutes_allowed": "soon"}

    page = words(signed_in("dilys").post(keys["add"], typed))

    assert "Give the item a title." in page
    assert "Give the minutes as a whole number, for example 15." in page


def test_a_post_and_a_person_at_once_are_refused_with_words(cast, signed_in, agenda, keys):
    both = {
        "presenter_post": cast.posts["secretary"].key,
        "presenter_person": cast.people["tobias"].key,
    }

    page = signed_in("dilys").post(keys["add"], TYPED | both | {"token": token(agenda)})

    assert "Choose a post or a person, not both." in words(page)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["add", "change"])
def test_who_is_second_is_told_and_keeps_what_was_typed(signed_in, agenda, keys, name):
    seen = token(agenda)
    agenda.adds("Added meanwhile")
    dilys = signed_in("dilys")

    page = dilys.post(keys[name], TYPED | {"token": seen})

    assert page.status_code == 409
    assert "What you typed is still here" in words(page)
    assert 'value="Night buses"' in page.text
    assert dilys.post(keys[name], TYPED | {"token": token(agenda)}).status_code == 302


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "more"), [("move", {"place": "1"}), ("remove", {}), ("length", {}), ("publish", {})]
)
def test_a_step_on_an_agenda_that_changed_does_nothing_and_says_so(
    signed_in, agenda, keys, name, more
):
    seen = token(agenda)
    agenda.adds("Added meanwhile")
    before = agenda.titles()

    page = signed_in("dilys").post(keys[name], more | {"token": seen})

    assert page.status_code == 409
    assert "Somebody changed this agenda while you had this page open" in words(page)
    assert agenda.titles() == before


def test_an_item_is_moved_by_a_button(signed_in, agenda, keys):
    answer = signed_in("dilys").post(keys["move"], {"token": token(agenda), "place": "3"})

    assert answer["Location"].startswith(keys["build"] + "#i-")
    assert agenda.titles() == ["1 Shop theft", "2 Lighting", "3 Patrols"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("", "Give the place as a number, for example 3."),
        ("last", "Give the place as a number, for example 3."),
        ("0", "The first place is 1."),
    ],
)
def test_a_place_that_is_none_is_explained(signed_in, agenda, keys, place, sentence):
    page = signed_in("dilys").post(keys["move"], {"token": token(agenda), "place": place})

    assert page.status_code == 422
    assert sentence in words(page)


@pytest.mark.slow
def test_the_length_is_saved_and_the_total_held_against_it(signed_in, agenda, keys):
    agenda.adds("Budget", minutes_allowed=100)

    page = signed_in("dilys").post(
        keys["length"], {"token": token(agenda), "length_minutes": "90"}, follow=True
    )

    assert "100 minutes of 90 are allowed for, which is 10 minutes too long." in words(page)


@pytest.mark.slow
@pytest.mark.parametrize("length", ["0", "long", "601"])
def test_a_length_that_is_none_is_explained(signed_in, agenda, keys, length):
    page = signed_in("dilys").post(
        keys["length"], {"token": token(agenda), "length_minutes": length}
    )

    assert page.status_code == 422
    assert "minute" in words(page)


@pytest.mark.slow
def test_an_item_is_taken_away(signed_in, agenda, keys):
    signed_in("dilys").post(keys["remove"], {"token": token(agenda)})

    assert agenda.titles() == ["1 Shop theft", "2 Lighting"]


def test_a_draft_cannot_be_withdrawn(signed_in, agenda, keys):
    page = signed_in("dilys").post(keys["withdraw"], {"token": token(agenda)})

    assert page.status_code == 403
    assert "This item is not published yet. Take it away instead." in words(page)


def test_what_is_not_approved_is_not_published(signed_in, agenda, keys):
    page = signed_in("dilys").post(keys["publish"], {"token": token(agenda)})

    assert page.status_code == 403
    assert "The chair has not approved this agenda yet." in words(page)


@pytest.mark.slow
def test_members_read_an_agenda_once_it_is_published_and_not_before(signed_in, agenda, keys):
    tobias = signed_in("tobias")
    with agenda.cast.acting("dilys") as dilys:
        meeting = agenda.at(dilys).get_absolute_url()
    for address in (keys["detail"], meeting):
        assert "Patrols" not in tobias.get(address).text
    assert "No agenda is published yet." in words(tobias.get(keys["detail"]))

    approved = signed_in("rowena").post(keys["approve"], {"token": token(agenda)}, follow=True)
    assert "Approved. The secretary can publish it now." in words(approved)
    published = signed_in("dilys").post(keys["publish"], {"token": token(agenda)}, follow=True)
    assert "Published. The members can read it now." in words(published)

    for address in (keys["detail"], meeting):
        assert "1. Patrols" in words(tobias.get(address))
    assert "Approved by Rowena Thackley, published by Dilys Ambrey." in words(
        tobias.get(keys["detail"])
    )


@pytest.mark.slow
def test_a_draft_leaves_the_pages_of_members_as_they_were(cast, signed_in, agenda):
    with cast.acting("dilys") as dilys:
        meeting = agenda.at(dilys)
    at = reverse("agendas:detail", args=[meeting.key])
    addresses = [meeting.get_absolute_url(), reverse("meetings:list"), at, at + "build/"]

    def pages():
        """What is new each time, tokens and references, taken out."""
        tobias = signed_in("tobias")
        new = r'value="\w{64}"|reference: \S+|ession="\d+"'
        return [re.sub(new, "", tobias.get(one).text, flags=re.I) for one in addresses]

    before = pages()
    agenda.begins("Patrols", "Shop theft")

    for was, now in zip(before, pages(), strict=True):
        assert now == was


@pytest.mark.parametrize("name", ["change", "move", "remove"])
def test_what_is_published_stays_and_the_page_says_what_to_do(signed_in, agenda, keys, name):
    agenda.published()

    page = signed_in("dilys").post(keys[name], {"token": "1"})

    assert page.status_code == 403
    assert "Withdraw it and add another: the supplement says what changed." in words(page)


@pytest.mark.slow
def test_a_supplement_withdraws_an_item_which_is_then_said(signed_in, agenda, keys):
    agenda.published()
    dilys = signed_in("dilys")
    dilys.post(keys["begin"])
    dilys.post(keys["withdraw"], {"token": token(agenda)})
    assert "Withdrawn" not in signed_in("tobias").get(keys["detail"]).text
    agenda.published()

    page = words(signed_in("tobias").get(keys["detail"]))

    assert "1. Patrols Withdrawn This item is no longer on the agenda." in page
    assert "Supplement 1" in page


@pytest.mark.slow
@pytest.mark.parametrize(("name", "who"), [("build", "dilys"), ("detail", "tobias")])
def test_the_queries_do_not_grow_with_the_items(cast, signed_in, planned, name, who):
    counts = []
    for number, ahead in ((1, 30), (12, 40)):
        one = Agenda(cast, planned(ahead=ahead)).begins(*[f"Item {n}" for n in range(number)])
        if name == "detail":
            one.published()
        with cast.acting("dilys") as dilys:
            address = reverse(f"agendas:{name}", args=[one.at(dilys).key])
        client = signed_in(who)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(
            len([one for one in asked if not re.match("BEGIN|SAVEPOINT|RELEASE", one["sql"])])
        )

    assert counts[0] == counts[1]
