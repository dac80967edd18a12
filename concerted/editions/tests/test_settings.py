"""How the partnership publishes, and whom public texts may name."""

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.editions import queries
from concerted.editions.models import NamedPublicly

SETTINGS = reverse("editions:settings")
NAME = reverse("editions:name")


@pytest.mark.slow
def test_the_manager_sets_the_mailbox_and_whether_one_person_may_release(cast, signed_in):
    maud = signed_in("maud")

    assert "partnership@example.org" in maud.get(SETTINGS).text
    sent = maud.post(SETTINGS, {"contact": "office@example.org", "alone": "on"})

    assert sent.status_code == 302
    with cast.acting("tobias") as tobias:
        assert queries.settings_of(tobias) == queries.HowPublished("office@example.org", True)
    assert Line.objects.filter(what="edition.changed").count() == 1
    assert "Give a whole e-mail address" in maud.post(SETTINGS, {"contact": "office"}).text


@pytest.mark.parametrize("who", ["dilys", "rowena", "tobias", "sid"])
def test_others_are_told_that_it_is_the_managers(signed_in, who):
    reader = signed_in(who)

    assert "Only the partnership manager can change" in reader.get(SETTINGS).text
    for address in (SETTINGS, NAME):
        refused = reader.post(address, {"contact": "x@example.org"})
        assert refused.status_code == 403
        assert "Only the partnership manager can change" in refused.text


def test_somebody_is_named_as_holder_of_an_office_until_that_ends(cast, signed_in):
    maud, rowena = signed_in("maud"), cast.people["rowena"]

    assert "Say which public office they hold." in maud.post(NAME, {"person": rowena.key}).text
    assert "Choose a person from the list." in maud.post(NAME, {"person": "x", "office": "y"}).text
    given = {"person": rowena.key, "office": "Councillor"}
    assert maud.post(NAME, given).status_code == 302
    assert "Rowena Thackley, Councillor" in maud.get(SETTINGS).text
    twice = maud.post(NAME, given)
    assert twice.status_code == 403
    assert "on the list already" in twice.text

    with cast.acting("maud"):
        named = NamedPublicly.objects.get()
    end = reverse("editions:name_no_longer", args=[named.key])
    assert signed_in("dilys").post(end).status_code == 403
    assert maud.get(end).status_code == 405
    assert maud.post(end).status_code == 302
    assert maud.post(end).status_code == 404
    assert "Rowena Thackley, Councillor" not in maud.get(SETTINGS).text


def test_a_bad_name_leaves_the_other_settings_as_they_stand(cast, signed_in):
    maud = signed_in("maud")
    maud.post(SETTINGS, {"contact": "office@example.org", "alone": "on"})

    shown = maud.post(NAME, {}).text

    assert 'name="alone"' in shown
    assert "checked" in shown
