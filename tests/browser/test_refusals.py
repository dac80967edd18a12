"""What is refused says why; what may not be seen is not there."""

import pytest

pytestmark = pytest.mark.browser


def test_a_refused_page_says_why(somebody):
    tobias = somebody("tobias")
    assert tobias.goes_to("/meetings/imports/").status == 403
    tobias.sees("Only a secretary or the partnership manager can hand over minutes.")
    tobias.sees("Nothing was changed.")
    tobias.finds_no_barrier()


def test_what_may_not_be_seen_answers_byte_for_byte_as_a_wrong_address(somebody):
    tobias = somebody("tobias")
    silver = tobias.town.cast.bodies["silver"].get_absolute_url()
    assert somebody("gareth").goes_to(silver).status == 200
    # Compressed answers hold noise of random length, so that their size tells nothing.
    plain = {"Accept-Encoding": "identity"}
    hidden = tobias.page.request.get(silver, headers=plain)
    wrong = tobias.page.request.get("/people/bodies/nothing-is-here/", headers=plain)
    assert hidden.status == wrong.status == 404
    assert hidden.body() == wrong.body()
    assert hidden.headers | {"date": ""} == wrong.headers | {"date": ""}
    assert tobias.goes_to(silver).status == 404
    tobias.sees("There is no page at this address, or none that is open to you.")


def test_nobody_signs_in_with_a_wrong_password(somebody):
    nobody = somebody(None)
    nobody.goes_to("/")
    nobody.page.get_by_label("E-mail address").fill("dilys@example.org")
    nobody.page.get_by_label("Password", exact=True).fill("not her password")
    nobody.presses("Sign in")
    alert = nobody.page.get_by_role("alert")
    assert alert.inner_text().startswith("There is a problem")
    assert nobody.heading.inner_text() == "Sign in"
