"""What hidden or closed papers print of people stays with those who read them."""

import pytest

from concerted.imports.review import NEW_PERSON
from concerted.imports.tests.conftest import BOARD
from concerted.kernel.verdict import NotAllowed
from concerted.people.models import Body, Organisation, Person
from concerted.people.queries import names_learned
from concerted.people.services import change_standing, known_openly
from tests.cast import SINCE

NAMED = "Tobias Wren"
SHORT = "T Wren"


def minutes(body, *, tobias=NAMED):
    return BOARD.replace("Safer Marlbeck Board", body).replace(NAMED, tobias)


def who_is(review, name):
    """The field of the form that asks who a name is."""
    [place] = [at for at, (read, _) in enumerate(review.matches) if read.name == name]
    return f"n{place}_who"


def known_as(cast, reader, person):
    with cast.acting(reader) as actor:
        return names_learned(actor).of(Person.objects.get(pk=person.pk))


@pytest.mark.slow
def test_a_name_printed_in_closed_papers_is_known_to_their_readers_alone(
    cast, received, review_of, accepted
):
    file = received(minutes("Fenside area board", tobias=SHORT))

    accepted(file, **{who_is(review_of(file), SHORT): cast.people["tobias"].key})

    assert known_as(cast, "agnes", cast.people["tobias"]) == [SHORT]
    assert known_as(cast, "rowena", cast.people["tobias"]) == []


@pytest.mark.slow
def test_a_name_known_from_closed_papers_is_learned_anew_where_others_read_it(
    cast, received, review_of, accepted
):
    for body in ("Silver group", "Safer Marlbeck Board"):
        file = received(minutes(body, tobias=SHORT))
        accepted(file, **{who_is(review_of(file), SHORT): cast.people["tobias"].key})

    assert known_as(cast, "rowena", cast.people["tobias"]) == [SHORT]


@pytest.mark.slow
@pytest.mark.parametrize(("body", "known"), [("Silver group", False), ("Fenside area board", True)])
def test_somebody_met_in_the_minutes_of_a_hidden_group_is_known_to_its_readers(
    cast, received, review_of, accepted, body, known
):
    file = received(minutes(body, tobias="Idris Vole"))
    accepted(file, **{who_is(review_of(file), "Idris Vole"): NEW_PERSON})

    with cast.acting("gareth"):
        assert Person.objects.filter(name="Idris Vole").exists() or body != "Silver group"
    with cast.acting("rowena"):
        assert Person.objects.filter(name="Idris Vole").exists() == known


@pytest.mark.slow
def test_whom_open_minutes_name_later_everyone_knows(cast, received, review_of, accepted):
    hidden = received(minutes("Silver group", tobias="Idris Vole"))
    accepted(hidden, **{who_is(review_of(hidden), "Idris Vole"): NEW_PERSON})
    openly = received(minutes("Safer Marlbeck Board", tobias="Idris Vole"))

    accepted(openly)

    with cast.acting("rowena"):
        assert Person.objects.filter(name="Idris Vole").count() == 1


@pytest.mark.slow
def test_what_is_known_of_an_organisation_is_shown_with_it(cast, received, accepted):
    text = minutes("Silver group").replace("(Probation Service)", "(Harbour Watch Trust)")
    accepted(received(text))
    with cast.acting("dilys") as dilys:
        trust = Organisation.objects.get(name="Harbour Watch Trust")
        change_standing(dilys, organisation=trust, standing="participating", starts=SINCE)

    accepted(received(text.replace("Silver group", "Safer Marlbeck Board")))

    with cast.acting("rowena"):
        shown = Organisation.objects.get(name="Harbour Watch Trust")
        assert shown.standings.count() == 1


def test_only_who_keeps_the_records_shows_a_name_to_everyone(cast):
    with cast.acting("rowena") as rowena, pytest.raises(NotAllowed):
        known_openly(rowena, things=[cast.people["tobias"]])


@pytest.mark.slow
def test_an_organisation_named_in_a_hidden_group_alone_is_on_no_list_of_others(
    cast, received, accepted
):
    text = minutes("Silver group").replace("(Probation Service)", "(Harbour Watch Trust)")

    accepted(received(text))

    with cast.acting("gareth"):
        assert Organisation.objects.filter(name="Harbour Watch Trust").exists()
    with cast.acting("rowena"):
        assert not Organisation.objects.filter(name="Harbour Watch Trust").exists()
        assert Body.objects.get(name="Safer Marlbeck Board").other_names == []
