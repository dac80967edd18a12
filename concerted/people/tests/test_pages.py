"""The pages, each by the same list: works and is on the trail, 404, 403 in a sentence, 405."""

import datetime

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.people import queries, seating, services
from concerted.people.models import Appointment, Body, BodyKind, BodyLink, Organisation, Person
from concerted.people.states import LinkKind
from tests.cast import SINCE

TODAY = datetime.date(2026, 6, 16)
RUNS_IT = "Only this body’s secretary or the partnership manager"
APPOINTS = "Only the partnership manager can appoint"
KEEPS = "Only a secretary, the partnership manager or an administrator"


class Story:
    """One endpoint: its address, what is sent to it, and the line that this leaves."""

    def __init__(self, name, at="", sent=None, trail="", why_not=RUNS_IT, who="tobias"):
        self.name, self.at, self.sent = name, at, sent or {}
        self.trail, self.why_not, self.who = trail, why_not, who

    def __repr__(self):
        return self.name

    def address(self, cast):
        return reverse(f"people:{self.name}", args=[key_of(cast, self.at)] if self.at else [])

    def values(self, cast):
        """What is sent; `@bodies.area` stands for the key of that record."""
        return {
            name: key_of(cast, value[1:]) if str(value).startswith("@") else value
            for name, value in self.sent.items()
        }


def key_of(cast, path):
    if path == "appointment":
        return Appointment.objects.get(seat=cast.seats["tobias"]).key
    if path == "area":
        with cast.acting("maud") as maud:
            return queries.areas_visible_to(maud).get().key
    group, name = path.split(".")
    return getattr(cast, group)[name].key


READS = [
    Story("bodies"),
    Story("body", "bodies.board"),
    Story("roles", "bodies.board"),
    Story("organisations"),
    Story("organisation", "organisations.police"),
    Story("persons"),
    Story("kinds"),
    Story("areas"),
    Story("area", "area"),
    Story("access"),
]
KIND = "Community safety partnership"
CHANGES = [
    Story(
        "body_add",
        sent={"name": "Task group", "kind": KIND, "parent": "@bodies.board", "quorum": "3"},
        trail="body.added",
        why_not="Only a secretary or the partnership manager can add a body",
    ),
    Story(
        "body_change",
        "bodies.area",
        {"name": "Fenside board", "kind": KIND, "parent": "@bodies.board"},
        "body.changed",
    ),
    Story("body_link", "bodies.area", {"kind": "linked_to", "to": "@bodies.board"}, "body.linked"),
    Story(
        "seat_add",
        "bodies.board",
        {"holder_body": "@bodies.area", "role": "member", "capacity": "member"},
        "seat.added",
    ),
    Story(
        "seat_confirm",
        "seats.gareth",
        {"contributes": "Two officers."},
        "seat.confirmed",
        "Only the holder of this seat",
    ),
    Story(
        "appoint",
        "seats.tobias",
        {"person": "@people.nell", "starts": "1 May 2026", "substitute": "on"},
        "appointment.made",
        APPOINTS,
        who="dilys",
    ),
    Story(
        "appoint_to_post",
        "posts.secretary",
        {"person": "@people.nell", "starts": "1 May 2026"},
        "appointment.made",
        APPOINTS,
        who="dilys",
    ),
    Story(
        "end_appointment",
        "appointment",
        {"on": "1 May 2026"},
        "appointment.ended",
        APPOINTS,
        who="dilys",
    ),
    Story(
        "organisation_add",
        sent={"name": "Victim support", "standing": "participating", "starts": "1 May 2026"},
        trail="organisation.added",
        why_not=KEEPS,
    ),
    Story(
        "organisation_change",
        "organisations.police",
        {"name": "Wyleshire Constabulary", "other_names": "Wyleshire Police\nThe force"},
        "organisation.changed",
        KEEPS,
    ),
    Story(
        "standing_change",
        "organisations.homes",
        {"standing": "co-operating", "starts": "1 May 2026"},
        "organisation.changed",
        KEEPS,
    ),
    Story(
        "post_add",
        sent={"organisation": "@organisations.police", "post_title": "District Commander"},
        trail="post.added",
        why_not=KEEPS,
    ),
    Story("person_add", sent={"name": "Ida Moss"}, trail="person.added", why_not=KEEPS),
    Story(
        "kind_add",
        sent={"name": "Panel"},
        trail="kind.added",
        why_not="Only the partnership’s own secretary or manager",
    ),
    Story(
        "kind_rename",
        sent={"kind": "Programme", "name": "Programme board"},
        trail="kind.renamed",
        why_not="Only the partnership’s own secretary or manager",
    ),
    Story(
        "district_add",
        sent={"name": "Alderholme", "code": "E06999999", "force_area": "Wyleshire"},
        trail="district.added",
        why_not=KEEPS,
    ),
    Story(
        "area_add",
        sent={"name": "Fenside", "wards": "Fenside\nMill Lane", "places": "not Retail park"},
        trail="area.defined",
        why_not=KEEPS,
    ),
    Story(
        "area_define",
        "area",
        {"starts": "1 May 2026", "small_areas": "E01012187 Fenside 001A"},
        "area.defined",
        KEEPS,
    ),
]


@pytest.fixture(autouse=True)
def _an_area(cast, request):
    if "area" in request.node.name:
        with cast.acting("maud") as maud:
            services.define_area(
                maud, name="Mill Lane", parts=[("ward", "", "Mill Lane", False)], starts=SINCE
            )


@pytest.fixture(autouse=True)
def _sixteen_june(monkeypatch):
    for module in ("views", "services", "seating"):
        monkeypatch.setattr(f"concerted.people.{module}.today", lambda: TODAY)


@pytest.mark.parametrize("story", READS, ids=repr)
def test_everybody_appointed_reads_it(cast, signed_in, story):
    for name in ("tobias", "maud", "owen"):
        assert signed_in(name).get(story.address(cast)).status_code == 200


@pytest.mark.parametrize("story", READS + CHANGES, ids=repr)
def test_nobody_reads_it_without_signing_in(cast, client, story):
    response = client.get(story.address(cast))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("story", CHANGES, ids=repr)
def test_it_works_and_leaves_one_line(cast, signed_in, story):
    client, address = signed_in("maud"), story.address(cast)
    values = story.values(cast)
    assert client.get(address).status_code == 200
    before = Line.objects.count()

    response = client.post(address, values)

    assert response.status_code == 302, response.text
    [line] = Line.objects.all()[: Line.objects.count() - before]
    assert (line.what, line.actor) == (story.trail, cast.accounts["maud"].key)
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize("story", CHANGES, ids=repr)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_right_it_says_why_not(cast, signed_in, story, method):
    response = getattr(signed_in(story.who), method)(story.address(cast), story.values(cast))

    assert response.status_code == 403
    assert story.why_not in response.text
    line = Line.objects.first()
    assert (line.what, line.kind) == ("request.refused", f"people:{story.name}")


@pytest.mark.parametrize("story", CHANGES, ids=repr)
def test_an_empty_form_comes_back_with_what_is_missing(cast, signed_in, story):
    response = signed_in("maud").post(story.address(cast))

    assert response.status_code == 200
    assert "There is a problem" in response.text
    assert "<title>Error: " in response.text


@pytest.mark.parametrize("story", READS + CHANGES, ids=repr)
def test_the_wrong_method_is_refused(cast, signed_in, story):
    method = "post" if story in READS else "put"
    assert getattr(signed_in("maud"), method)(story.address(cast)).status_code == 405


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("body", "bodies.silver"),
        ("roles", "bodies.silver"),
        ("body_change", "bodies.silver"),
        ("body_link", "bodies.silver"),
        ("seat_add", "bodies.silver"),
        ("seat_confirm", "seats.silver"),
        ("appoint", "seats.silver"),
    ],
)
def test_outside_a_hidden_body_one_cannot_tell_that_it_exists(cast, signed_in, name, at):
    for who in ("tobias", "maud"):
        hidden = signed_in(who).get(Story(name, at).address(cast))
        absent = signed_in(who).get(reverse(f"people:{name}", args=["nothing"]))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


def test_the_end_of_a_hidden_appointment_is_not_to_be_found(cast, signed_in):
    mine = Appointment.objects.get(seat=cast.seats["silver"])
    address = reverse("people:end_appointment", args=[mine.key])
    assert signed_in("maud").get(address).status_code == 404
    assert signed_in("dilys").get(address).status_code == 200


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("bodies", ""),
        ("body", "bodies.board"),
        ("roles", "bodies.board"),
        ("organisation", "organisations.police"),
        ("persons", ""),
        ("areas", ""),
    ],
)
def test_a_hidden_body_shows_nowhere_else(cast, signed_in, name, at):
    with cast.acting("dilys") as dilys:
        silver = cast.bodies["silver"]
        services.link_bodies(dilys, body=silver, to=cast.bodies["board"], kind=LinkKind.REPORTS_TO)
        seating.add_seat(dilys, body=cast.bodies["board"], holder_body=silver)
        services.define_area(dilys, name="Silver area", parts=[], body=silver)
    address = Story(name, at).address(cast)
    for who in ("tobias", "maud"):
        assert "Silver" not in signed_in(who).get(address).text
    assert "Silver" in signed_in("gareth").get(address).text


def test_the_count_is_of_what_one_may_see(cast, signed_in):
    address = reverse("people:bodies")
    for who, count in (("tobias", 2), ("gareth", 3)):
        page = " ".join(signed_in(who).get(address).text.split())
        assert f'Bodies <span class="app-count">({count})</span>' in page


@pytest.mark.parametrize("name", ["body_add", "body_link", "seat_add", "area_add"])
def test_a_hidden_body_is_in_no_picker(cast, signed_in, name):
    at = "bodies.board" if name in ("body_link", "seat_add") else ""
    address = Story(name, at).address(cast)
    hidden = cast.bodies["silver"].key
    assert hidden not in signed_in("maud").get(address).text
    assert hidden in signed_in("dilys").get(address).text


def test_a_hidden_body_cannot_be_sent_either(cast, signed_in):
    address = reverse("people:body_link", args=[cast.bodies["board"].key])
    values = {"kind": "linked_to", "to": cast.bodies["silver"].key}

    response = signed_in("maud").post(address, values)

    assert "There is a problem" in response.text
    with cast.acting("gareth"):
        assert not BodyLink.objects.exists()


def test_breadcrumbs_leave_out_what_is_hidden(cast, signed_in):
    with cast.acting("dilys") as dilys:
        group = services.add_body(
            dilys, name="Task group", kind=BodyKind.objects.first(), parent=cast.bodies["silver"]
        )
    address = group.get_absolute_url()
    assert "Silver" in signed_in("dilys").get(address).text
    page = signed_in("tobias").get(address)
    assert "Silver" not in page.text
    assert "it stands at the top" in page.text


def test_a_secretary_adds_a_hidden_body_and_lands_on_its_page(cast, signed_in):
    client = signed_in("dilys")
    response = client.post(
        reverse("people:body_add"), {"name": "Gold group", "kind": KIND, "hidden": "on"}
    )
    assert "Gold group" in client.get(response.url).text
    assert signed_in("maud").get(response.url).status_code == 404


def test_a_seat_that_is_filled_is_explained_on_the_form(cast, signed_in):
    address = reverse("people:appoint", args=[cast.seats["tobias"].key])
    values = {"person": cast.people["nell"].key, "starts": "1 May 2026"}
    before = Line.objects.count()

    response = signed_in("maud").post(address, values)

    assert response.status_code == 200
    assert "This seat is filled in that time" in response.text
    assert Line.objects.count() == before


def test_an_appointment_that_has_ended_is_left_as_it_was(cast, signed_in):
    with cast.acting("maud") as maud:
        mine = Appointment.objects.get(seat=cast.seats["tobias"])
        seating.end_appointment(maud, appointment=mine, on=TODAY - datetime.timedelta(days=1))

    response = signed_in("maud").get(reverse("people:end_appointment", args=[mine.key]))

    assert response.status_code == 403
    assert "This appointment has ended already." in response.text


def test_a_proposed_seat_is_not_confirmed(cast, signed_in):
    with cast.acting("maud") as maud:
        seat = seating.add_seat(
            maud,
            body=cast.bodies["board"],
            holder=cast.organisations["homes"],
            proposed=True,
        )
    response = signed_in("maud").get(reverse("people:seat_confirm", args=[seat.key]))
    assert response.status_code == 403
    assert "This seat is only proposed" in response.text


def test_last_days_before_first_days_are_marked_on_the_field(cast, signed_in):
    address = reverse("people:appoint", args=[cast.seats["tobias"].key])
    values = {"person": cast.people["nell"].key, "starts": "2 May 2026", "ends": "1 May 2026"}
    page = signed_in("maud").post(address, values).text
    assert 'href="#id_ends">The last day cannot come before the first.' in page


def test_a_line_is_taken_away(cast, signed_in):
    board, area = cast.bodies["board"], cast.bodies["area"]
    with cast.acting("maud") as maud:
        services.link_bodies(maud, body=area, to=board, kind=LinkKind.REPORTS_TO)
    address = reverse("people:body_unlink", args=[area.key])
    values = {"to": board.key, "kind": "reports_to"}

    assert signed_in("tobias").post(address, values).status_code == 403
    assert signed_in("maud").get(address).status_code == 405
    assert signed_in("maud").post(address, values | {"to": "nothing"}).status_code == 404
    assert signed_in("maud").post(address, values).status_code == 302
    assert Line.objects.first().what == "body.unlinked"
    again = signed_in("maud").post(address, values)
    assert "This line is not drawn any more." in again.text


def test_somebody_without_the_right_reads_the_sentence_instead_of_the_link(cast, signed_in):
    page = signed_in("tobias").get(reverse("people:bodies")).text
    assert "Only a secretary or the partnership manager can add a body." in page
    assert reverse("people:body_add") not in page
    assert reverse("people:body_add") in signed_in("dilys").get(reverse("people:bodies")).text


def test_the_holder_of_a_seat_confirms_what_it_contributes(cast, signed_in):
    client = signed_in("tobias")
    table = reverse("people:roles", args=[cast.bodies["board"].key])
    confirm = reverse("people:seat_confirm", args=[cast.seats["tobias"].key])
    assert confirm in client.get(table).text

    client.post(confirm, {"contributes": "Reparation work, two days a week."})

    page = client.get(table).text
    assert "Reparation work, two days a week." in page
    assert "16 June 2026" in page
    assert "2 seats are not confirmed this year." in page
    assert page.count("Not confirmed this year") == 2


def test_either_of_two_posts_fills_a_seat(cast, signed_in):
    police, board = cast.organisations["police"], cast.bodies["board"]
    with cast.acting("maud") as maud:
        posts = [
            services.add_post(maud, title=title, organisation=police)
            for title in ("District Commander", "Chief Inspector")
        ]
        seating.appoint(maud, person=cast.people["nell"], post=posts[1])
    values = {"holder": police.key, "role": "member", "capacity": "officer"}
    values |= {"post": posts[0].key, "other_post": posts[1].key}

    signed_in("maud").post(reverse("people:seat_add", args=[board.key]), values)

    page = " ".join(signed_in("nell").get(board.get_absolute_url()).text.split())
    assert "District Commander</div> <div>or Chief Inspector: Nell Bryce" in page


def test_a_support_post_is_added_by_the_manager_alone(cast, signed_in):
    values = {
        "organisation": cast.organisations["council"].key,
        "post_title": "Area secretary",
        "support": "secretary",
        "bodies": [cast.bodies["area"].key],
    }
    address = reverse("people:post_add")
    assert 'name="support"' not in signed_in("dilys").get(address).text
    signed_in("maud").post(address, values)
    with cast.acting("maud") as maud:
        post = queries.posts_visible_to(maud).get(title="Area secretary")
        assert [one.body for one in post.supports.all()] == [cast.bodies["area"]]


def test_what_the_posts_of_the_reader_allow_comes_first(cast, signed_in):
    page = " ".join(signed_in("rowena").get(reverse("people:access")).text.split())
    mine, others = page.split("The other roles", 1)
    assert "Chair" in mine
    assert "Seat on Safer Marlbeck Board" in mine
    assert "Secretary" not in mine
    assert "Import minutes" in others
    with cast.acting("maud") as maud:
        post = services.add_post(
            maud, title="District Commander", organisation=cast.organisations["police"]
        )
        seating.appoint(maud, person=cast.people["nell"], post=post)
    nell = signed_in("nell").get(reverse("people:access")).text
    assert "You hold no seat and no support post today." in nell


def test_no_serial_key_leaves_the_server(cast, signed_in):
    for name, at in (("body_add", ""), ("seat_add", "bodies.board"), ("kind_rename", "")):
        page = signed_in("maud").get(Story(name, at).address(cast)).text
        assert 'value="1"' not in page


def add_bodies(cast, numbers):
    with cast.acting("maud") as maud:
        kind = BodyKind.objects.first()
        for number in numbers:
            made = services.add_body(
                maud, name=f"Group {number}", kind=kind, parent=cast.bodies["board"]
            )
            services.link_bodies(maud, body=made, to=cast.bodies["area"], kind=LinkKind.LINKED_TO)


def add_seats(cast, numbers):
    with cast.acting("maud") as maud:
        for number in numbers:
            holder = services.add_organisation(maud, name=f"Agency {number}", standing="other")
            person = services.add_person(maud, name=f"Person {number}")
            post = services.add_post(maud, title=f"Post {number}", organisation=holder)
            seating.appoint(maud, person=person, post=post)
            board = cast.bodies["board"]
            seating.add_seat(maud, body=board, holder=holder, posts=[post])
            seat = seating.add_seat(maud, body=board, holder=cast.organisations["homes"])
            seating.appoint(maud, person=person, seat=seat)
            services.add_post(
                maud, title=f"Officer {number}", organisation=cast.organisations["homes"]
            )


def add_areas(cast, numbers):
    parts = [("ward", "", f"Ward {number}", False) for number in range(3)]
    with cast.acting("maud") as maud:
        for number in numbers:
            services.define_area(
                maud, name=f"Area {number}", parts=parts, body=cast.bodies["board"]
            )


def add_kinds(cast, numbers):
    with cast.acting("maud") as maud:
        for number in numbers:
            services.add_kind(maud, name=f"Kind {number}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "at", "fill"),
    [
        ("bodies", "", add_bodies),
        ("body", "bodies.board", add_seats),
        ("body", "bodies.board", add_bodies),
        ("roles", "bodies.board", add_seats),
        ("organisations", "", add_seats),
        ("organisation", "organisations.homes", add_seats),
        ("persons", "", add_seats),
        ("areas", "", add_areas),
        ("body", "bodies.board", add_areas),
        ("kinds", "", add_kinds),
        ("access", "", add_seats),
    ],
)
def test_a_page_costs_the_same_however_long_it_is(
    cast,
    signed_in,
    django_assert_num_queries,
    django_assert_max_num_queries,
    name,
    at,
    fill,
):
    client, address = signed_in("maud"), Story(name, at).address(cast)
    fill(cast, range(1))
    with django_assert_max_num_queries(16) as one:
        assert client.get(address).status_code == 200

    fill(cast, range(1, 30))
    with django_assert_num_queries(len(one.captured_queries)):
        assert client.get(address).status_code == 200


def test_lists_are_sorted_without_regard_to_accents_and_capitals(cast, signed_in):
    with cast.acting("maud") as maud:
        for name in ("Zephyr Housing", "Éclair Trust", "abbey watch"):
            services.add_organisation(maud, name=name)
    page = signed_in("maud").get(reverse("people:organisations")).text
    places = [page.index(name) for name in ("abbey watch", "Éclair Trust", "Zephyr Housing")]
    assert places == sorted(places)


def test_names_are_text_and_never_markup(cast, signed_in):
    with cast.acting("maud") as maud:
        made = services.add_organisation(maud, name="<b>Homes</b> & co")
        seating.add_seat(maud, body=cast.bodies["board"], holder=made)
    for address in (reverse("people:organisations"), cast.bodies["board"].get_absolute_url()):
        page = signed_in("maud").get(address).text
        assert "<b>Homes" not in page
        assert "&lt;b&gt;Homes&lt;/b&gt; &amp; co" in page


def test_what_was_added_is_there(cast, signed_in):
    client = signed_in("maud")
    client.post(reverse("people:person_add"), {"name": "Ida Moss", "other_names": "I Moss\n\n"})
    client.post(reverse("people:organisation_add"), {"name": "Victim support"})
    with cast.acting("maud"):
        assert Person.objects.get(name="Ida Moss").other_names == ["I Moss"]
        assert Organisation.objects.filter(name="Victim support").exists()
        assert Body.objects.count() == 2
