"""What hangs on a body that is closed, hidden or opened again, and goes with it."""

from django.db.models import Q, QuerySet

from concerted.people.models import Area, AreaPart, AreaVersion, Body, BodyLink, Seat
from concerted.people.standing import everything_open


def keep_body(body: Body) -> None:
    """Let those alone see a body who read its papers, and what everybody saw of it.

    Seats, lines and areas that fewer saw already stay as they are.
    """
    everyone, papers = body.audience_id, body.papers_audience_id
    for rows in (*_areas(body), _seats(body), _links(body), Body.objects.filter(pk=body.pk)):
        rows.filter(audience_id=everyone).update(audience_id=papers)


def open_body(body: Body, *, everyone_id: int) -> None:
    """Let everybody see a body, with its seats, lines and areas.

    A seat that is kept back by itself stays so. What it shares with a body that is hidden as well,
    maybe from the actor, goes to those who see that one. Must run inside a transaction.
    """
    papers = body.papers_audience_id
    for rows in (*_areas(body), Body.objects.filter(pk=body.pk)):
        rows.filter(audience_id=papers).update(audience_id=everyone_id)
    seats = _seats(body).filter(audience_id=papers)
    links = _links(body).filter(audience_id=papers)
    with everything_open():
        for seat in seats.select_related("body", "holder_body"):
            to = narrowest(everyone_id, seat.body, seat.holder_body)
            Seat.objects.filter(pk=seat.pk).update(audience_id=to)
        for link in links.select_related("body", "to"):
            to = narrowest(everyone_id, link.body, link.to)
            BodyLink.objects.filter(pk=link.pk).update(audience_id=to)


def keep_seat(seat: Seat) -> None:
    """Let those alone see a seat who read the papers of its body."""
    audience = seat.body.papers_audience_id
    Seat.objects.filter(pk=seat.pk).update(audience_id=audience, apart=True)


def open_seat(seat: Seat, *, everyone_id: int) -> None:
    """Let everybody see a seat who sees its body and who holds it."""
    Seat.objects.filter(pk=seat.pk).update(audience_id=home_of(seat, everyone_id), apart=False)


def home_of(seat: Seat, everyone_id: int) -> int:
    """The audience that a seat has while nothing keeps it back."""
    return narrowest(everyone_id, seat.body, seat.holder_body)


def narrowest(everyone_id: int, *bodies: Body | None) -> int:
    """The audience of what names these bodies: of the first that not everybody sees."""
    return next((one.audience_id for one in bodies if one and one.hidden), everyone_id)


def _areas(
    body: Body,
) -> tuple["QuerySet[AreaPart]", "QuerySet[AreaVersion]", "QuerySet[Area]"]:
    return (
        AreaPart.objects.filter(version__area__body=body),
        AreaVersion.objects.filter(area__body=body),
        Area.objects.filter(body=body),
    )


def _seats(body: Body) -> "QuerySet[Seat]":
    return Seat.objects.filter(Q(body=body) | Q(holder_body=body), apart=False)


def _links(body: Body) -> "QuerySet[BodyLink]":
    return BodyLink.objects.filter(Q(body=body) | Q(to=body))
