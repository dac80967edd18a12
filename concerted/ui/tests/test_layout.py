import pytest
from django.contrib import messages

from concerted.ui import errors, views
from concerted.ui.tests.page import Page


def shown(request, view=views.words):
    return Page(view(request).content.decode())


def test_a_signed_in_person_sees_who_they_are_and_can_sign_out(secretary):
    page = shown(secretary())
    account = page.one(class_="app-account")
    assert "Dilys Ambrey, secretary" in account.words
    form = next(element for element in account.inside if element.tag == "form")
    assert form.attrs == {"action": "/sign-in/out/", "method": "post"}
    assert "csrfmiddlewaretoken" in [element.attrs.get("name") for element in form.inside]


def test_navigation_is_for_signed_in_people_only(anybody, secretary):
    assert shown(secretary()).all("nav", aria_label="Menu")
    assert not shown(anybody()).all("nav", aria_label="Menu")


def test_navigation_marks_where_one_is(secretary):
    on_words = shown(secretary("/words"))
    assert on_words.one("a", aria_current="page").words == "Words"
    beside = shown(secretary("/help"), views.help_page)
    assert beside.one("a", aria_current="true").words == "Words"


def test_navigation_needs_no_name_of_a_partnership(secretary, settings):
    settings.PARTNERSHIP_NAME = ""
    page = shown(secretary())
    assert page.all("nav", aria_label="Menu")
    assert page.one("title").words == "Words we use – Concerted"


def test_a_request_without_an_actor_shows_the_account(anybody):
    class Account:
        is_authenticated = True

        def __str__(self):
            return "dilys@marlbeck.example"

    request = anybody()
    request.user = Account()
    assert "dilys@marlbeck.example" in shown(request).one(class_="app-account").words


def test_a_demonstration_says_so_on_every_page(anybody, settings):
    assert not shown(anybody()).all(class_="govuk-footer__meta-custom")
    settings.DEMONSTRATION = True
    words = shown(anybody()).one(class_="govuk-footer__meta-custom").words
    assert words == (
        "A demonstration: Safer Marlbeck, its people, agencies and figures are invented."
    )


def test_the_partnership_of_the_actor_wins_over_the_settings(secretary):
    request = secretary()
    request.actor.partnership = "Safer Alderholme"
    page = shown(request)
    assert page.one(class_="govuk-service-navigation__service-name").words == "Safer Alderholme"
    assert page.one("title").words == "Words we use – Safer Alderholme – Concerted"


def test_a_demonstration_without_a_name_says_so_too(settings):
    settings.PARTNERSHIP_NAME = ""
    settings.DEMONSTRATION = True
    page = errors.not_found(None).content.decode()
    assert "A demonstration: the partnership, its people, agencies" in page


def test_the_first_link_leads_past_the_head(anybody):
    page = shown(anybody())
    assert page.all("a")[0].attrs["href"] == "#main-content"
    assert page.one("main").attrs["id"] == "main-content"


@pytest.mark.parametrize(
    ("tell", "role", "title"),
    [(messages.success, "alert", "Done"), (messages.warning, "region", "Please note")],
)
def test_a_message_becomes_a_banner(secretary, tell, role, title):
    request = secretary()
    tell(request, "Decision <5> recorded.")
    banner = shown(request).one(class_="govuk-notification-banner")
    assert banner.attrs["role"] == role
    assert title in banner.words
    assert "Decision <5> recorded." in banner.words


def test_help_of_a_page_stands_at_its_foot_and_is_linked(render, anybody):
    page = Page(
        render(
            '{% extends "ui/page.html" %}{% set help = {"for": "To see decisions."} %}',
            request=anybody(),
        )
    )
    assert "To see decisions." in page.one("section", id="help").words
    assert page.one("a", href="#help").words == "Help with this page"


def test_htmx_is_loaded_only_where_a_page_asks_for_it(render, anybody):
    plain = render('{% extends "ui/page.html" %}', request=anybody())
    live = render('{% extends "ui/page.html" %}{% set live = true %}', request=anybody())
    assert "htmx" not in plain
    assert "ui/htmx.min.js" in live


@pytest.mark.parametrize("name", ["accessibility", "help_page", "privacy", "words"])
def test_pages_for_anybody_open_without_signing_in(anybody, name):
    view = getattr(views, name)
    assert view.login_required is False
    assert len(shown(anybody(), view).all("h1")) == 1
