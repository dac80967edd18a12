"""Bodies and seats that are closed or hidden after everybody knew them, and opened again."""

import re

import pytest

from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.people import seating
from concerted.people import services as people
from concerted.people.models import Area, AreaPart, AreaVersion, Body, BodyLink, Seat
from concerted.people.states import LinkKind, PartKind
from concerted.restrictions.models import Closure, Ground
from concerted.restrictions.states import Level, Tier
from concerted.restrictions.tests.conftest import text_of
from tests.databases import unguarded

pytestmark = pytest.mark.django_db
BODIES, AREAS = "/people/", "/people/areas/"
NAMES = ("Fenside area board", "FAB", "Fenside corner")


@pytest.fixture
def council(cast):
    return cast.organisations["council"]


@pytest.fixture
def area(cast):
    """The area board, with an area of its own and a line to the board."""
    body = cast.bodies["area"]
    with cast.acting("dilys") as dilys:
        people.define_area(
            dilys, name="Fenside corner", parts=[(PartKind.WARD, "", "Quay", False)], body=body
        )
        people.link_bodies(dilys, body=body, to=cast.bodies["board"], kind=LinkKind.REPORTS_TO)
    return body


def keep(restrict, thing, council, kind, **more):
    """Close or hide a body or seat; nobody is chosen, whoever reads the papers sees it."""
    return restrict(thing, "Marlbeck Borough Council", kind=kind, owner=council, **more)


def test_a_closed_body_is_one_line_that_does_not_name_it(restrict, area, council, signed_in):
    keep(restrict, area, council, "body")
    tobias = signed_in("tobias")

    page = text_of(tobias, BODIES)

    assert "Closed body" in page
    assert "None" not in page
    assert "preventing, investigating or prosecuting crime" in page
    assert [name for name in NAMES if name in page] == []
    assert tobias.get(area.get_absolute_url()).status_code == 404
    assert "Fenside corner" not in text_of(tobias, AREAS)


def test_those_who_read_its_papers_see_it_as_before(restrict, area, council, signed_in):
    keep(restrict, area, council, "body")

    for name in ("agnes", "dilys", "maud"):
        client = signed_in(name)
        assert "Fenside area board" in text_of(client, BODIES)
        assert "Closed body" not in text_of(client, BODIES)
        assert "Restricted" in text_of(client, area.get_absolute_url())


def test_a_hidden_body_leaves_the_same_bytes(restrict, area, council, cast, signed_in):
    keep(restrict, area, council, "body", level=Level.HIDDEN)
    tobias = signed_in("tobias")
    pages = (BODIES, AREAS, cast.bodies["board"].get_absolute_url())
    with_it = [text_of(tobias, page) for page in pages]

    with cast.acting("dilys"), unguarded():
        for rows in (AreaPart, AreaVersion, Area, BodyLink):
            rows.objects.all().delete()
        Seat.objects.filter(body=area).update(body=cast.bodies["silver"])
        Body.objects.filter(pk=area.pk).update(parent=None, audience=cast.bodies["silver"].audience)

    assert [text_of(tobias, page) for page in pages] == with_it


def test_all_that_hangs_on_a_body_goes_and_comes_back(restrict, area, council, cast):
    everyone = area.audience_id
    keep(restrict, area, council, "body", level=Level.HIDDEN)

    def audiences():
        with cast.acting("dilys"):
            rows = (
                Body.objects.filter(pk=area.pk),
                Seat.objects.filter(body=area),
                Area.objects.filter(body=area),
                AreaVersion.objects.filter(area__body=area),
                AreaPart.objects.filter(version__area__body=area),
                BodyLink.objects.filter(body=area),
            )
            return [set(one.values_list("audience_id", flat=True)) for one in rows]

    assert audiences() == [{area.papers_audience_id}] * 6
    keep(restrict, area, council, "body", level=Level.OPEN, tier=Tier.OFFICIAL)
    assert audiences() == [{everyone}] * 6


def test_a_seat_kept_back_by_itself_stays_so_when_its_body_is_opened(
    restrict, area, council, cast, signed_in
):
    with cast.acting("dilys") as dilys:
        apart = seating.add_seat(
            dilys, body=area, holder=cast.organisations["probation"], hidden=True
        )
        closed = seating.add_seat(dilys, body=area, holder=cast.organisations["police"])
    keep(restrict, closed, council, "seat")
    keep(restrict, area, council, "body", level=Level.HIDDEN)
    keep(restrict, area, council, "body", level=Level.OPEN, tier=Tier.OFFICIAL)

    page = text_of(signed_in("tobias"), area.get_absolute_url())

    assert "Closed seat" in page
    assert "Marlbeck Homes" in page
    assert "Probation Service" not in page.partition("Seats")[2]
    with cast.acting("dilys"):
        rows = Seat.objects.filter(pk__in=[apart.pk, closed.pk])
        assert {one.audience_id for one in rows} == {area.papers_audience_id}


def test_a_closed_meeting_of_a_body_is_not_told_to_everybody_when_the_body_is_opened(
    restrict, area, council, cast
):
    keep(restrict, area, council, "body")
    with cast.acting("dilys"):
        made = Closure.objects.create(
            kind="meetings.meeting",
            thing_key="k",
            parent_kind="people.body",
            parent_key=area.key,
            level=Level.CLOSED,
            tier=Tier.SENSITIVE,
            body=area,
            ground=Ground.objects.first(),
            owner=council,
            review_on=today(),
            audience_id=area.papers_audience_id,
        )

    keep(restrict, area, council, "body", level=Level.OPEN, tier=Tier.OFFICIAL)

    with cast.acting("dilys"):
        made.refresh_from_db()
    assert made.audience_id == area.papers_audience_id


def test_what_two_bodies_share_stays_with_the_one_that_is_still_hidden(
    restrict, area, council, cast
):
    board = cast.bodies["board"]
    with cast.acting("dilys") as dilys:
        seat = seating.add_seat(dilys, body=board, holder_body=area)
    keep(restrict, board, council, "body", level=Level.HIDDEN)
    keep(restrict, area, council, "body", level=Level.HIDDEN)
    keep(restrict, board, council, "body", level=Level.OPEN, tier=Tier.OFFICIAL)

    with cast.acting("dilys"):
        seat.refresh_from_db()
        link = BodyLink.objects.get(body=area)
    assert (seat.audience_id, link.audience_id) == (area.papers_audience_id,) * 2


def test_who_may_do_what_is_the_same_while_a_body_and_its_seat_are_hidden(
    restrict, area, council, cast
):
    seat = cast.seats["agnes"]

    def standing():
        with cast.acting("agnes") as agnes:
            return agnes.by_body, agnes.audience_ids, agnes.organisation_ids

    before = standing()
    keep(restrict, seat, council, "seat", level=Level.HIDDEN)
    keep(restrict, area, council, "body", level=Level.HIDDEN)
    assert standing() == before


def test_hiding_a_body_does_not_let_its_secretary_appoint(restrict, area, council, cast):
    keep(restrict, area, council, "body", level=Level.HIDDEN)

    with cast.acting("dilys") as dilys, pytest.raises(NotAllowed, match="Only the partnership man"):
        seating.appoint(
            dilys, person=cast.people["nell"], seat=Seat.objects.get(pk=cast.seats["agnes"].pk)
        )


def test_a_seat_added_to_a_body_that_was_hidden_meanwhile_is_hidden_with_it(
    restrict, area, council, cast
):
    with cast.acting("dilys"):
        looked_at = Body.objects.get(pk=area.pk)
    keep(restrict, area, council, "body", level=Level.HIDDEN)

    with cast.acting("dilys") as dilys:
        seat = seating.add_seat(dilys, body=looked_at, holder=council)

    assert seat.audience_id == area.papers_audience_id


# Who may, and when not


def test_the_owner_must_be_of_those_who_see_it(restrict, area, cast):
    with pytest.raises(NotAllowed, match="Nobody of Probation Service would see it"):
        keep(restrict, area, cast.organisations["probation"], "body")


def test_only_the_owners_people_open_it_again(restrict, area, cast):
    homes = cast.organisations["homes"]
    keep(restrict, area, homes, "body")

    with pytest.raises(NotAllowed, match="Only the people of Marlbeck Homes can open this"):
        keep(restrict, area, homes, "body", level=Level.OPEN, tier=Tier.OFFICIAL)
    keep(restrict, area, homes, "body", who="agnes", level=Level.OPEN, tier=Tier.OFFICIAL)


def test_a_body_hidden_since_it_was_added_is_opened_by_whose_it_is(restrict, cast, signed_in):
    silver = cast.bodies["silver"]
    with pytest.raises(NotAllowed, match="It was hidden when it was added"):
        keep(restrict, silver, cast.organisations["police"], "body", level=Level.OPEN)

    police = {"restrict": restrict, "thing": silver, "council": cast.organisations["police"]}
    keep(**police, kind="body", level=Level.HIDDEN)
    keep(**police, kind="body", who="gareth", level=Level.OPEN, tier=Tier.OFFICIAL)
    assert "Silver group" in text_of(signed_in("tobias"), BODIES)


def test_a_seat_of_a_hidden_body_is_kept_from_nobody(restrict, cast, council):
    with pytest.raises(NotAllowed, match="nobody to keep it from"):
        keep(restrict, cast.seats["silver"], cast.organisations["police"], "seat")


# The pages


@pytest.fixture
def typed(council):
    def make(**more):
        return {
            "token": "",
            "level": "closed",
            "tier": "sensitive",
            "owner": council.key,
            "ground": Ground.objects.get(words__contains="preventing").key,
            "public_interest": "An operation is under way.",
            "review_on": f"{today().replace(year=today().year + 1):%d %m %Y}",
            "whom_to_ask": "Superintendent, operations",
        } | more

    return make


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("kind", ["body", "seat"])
def test_the_page_says_who_would_see_it_and_asks_for_no_list(kind, area, cast, signed_in, typed):
    thing = area if kind == "body" else cast.seats["agnes"]
    many = {"body": "bodies", "seat": "seats"}[kind]
    page = f"/restrictions/{many}/{thing.key}/"
    dilys = signed_in("dilys")

    form = dilys.get(f"{page}change")
    assert 'name="sees"' not in form.content.decode()
    # Only organisations that would see it can be said to own it.
    assert "Marlbeck Homes" in said(form)
    assert "Probation Service" not in said(form)
    assert "seen by those who read the papers of Fenside area board" in said(form)
    after = said(dilys.post(f"{page}change", typed(), follow=True))

    assert f"Others see that there is a {kind}" in after
    assert Line.objects.filter(what=f"{kind}.closed", reference=thing.key).exists()
    assert "Closed" in said(dilys.get("/restrictions/"))
    assert dilys.put(page).status_code == 405
    tobias = signed_in("tobias")
    assert tobias.get(page).status_code == tobias.get(f"{page}change").status_code == 404
    agnes = signed_in("agnes").get(f"{page}change")
    assert agnes.status_code == 403
    assert "Only the secretary of this body" in said(agnes)


def test_what_others_did_meanwhile_is_said(area, signed_in, typed):
    dilys = signed_in("dilys")
    page = f"/restrictions/bodies/{area.key}/change"
    assert dilys.post(page, typed()).status_code == 302

    answer = said(dilys.post(page, typed(level="hidden")))

    assert "While you had this page open, Dilys Ambrey set it to closed" in answer


def test_reads_of_a_restricted_body_and_seat_are_on_the_trail(
    restrict, area, council, cast, signed_in
):
    keep(restrict, cast.seats["agnes"], council, "seat")
    signed_in("maud").get(area.get_absolute_url())
    keep(restrict, area, council, "body")
    signed_in("agnes").get(area.get_absolute_url())

    read = Line.objects.filter(what__endswith=".consulted")
    found = set(read.values_list("what", "reference"))
    assert found == {
        ("seat.consulted", cast.seats["agnes"].key),
        ("body.consulted", area.key),
    }
