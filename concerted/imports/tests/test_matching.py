"""Names against known names: tables, no database; the last part asks whose names are offered."""

import datetime

import pytest

from concerted.imports import queries
from concerted.imports.matching import (
    Directory,
    Known,
    Names,
    given_names,
    initials,
    is_ambiguous,
    plain,
)
from concerted.people import seating
from concerted.people import services as people


def directory(people=(), organisations=(), bodies=()):
    return Directory(Names(list(people)), Names(list(organisations)), Names(list(bodies)))


def person(name, *of, also=()):
    return Known(name, name, tuple(also), of)


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("Tobias Wren", "tobias wren"),
        ("TOBIAS  WREN", "tobias wren"),
        ("Cllr Mrs Ruth Tansley", "Ruth Tansley"),
        ("Councillor R. Tansley", "R Tansley"),
        ("Chief Inspector Karl Yates", "Karl Yates"),
        ("Ch. Supt. Karl Yates", "Karl Yates"),
        ("Dr. Zoë Núñez", "Zoe Nunez"),
        ("The Fire & Rescue Service", "Fire and Rescue Service"),
        ("Marlbeck Homes Ltd.", "Marlbeck Homes"),
        ("Det. Supt. Karl Yates QPM", "Karl Yates"),
        ("Watch Manager Karl Yates", "Karl Yates"),
        ("Cllr Mrs Ruth Tansley OBE JP", "Ruth Tansley"),
        ("Marlbeck Homes Limited", "Marlbeck Homes"),
        ("St Anne’s Forum", "St Anne's Forum"),
    ],
)
def test_two_spellings_of_one_name_are_plainly_the_same(written, same_as):
    assert plain(written) == plain(same_as)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tobias Wren", "Tobias Wran"), ("North Forum", "South Forum"), ("PC Plum", "Plum PCT")],
)
def test_two_names_are_not_the_same(one, other):
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Tobias Wren", "TW"), ("Cllr Anne-Marie Dow", "AMD"), ("Dr Ruth Tansley", "RT"), ("", "")],
)
def test_initials_leave_titles_out(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("written", "organisation"),
    [
        ("Tobias Wren", "Probation Service"),
        ("Mr T. Wren", None),
        ("tobias wren", None),
        ("Tobias Wren", "The Probation Service"),
    ],
)
def test_the_same_name_from_the_same_place_is_the_same_person(written, organisation):
    known = person("Tobias Wren", "Probation Service", also=["T Wren"])

    assert directory([known]).person(written, organisation).same == known


@pytest.mark.parametrize(
    ("written", "organisation", "why"),
    [
        ("Tobias Wran", "Probation Service", "Nearly the same name."),
        ("T Wren", "Probation Service", "The same initial and surname."),
        ("Mr Wren", None, "The same initial and surname."),
        (
            "Tobias Wren",
            "Wyleshire Police",
            "The same name, but known from another organisation.",
        ),
    ],
)
def test_a_doubt_is_asked_and_says_why(written, organisation, why):
    known = person("Tobias Wren", "Probation Service")

    match = directory([known]).person(written, organisation)

    assert match.same is None
    assert match.perhaps == (known,)
    assert match.why == why


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Jane Smith", "Cllr J Smith"),
        ("Cllr J Smith", "Councillor Jane Smith"),
        ("J. A. Smith", "Jane Smith"),
        ("Jane Anne Smith", "J A Smith"),
        ("Jane Smith", "Mrs Smith"),
        ("Chief Inspector K Yates", "Karl Yates"),
    ],
)
def test_an_initial_stands_for_a_first_name_either_way(known, written):
    somebody = person(known, "Marlbeck Borough Council")

    match = directory([somebody]).person(written, "Marlbeck Borough Council")

    assert match.perhaps == (somebody,)
    assert match.why == "The same initial and surname."


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Jane Smith", "Jane Brown"),
        ("Jane Smith", "John Smith"),
        ("J B Smith", "JA Smith"),
        ("Jane Smith", "K Smith"),
        ("Jane Smith-Brown", "J Smith"),
        ("Jane Anne Smith", "Jane Betty Smith"),
    ],
)
def test_another_surname_or_first_name_is_not_guessed(known, written):
    somebody = person(known, "Marlbeck Borough Council")

    assert directory([somebody]).person(written, "Marlbeck Borough Council").perhaps == ()


def test_initials_written_together_are_set_apart():
    assert given_names("JA Smith") == ["j", "a", "smith"]
    assert given_names("JO SMITH") == ["jo", "smith"]
    assert given_names("Jo Smith") == ["jo", "smith"]


def test_two_people_of_one_name_are_both_offered():
    both = person("Ann Lee", "Police"), Known("2", "Ann Lee", (), ("Police",))

    match = directory(both).person("Ann Lee", "Police")

    assert set(match.perhaps) == set(both)
    assert match.why == "More than one person has this name."


def test_the_organisation_tells_two_people_of_one_name_apart():
    police, homes = person("Ann Lee", "Police"), Known("2", "Ann Lee", (), ("Homes",))

    assert directory([police, homes]).person("Ann Lee", "Homes").same == homes


@pytest.mark.parametrize("written", ["Tessa Wren", "T Wrenfield", "Somebody Else", "S Wren", ""])
def test_a_name_that_is_not_near_is_new(written):
    match = directory([person("Tobias Wren", "Probation Service")]).person(written, None)

    assert (match.same, match.perhaps) == (None, ())


def test_an_initial_from_another_organisation_is_somebody_new():
    match = directory([person("Tobias Wren", "Probation Service")]).person("T Wren", "Fire Brigade")

    assert (match.same, match.perhaps) == (None, ())


def test_organisations_and_bodies_are_known_by_any_of_their_names():
    council = Known("c", "Marlbeck Borough Council", ("MBC", "the Council"))
    board = Known("b", "Western Area Partnership Board", ("WAPB",))
    known = directory(organisations=[council], bodies=[board])

    assert known.organisation("mbc").same == council
    assert known.organisation("Marlbeck Boro Council").perhaps == (council,)
    assert known.body("WESTERN AREA PARTNERSHIP BOARD").same == board
    assert known.organisation("Western Area Partnership Board").same is None


def test_a_name_that_two_organisations_share_is_asked():
    both = Known("1", "Forum", ()), Known("2", "The Forum", ())

    assert directory(organisations=both).organisation("Forum").perhaps == both


# Whose names are offered


def test_nobody_is_offered_whom_the_actor_may_not_see(cast):
    silver = cast.bodies["silver"].audience_id
    with cast.acting("dilys") as dilys:
        unseen = people.add_person(dilys, name="Tobias Wran")
        type(unseen).objects.filter(pk=unseen.pk).update(audience_id=silver)

    with cast.acting("dilys") as dilys:
        assert queries.directory(dilys).person("Tobias Wran", None).same.key == unseen.key
        assert queries.directory(dilys).body("Silver group").same
    with cast.acting("maud") as maud:
        known = queries.directory(maud)
    assert "Tobias Wran" not in [one.name for one in known.people.known]
    assert [one.name for one in known.person("Tobias Wran", None).perhaps] == ["Tobias Wren"]
    assert known.body("Silver group").same is None
    assert known.body("Silver grp").perhaps == ()


def test_a_person_is_told_apart_by_their_post_and_seat(cast):
    with cast.acting("dilys") as dilys:
        known = queries.directory(dilys)

    assert known.person("Tobias Wren", "Probation Service").same
    assert known.person("Tobias Wren", "Wyleshire Police").perhaps[0].label == (
        "Tobias Wren, Probation Service"
    )


@pytest.mark.slow
def test_asking_for_all_names_costs_the_same_for_1_person_and_30(
    cast, django_assert_num_queries, django_assert_max_num_queries
):
    def more(number):
        with cast.acting("maud") as maud:
            for n in range(number):
                someone = people.add_person(maud, name=f"Somebody {n}")
                seating.appoint(maud, person=someone, post=cast.posts["secretary"])

    more(1)
    with cast.acting("dilys") as dilys, django_assert_max_num_queries(12) as few:
        queries.directory(dilys)
    more(29)
    with cast.acting("dilys") as dilys, django_assert_num_queries(len(few)):
        queries.directory(dilys)


# Names in their time and place


def known(name, *also, starts=None, ends=None, after=()):
    year = datetime.date
    return Known(
        name,
        name,
        tuple(also),
        starts=starts and year(starts, 4, 1),
        ends=ends and year(ends, 3, 31),
        after=tuple(after),
    )


PCT = known("Marlbeck Primary Care Trust", "NHS Marlbeck", ends=2013, after=["Marlbeck CCG"])
CCG = known("Marlbeck CCG", "NHS Marlbeck", starts=2013)


@pytest.mark.parametrize(
    ("name", "year", "same", "perhaps"),
    [
        ("NHS Marlbeck", 2010, PCT, ()),
        ("NHS Marlbeck", 2020, CCG, ()),
        ("Marlbeck Primary Care Trust", 2010, PCT, ()),
        ("Marlbeck Primary Care Trust", 2020, None, (CCG, PCT)),
        ("Marlbeck CCG", 2010, None, (PCT, CCG)),
        ("Marlbeck CCG", 2020, CCG, ()),
        ("Marlbeck CCG", None, CCG, ()),
        ("NHS Marlbeck", None, None, (PCT, CCG)),
    ],
)
def test_a_name_means_what_was_there_on_the_day_of_the_meeting(name, year, same, perhaps):
    day = year and datetime.date(year, 6, 1)
    there = directory(organisations=[PCT, CCG]).of_meeting("", day)

    match = there.organisation(name)

    assert (match.same, match.perhaps) == (same, perhaps)
    if year and perhaps:
        assert "was not there on 1 June" in match.why


def test_what_ended_without_a_successor_is_still_itself():
    gone = known("Marlbeck Youth Trust", ends=2013)

    there = directory(organisations=[gone]).of_meeting("", datetime.date(2014, 1, 1))

    assert there.organisation("Marlbeck Youth Trust").same == gone


@pytest.mark.parametrize(
    ("name", "many_have_it"),
    [
        ("Police", True),
        ("the Council", True),
        ("Probation Service", True),
        ("Fire & Rescue Service", True),
        ("PCT", True),
        ("Wyleshire Police", False),
        ("MBC", False),
        ("Marlbeck Homes", False),
        ("", False),
    ],
)
def test_a_kind_of_service_is_no_name_of_one_organisation(name, many_have_it):
    assert is_ambiguous(name) is many_have_it


def test_what_many_are_called_is_known_only_where_it_was_said():
    wyle = known("Wyleshire Police")
    there = directory(organisations=[wyle])
    there.within = {"board": Names([known("Wyleshire Police", "Police")])}

    assert there.of_meeting("board", None).organisation("Police").same.name == "Wyleshire Police"
    assert there.of_meeting("area", None).organisation("Police").same is None
    assert there.organisation("Police").same is None
