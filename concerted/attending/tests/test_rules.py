"""The quorum of a body: put on record by its office, from a day on, never altered."""

import datetime
import re

from django.urls import reverse

from concerted.attending.models import Rule
from concerted.attending.queries import as_rule, rule_of
from concerted.audit.models import Line
from concerted.kernel.clock import today


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def address(cast, body="board"):
    return reverse("attending:quorum", args=[cast.bodies[body].key])


def typed(cast, **more):
    return {
        "starts": "1 February 2027",
        "members": "2",
        "substitutes": "agency",
        "each": [cast.organisations["probation"].key],
        "one_of": [cast.organisations["police"].key, cast.organisations["council"].key],
    } | more


def test_the_office_puts_a_rule_on_record(cast, signed_in):
    page = signed_in("dilys").post(address(cast), typed(cast), follow=True)

    said = "2 members; Probation Service; Marlbeck Borough Council or Wyleshire Police."
    assert said in words(page)
    assert Line.objects.filter(what="quorum.set").count() == 1
    assert said in words(signed_in("tobias").get(address(cast)))


def test_others_are_told_who_does(cast, signed_in):
    page = signed_in("tobias").post(address(cast), typed(cast))

    assert page.status_code == 403
    assert "Only this body’s secretary can put its quorum on record." in words(page)
    assert signed_in("tobias").delete(address(cast)).status_code == 405


def test_before_any_rule_nothing_is_computed_and_the_number_of_the_body_is_offered(cast, signed_in):
    page = signed_in("dilys").get(address(cast))

    assert "nothing is computed. The page of the body names 3 members." in words(page)
    assert re.search(r'<input[^>]*id="id_members"[^>]*value="3"', page.text)


def test_what_is_typed_wrong_is_said(cast, signed_in):
    page = words(signed_in("dilys").post(address(cast), typed(cast, members="many")))

    assert "Give a whole number from 0 to 99." in page


def test_the_rule_of_the_day_holds(cast, rule):
    for members, starts in ((5, datetime.date(2026, 1, 1)), (3, today()), (4, today())):
        rule(members, starts=starts)
    rule(starts=today() + datetime.timedelta(days=10))
    with cast.acting("tobias") as tobias:

        def members(days):
            day = today() + datetime.timedelta(days=days)
            found = rule_of(tobias, cast.bodies["board"], day=day)
            return found and as_rule(found).members

        assert [members(days) for days in (-500, -1, 0, 9, 10)] == [None, 5, 4, 4, None]
        assert Rule.objects.count() == 4
