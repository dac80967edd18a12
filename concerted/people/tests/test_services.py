"""What the services refuse, in which words, and what they leave on the trail."""

import datetime

import pytest

from concerted.audit.models import Line
from concerted.kernel.verdict import NotAllowed
from concerted.people import queries, seating, services
from concerted.people.models import Appointment, Body, BodyKind, BodyLink, Seat
from concerted.people.public import renewed
from concerted.people.states import LinkKind, SeatRole, Standing, Support
from tests.cast import SINCE

TODAY = datetime.date(2026, 6, 16)
REPORTS_TO = LinkKind.REPORTS_TO


def on_trail(what: str) -> Line:
    """The newest line of its kind."""
    return Line.objects.filter(what=what).first()


def test_an_appointment_that_overlaps_is_refused_and_nothing_is_half_stored(cast):
    with cast.acting("maud") as maud:
        before = Appointment.objects.count()

        with pytest.raises(NotAllowed, match="This seat is filled in that time"):
            seating.appoint(
                maud, person=cast.people["nell"], seat=cast.seats["tobias"], starts=TODAY
            )

        assert Appointment.objects.count() == before
        assert seating.appoint(
            maud, person=cast.people["nell"], seat=cast.seats["tobias"], substitute=True
        )


def test_nobody_is_appointed_twice_to_the_same(cast):
    with cast.acting("maud") as maud:
        substitute = {"person": cast.people["nell"], "seat": cast.seats["tobias"]}
        seating.appoint(maud, **substitute, substitute=True, ends=TODAY)

        with pytest.raises(NotAllowed, match="appointed here in that time already"):
            seating.appoint(maud, **substitute, substitute=True, starts=TODAY)

        later = TODAY + datetime.timedelta(days=1)
        assert seating.appoint(maud, **substitute, substitute=True, starts=later)


def test_days_stand_in_their_order(cast):
    with cast.acting("maud") as maud:
        mine = Appointment.objects.get(seat=cast.seats["tobias"])
        before = SINCE - datetime.timedelta(days=1)

        with pytest.raises(NotAllowed, match="last day cannot come before the first"):
            seating.end_appointment(maud, appointment=mine, on=before)

        mine.refresh_from_db()
        assert mine.ends is None


def test_a_body_has_one_chair_at_a_time(cast):
    with cast.acting("maud") as maud:
        chair = {"holder": cast.organisations["police"], "role": SeatRole.CHAIR}

        with pytest.raises(NotAllowed, match="has a chair in that time"):
            seating.add_seat(maud, body=cast.bodies["board"], **chair)

        assert seating.add_seat(maud, body=cast.bodies["board"], **chair, proposed=True)


@pytest.mark.parametrize("both", [True, False])
def test_a_seat_is_held_by_exactly_one(cast, both):
    holders = {"holder": cast.organisations["police"], "holder_body": cast.bodies["area"]}
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="one organisation or"):
        seating.add_seat(maud, body=cast.bodies["board"], **(holders if both else {}))


def test_a_body_holds_no_seat_on_itself(cast):
    board = cast.bodies["board"]
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="on itself"):
        seating.add_seat(maud, body=board, holder_body=board)


def test_the_seat_of_a_hidden_body_is_hidden_with_it(cast):
    with cast.acting("dilys") as dilys:
        held = seating.add_seat(dilys, body=cast.bodies["board"], holder_body=cast.bodies["silver"])
    with cast.acting("tobias") as tobias:
        lines = queries.seat_lines(tobias, cast.bodies["board"], day=TODAY)
        assert held not in [line.seat for line in lines]
        assert len(lines) == 3
    with cast.acting("gareth") as gareth:
        lines = queries.seat_lines(gareth, cast.bodies["board"], day=TODAY)
        assert [line.holder for line in lines if line.seat == held] == ["Silver group"]


def test_a_line_to_a_hidden_body_shows_to_those_who_see_both_ends(cast):
    with cast.acting("dilys") as dilys:
        services.link_bodies(
            dilys, body=cast.bodies["board"], to=cast.bodies["silver"], kind=REPORTS_TO
        )
    with cast.acting("gareth") as gareth:
        assert queries.links_visible_to(gareth).count() == 1
    with cast.acting("tobias") as tobias:
        assert not queries.links_visible_to(tobias)
        assert not BodyLink.objects.exists()


def test_two_hidden_bodies_are_not_shown_to_each_other(cast):
    with cast.acting("dilys") as dilys:
        gold = services.add_body(dilys, name="Gold", kind=BodyKind.objects.first(), hidden=True)
        dilys = renewed(dilys)
        silver = cast.bodies["silver"]

        with pytest.raises(NotAllowed, match="hidden from each other’s people"):
            services.link_bodies(dilys, body=gold, to=silver, kind=REPORTS_TO)
        with pytest.raises(NotAllowed, match="hidden from each other’s people"):
            seating.add_seat(dilys, body=gold, holder_body=silver)


@pytest.mark.parametrize(
    ("back", "kind", "why_not"),
    [
        (False, LinkKind.LINKED_TO, "drawn already"),
        (True, LinkKind.LINKED_TO, "drawn already"),
        (True, LinkKind.REPORTS_TO, ""),
    ],
)
def test_a_line_is_drawn_once(cast, back, kind, why_not):
    ends = [cast.bodies["board"], cast.bodies["area"]]
    with cast.acting("maud") as maud:
        services.link_bodies(maud, body=ends[0], to=ends[1], kind=LinkKind.LINKED_TO)
        body, to = reversed(ends) if back else ends
        if why_not:
            with pytest.raises(NotAllowed, match=why_not):
                services.link_bodies(maud, body=body, to=to, kind=kind)
        else:
            assert services.link_bodies(maud, body=body, to=to, kind=kind)


def test_a_line_does_not_lead_back_to_its_own_body(cast):
    board = cast.bodies["board"]
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="to another"):
        services.link_bodies(maud, body=board, to=board, kind=REPORTS_TO)


def change(actor, body, **changes):
    same = ("name", "short_name", "kind", "parent", "purpose", "quorum", "frequency")
    return services.change_body(
        actor, body=body, **({name: getattr(body, name) for name in same} | changes)
    )


def test_a_body_cannot_hang_below_itself(cast):
    with cast.acting("maud") as maud:
        board = Body.objects.get(pk=cast.bodies["board"].pk)
        with pytest.raises(NotAllowed, match="below itself"):
            change(maud, board, parent=cast.bodies["area"])


def test_the_trail_names_the_fields_that_changed_and_no_others(cast):
    with cast.acting("maud") as maud:
        change(maud, Body.objects.get(pk=cast.bodies["area"].pk), name="Fenside", quorum=2)
    line = on_trail("body.changed")
    assert line.fields == ["name", "quorum"]


def test_a_parent_that_one_cannot_see_stays(cast):
    with cast.acting("dilys") as dilys:
        change(dilys, Body.objects.get(pk=cast.bodies["area"].pk), parent=cast.bodies["silver"])
    with cast.acting("maud") as maud:
        area = Body.objects.get(pk=cast.bodies["area"].pk)
        same = {"short_name": "", "kind": area.kind, "purpose": "", "frequency": ""}
        services.change_body(maud, body=area, name="Fenside", parent=None, quorum=2, **same)
        tops = [branch.body for branch in queries.tree(maud, day=TODAY)]
        assert area in tops
    with cast.acting("dilys"):
        assert Body.objects.get(name="Fenside").parent == cast.bodies["silver"]


def test_a_ring_made_through_a_hidden_body_loses_nobody(cast):
    board, area, silver = (cast.bodies[key] for key in ("board", "area", "silver"))
    with cast.acting("dilys") as dilys:
        change(dilys, Body.objects.get(pk=silver.pk), parent=board)
        change(dilys, Body.objects.get(pk=area.pk), parent=silver)
    with cast.acting("maud") as maud:
        change(maud, Body.objects.get(pk=board.pk), parent=area)
    with cast.acting("gareth") as gareth:
        assert queries.count_in(queries.tree(gareth, day=TODAY)) == 3
    with cast.acting("tobias") as tobias:
        assert queries.count_in(queries.tree(tobias, day=TODAY)) == 2


def test_a_secretary_of_some_bodies_supports_the_body_they_add(cast):
    with cast.acting("maud") as maud:
        council = cast.organisations["council"]
        post = services.add_post(
            maud,
            title="Area secretary",
            organisation=council,
            support=Support.SECRETARY,
            bodies=[cast.bodies["area"]],
        )
        seating.appoint(maud, person=cast.people["nell"], post=post)
    with cast.acting("nell") as nell:
        made = services.add_body(
            nell, name="Street group", kind=BodyKind.objects.first(), hidden=True
        )
    with cast.acting("nell") as nell:
        assert made in queries.bodies_visible_to(nell)
        assert seating.add_seat(nell, body=made, holder=council)
    with cast.acting("dilys") as dilys:
        assert made not in queries.bodies_visible_to(dilys)


def test_kinds_are_a_list_on_the_trail_of_the_partnership(cast):
    with cast.acting("maud") as maud:
        kind = services.add_kind(maud, name="Panel")
        services.rename_kind(maud, kind=kind, name="Expert panel")
        assert BodyKind.objects.last() == kind
        partnership = queries.the_partnership(maud)
        for same in ("expert PANEL", "Programme"):
            with pytest.raises(NotAllowed, match="of that name already"):
                services.add_kind(maud, name=same)
    for what in ("kind.added", "kind.renamed"):
        line = on_trail(what)
        assert (line.kind, line.reference) == ("people.partnership", partnership.key)


def test_a_standing_ends_the_day_before_the_next(cast):
    homes = cast.organisations["homes"]
    with cast.acting("maud") as maud:
        services.change_standing(
            maud, organisation=homes, standing=Standing.COOPERATING, starts=TODAY
        )
        new, old = queries.standings_visible_to(maud).filter(organisation=homes)
        assert (old.ends, new.starts) == (TODAY - datetime.timedelta(days=1), TODAY)
        with pytest.raises(NotAllowed, match="must begin after"):
            services.change_standing(
                maud, organisation=homes, standing=Standing.OTHER, starts=TODAY
            )
        assert queries.standings_visible_to(maud).filter(organisation=homes).count() == 2
    assert on_trail("organisation.changed").fields == ["standings"]


def test_an_area_is_defined_anew_and_its_old_version_stays(cast):
    ward = [("ward", "", "Fenside", False)]
    street = [*ward, ("street", "", "Mill Lane", True)]
    with cast.acting("maud") as maud:
        first = services.define_area(maud, name="Fenside", parts=ward, starts=SINCE)
        with pytest.raises(NotAllowed, match="Say from which day"):
            services.define_area(maud, name="Fenside", parts=street)
        with pytest.raises(NotAllowed, match="must begin after"):
            services.define_area(maud, name="Fenside", parts=street, starts=SINCE)
        second = services.define_area(maud, name="fenside", parts=street, starts=TODAY)

        [area] = queries.areas_visible_to(maud)
        assert list(area.versions.all()) == [second, first]
        first.refresh_from_db()
        assert first.ends == TODAY - datetime.timedelta(days=1)
        assert [part.excluded for part in second.parts.all()] == [False, True]
    assert Line.objects.filter(what="area.defined", reference=area.key).count() == 2


def test_the_area_of_a_hidden_body_is_hidden(cast):
    with cast.acting("dilys") as dilys:
        services.define_area(dilys, name="Silver area", parts=[], body=cast.bodies["silver"])
    with cast.acting("tobias") as tobias:
        assert not queries.areas_visible_to(tobias)
    with cast.acting("gareth") as gareth:
        assert len(queries.areas_visible_to(gareth)) == 1


def test_the_secretary_of_a_hidden_body_fills_its_seats(cast):
    with cast.acting("dilys") as dilys:
        seat = seating.add_seat(
            dilys, body=cast.bodies["silver"], holder=cast.organisations["council"]
        )
        seating.appoint(dilys, person=cast.people["rowena"], seat=seat)
        with pytest.raises(NotAllowed, match="Only the partnership manager"):
            seating.appoint(dilys, person=cast.people["nell"], seat=cast.seats["agnes"])
    with cast.acting("rowena") as rowena:
        assert queries.bodies_visible_to(rowena).filter(name="Silver group").exists()


def test_appointments_to_hidden_seats_show_only_where_the_seat_does(cast):
    with cast.acting("gareth") as gareth:
        assert queries.appointments_visible_to(gareth).filter(seat=cast.seats["silver"])
    with cast.acting("maud") as maud:
        mine = queries.appointments_visible_to(maud)
        assert not mine.filter(seat=cast.seats["silver"])
        assert mine.filter(seat=cast.seats["gareth"])


def test_what_a_seat_contributes_is_unconfirmed_after_a_year(cast):
    seat = Seat(pk=cast.seats["tobias"].pk)
    with cast.acting("tobias") as tobias:
        seat = queries.seats_visible_to(tobias).get(pk=seat.pk)
        seating.confirm_contribution(tobias, seat=seat, contributes="Staff.", on=TODAY)
        for days, unconfirmed in ((0, False), (365, False), (366, True)):
            lines = queries.seat_lines(
                tobias, cast.bodies["board"], day=TODAY + datetime.timedelta(days=days)
            )
            assert [line.unconfirmed for line in lines if line.seat == seat] == [unconfirmed]
    assert on_trail("seat.confirmed").reference == seat.key
