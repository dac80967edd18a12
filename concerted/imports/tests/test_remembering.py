"""One answer about a name, given once, stands ready in the other files of the same person."""

import pytest

from concerted.imports.models import NameAnswer
from concerted.imports.tests.conftest import BOARD
from concerted.people import services as people
from concerted.people.models import Person

MAY = BOARD.replace("11th March, 2014", "13th May, 2014")


@pytest.fixture
def two_karls(cast):
    """Two people of one name, from nowhere: every file must ask which of them it is."""
    with cast.acting("maud") as maud:
        return [people.add_person(maud, name="Karl Yates") for _ in range(2)]


def asked(review):
    return {one.name: one for one in review.fields if one.name == "n3_who"}["n3_who"]


@pytest.mark.slow
def test_the_answer_stands_ready_in_the_next_file(two_karls, received, review_of, accepted):
    may = received(MAY, name="may.txt")
    assert asked(review_of(may)).initial == ""

    accepted(received(), n3_who=two_karls[1].key)

    field = asked(review_of(may))
    assert field.initial == two_karls[1].key
    assert "As you answered for 11 March 2014." in field.hint
    assert "n3" in [name[:2] for card in review_of(may).questions for name in card.names]


@pytest.mark.slow
def test_the_last_answer_counts(cast, two_karls, received, review_of, accepted):
    accepted(received(), n3_who=two_karls[1].key)
    accepted(received(MAY, name="may.txt"), n3_who=two_karls[0].key)

    july = received(BOARD.replace("11th March, 2014", "8th July, 2014"), name="july.txt")

    assert asked(review_of(july)).initial == two_karls[0].key
    with cast.acting("dilys"):
        assert NameAnswer.objects.filter(name="karl yates").count() == 1


@pytest.mark.slow
def test_the_same_name_from_elsewhere_is_asked_anew(two_karls, received, review_of, accepted):
    accepted(received(), n3_who=two_karls[1].key)

    may = received(MAY.replace("Karl Yates (Wyleshire Police)", "Karl Yates (HMP Fenside)"))

    assert "As you answered" not in asked(review_of(may)).hint


@pytest.mark.slow
def test_a_name_left_out_is_ready_to_be_left_out_again(received, review_of, accepted):
    accepted(received(), n3_who="leave-out")
    vague = MAY.replace("Karl Yates", "K Yates")

    assert asked(review_of(received(vague, name="may.txt"))).hint.count("As you answered") == 0
    assert asked(review_of(received(MAY, name="same.txt"))).initial == "leave-out"
    [hint] = [card.hint for card in review_of(received(MAY + "\n")).names if "Yates" in card.title]
    assert hint == "As you answered for 11 March 2014."


@pytest.mark.slow
def test_another_secretary_is_asked_for_themselves(cast, two_karls, received, review_of, accepted):
    accepted(received(), n3_who=two_karls[1].key)

    may = received(MAY, name="may.txt", who="maud")

    assert "As you answered" not in asked(review_of(may, who="maud")).hint
    with cast.acting("maud"):
        assert not NameAnswer.objects.exists()
    with cast.acting("dilys"):
        assert Person.objects.filter(name="Karl Yates").count() == 2
