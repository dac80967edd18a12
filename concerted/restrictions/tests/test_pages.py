"""The two pages where it is said who sees a thing, and what is tried on them."""

import datetime
import re

import pytest

from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.meetings.models import Item
from concerted.restrictions.models import Ground, Restriction
from concerted.restrictions.states import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(cast):
    """What a secretary types into the form; parts of it can be given differently."""

    def make(**more):
        police, post = cast.organisations["police"], cast.posts["secretary"]
        return {
            "token": "",
            "level": "closed",
            "tier": "sensitive",
            "owner": police.key,
            "ground": Ground.objects.get(words__contains="preventing").key,
            "public_interest": "An operation is under way.",
            "review_on": f"{today() + datetime.timedelta(days=90):%d %m %Y}",
            "whom_to_ask": "Superintendent, operations",
            "sees": [
                f"organisation:{police.key}",
                f"post:{post.key}:{cast.people['dilys'].key}",
            ],
        } | more

    return make


def page_of(item, change=False):
    return f"/restrictions/items/{item.key}/{'change' if change else ''}"


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_says_who_sees_it_and_that_it_was_never_restricted(item, signed_in):
    page = words(signed_in("tobias").get(page_of(item)))

    assert "Who may see this item" in page
    assert "Those who sit on Safer Marlbeck Board" in page
    assert "It was never restricted" in page
    assert "Only the secretary of this body can say who sees this item." in page


@pytest.mark.slow
def test_the_secretary_closes_an_item_on_the_page(item, signed_in, typed):
    dilys = signed_in("dilys")

    response = dilys.post(page_of(item, change=True), typed(), follow=True)

    page = words(response)
    assert response.redirect_chain == [(page_of(item), 302)]
    assert "Recorded: who may see this item." in page
    assert "Wyleshire Police. Only its people can widen who sees it." in page
    assert "An operation is under way." in page
    assert signed_in("tobias").get(page_of(item)).status_code == 404


def test_what_is_missing_is_said_and_nothing_typed_is_lost(item, signed_in, typed):
    response = signed_in("dilys").post(page_of(item, change=True), typed(ground="", owner=""))

    page = response.content.decode()
    assert response.status_code == 200
    assert "Choose the organisation that it belongs to." in page
    assert "An operation is under way." in page


def test_a_refusal_of_the_rules_is_a_sentence(item, signed_in, typed):
    response = signed_in("dilys").post(page_of(item, change=True), typed(public_interest=" "))

    assert response.status_code == 403
    assert "Say why keeping it back serves the public more than showing it." in words(response)
    assert 'value="Superintendent, operations"' in response.content.decode()
    assert Line.objects.filter(what="request.refused", kind="restrictions:change_item").exists()


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti", "gareth"])
def test_a_member_sees_the_page_and_is_refused_the_change(item, signed_in, typed, who):
    client = signed_in(who)

    assert client.get(page_of(item)).status_code == 200
    for response in (
        client.get(page_of(item, change=True)),
        client.post(page_of(item, change=True), typed()),
    ):
        assert response.status_code == 403
        assert "Only the secretary of this body can say who sees this item." in words(response)


@pytest.mark.parametrize("who", ["agnes", "sid", "owen"])
def test_an_outsider_is_told_nothing(item, signed_in, typed, who):
    client = signed_in(who)
    nothing = client.get(page_of(item).replace(item.key, "zzzzzzzzzzzzzz"))

    for address in (page_of(item), page_of(item, change=True)):
        assert client.get(address).status_code == nothing.status_code == 404
    assert client.post(page_of(item, change=True), typed()).status_code == 404


def test_other_methods_are_refused(item, signed_in):
    dilys = signed_in("dilys")

    assert dilys.post(page_of(item)).status_code == 405
    assert dilys.put(page_of(item, change=True)).status_code == 405


# Tried


def test_keys_of_things_one_cannot_pick_are_no_choice(item, signed_in, typed, cast):
    silver = cast.bodies["silver"].key
    maud = signed_in("maud")

    response = maud.post(
        page_of(item, change=True), typed(sees=[f"body:{silver}", *typed()["sees"]])
    )

    assert response.status_code == 200
    assert "Choose only from the list." in words(response)
    assert "Silver" not in words(response)


def test_fields_that_the_form_does_not_have_change_nothing(item, signed_in, typed, cast):
    before = cast.accounts["dilys"].pk
    signed_in("dilys").post(
        page_of(item, change=True),
        typed(audience=1, audience_id=1, set_by=999, number=50, kind="papers.paper"),
    )

    with cast.acting("dilys"):
        made = Restriction.objects.get(thing_key=item.key)
    assert (made.number, made.kind, made.set_by.account_id) == (1, "meetings.item", before)


def test_a_key_of_another_kind_is_not_found(item, meeting, signed_in):
    dilys = signed_in("dilys")

    for kind in ("papers", "actions", "appendices", "meetings"):
        assert dilys.get(f"/restrictions/{kind}/{item.key}/").status_code == 404


def test_a_post_of_the_past_holder_keeps_no_way_in(item, signed_in, typed, cast):
    agnes = cast.people["agnes"].key
    post = cast.posts["secretary"].key

    response = signed_in("dilys").post(
        page_of(item, change=True), typed(sees=[*typed()["sees"], f"post:{post}:{agnes}"])
    )

    assert "Choose only from the list." in words(response)


@pytest.mark.slow
def test_of_two_who_edit_at_once_the_second_is_told_and_keeps_what_they_typed(
    item, signed_in, typed, restrict
):
    dilys = signed_in("dilys")
    restrict(item, "Wyleshire Police", "Partnership secretary", "Probation Service")

    response = dilys.post(page_of(item, change=True), typed(public_interest="What I was writing."))

    page = response.content.decode()
    assert response.status_code == 200
    assert "While you had this page open, Dilys Ambrey set it to closed" in words(response)
    assert "What I was writing." in page
    [token] = re.findall(r'name="token" value="(\w+)"', page)
    assert (
        dilys.post(
            page_of(item, change=True), typed(public_interest="What I was writing.", token=token)
        ).status_code
        == 302
    )


def test_whoever_lost_sight_of_it_meanwhile_finds_nothing(item, signed_in, typed, restrict):
    tobias = signed_in("tobias")
    assert tobias.get(page_of(item)).status_code == 200

    restrict(item)

    assert tobias.post(page_of(item, change=True), typed()).status_code == 404


def test_a_list_of_what_is_closed_names_no_title(item, meeting, signed_in, restrict, cast):
    restrict(item, level=Level.CLOSED)

    with cast.acting("tobias"):
        assert not Item.objects.filter(pk=item.pk).exists()
    assert "Burglary" not in words(signed_in("tobias").get(meeting.get_absolute_url()))


@pytest.mark.slow
def test_what_an_organisation_keeps_back_is_listed_for_its_people(item, signed_in, restrict):
    restrict(item)

    listed = words(signed_in("gareth").get("/restrictions/"))
    assert "Item 2, Safer Marlbeck Board, 16 June 2026" in listed
    for who in ("tobias", "maud", "sid"):
        page = words(signed_in(who).get("/restrictions/"))
        assert "Nothing of your organisation is kept back that you may see." in page
