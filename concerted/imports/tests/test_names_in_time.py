"""Names that mean something only in one body's papers, or only for some time."""

import datetime

import pytest

from concerted.imports.tests.conftest import BOARD
from concerted.people import services as people
from concerted.people.models import Body, NameWithin, Organisation
from concerted.people.states import LinkKind

POLICE = BOARD.replace("(Wyleshire Police)", "(The Police)")
MAY = "13th May, 2014"


def later(text, day=MAY):
    return text.replace("11th March, 2014", day)


@pytest.fixture
def said(cast, received, accepted):
    """In the papers of the board, “The Police” was said to be Wyleshire Police."""
    with cast.acting("maud") as maud:
        police = cast.organisations["police"]
        people.known_within(maud, organisation=police, body=cast.bodies["board"], name="The Police")
    return police


@pytest.mark.slow
def test_what_the_police_are_is_kept_for_that_body_alone(cast, said, received, review_of):
    board = review_of(received(later(POLICE), name="may.txt"))
    area = review_of(received(later(POLICE).replace("Safer Marlbeck Board", "Fenside area board")))

    assert board.organisations["police"].same.key == said.key
    assert area.organisations["police"].same is None
    with cast.acting("dilys"):
        assert "The Police" not in Organisation.objects.get(pk=said.pk).other_names


@pytest.mark.slow
def test_an_answer_about_such_a_name_is_kept_within_the_body(cast, received, review_of, accepted):
    """Asked because it is near another; the alias goes to the body, not to everybody."""
    with cast.acting("maud") as maud:
        people.add_organisation(maud, name="Polices")
    file = received(POLICE)
    [field] = [one for one in review_of(file).fields if "The Police" in one.label]

    accepted(file, **{field.name: field.options[0][0]})

    with cast.acting("dilys"):
        [kept] = NameWithin.objects.all()
        assert (kept.name, kept.body) == ("The Police", cast.bodies["board"])
        assert kept.organisation.other_names == []
    with cast.acting("agnes"):
        assert not NameWithin.objects.exists()


@pytest.mark.parametrize(
    ("day", "offered"), [("11th March, 2014", "Marlbeck Crime Forum"), ("12th May, 2015", None)]
)
def test_minutes_from_before_the_change_are_offered_for_the_body_before(
    cast, received, review_of, day, offered
):
    with cast.acting("maud") as maud:
        before = people.add_body(maud, name="Marlbeck Crime Forum", kind=cast.bodies["board"].kind)
        people.link_bodies(
            maud,
            body=cast.bodies["board"],
            to=before,
            kind=LinkKind.SUCCEEDS,
            starts=datetime.date(2015, 4, 1),
        )

    review = review_of(received(later(BOARD, day)))

    [field] = [one for one in review.fields if one.name == "body"]
    if offered:
        assert field.options[0][1] == offered
        assert field.initial == ""
        assert "Safer Marlbeck Board was not there on 11 March 2014." in field.hint
    else:
        assert field.initial == cast.bodies["board"].key
    with cast.acting("dilys"):
        assert Body.objects.filter(name="Marlbeck Crime Forum").exists()
