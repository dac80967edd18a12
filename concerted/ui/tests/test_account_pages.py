"""allauth's pages in our layout, rendered with its own forms and without a database."""

from types import SimpleNamespace

import pytest
from allauth.account import forms
from django.template import loader

from concerted.ui.tests.page import Page

SOMEBODY = SimpleNamespace(is_authenticated=True, username="", email="dilys@marlbeck.example")
ADDRESS = SimpleNamespace(email="dilys@marlbeck.example", primary=True, verified=False)

PAGES = {
    "account_inactive": {},
    "email": {
        "form": forms.AddEmailForm(SOMEBODY),
        "emailaddresses": [ADDRESS],
        "emailaddress_radios": [{"id": "r0", "checked": True, "emailaddress": ADDRESS}],
        "can_add_email": True,
    },
    "email_confirm": {
        "confirmation": SimpleNamespace(key="abc", email_address=ADDRESS),
        "can_confirm": True,
    },
    "login": {"form": forms.LoginForm(), "redirect_field": None},
    "logout": {"redirect_field": None},
    "password_change": {"form": forms.ChangePasswordForm(SOMEBODY)},
    "password_reset": {"form": forms.ResetPasswordForm(), "redirect_field": None},
    "password_reset_done": {},
    "password_reset_from_key": {"form": forms.ResetPasswordKeyForm(), "action_url": "/x"},
    "password_reset_from_key_done": {},
    "password_set": {"form": forms.SetPasswordForm(SOMEBODY)},
    "reauthenticate": {
        "form": forms.ReauthenticateForm(user=SOMEBODY),
        "way": "password",
        "others": ["code"],
        "back": "/",
        "options": {},
        "shown": "",
    },
    "signup_closed": {},
    "verification_sent": {},
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_in_our_layout(anybody, name):
    page = Page(loader.render_to_string(f"account/{name}.html", PAGES[name], anybody()))
    assert page.unclosed == []
    assert len(page.all("h1")) == 1
    assert page.one("header")
    for form in page.all("form", method="post"):
        assert "csrfmiddlewaretoken" in [element.attrs.get("name") for element in form.inside]
        assert [e for e in form.inside if e.tag == "button" and e.attrs["type"] == "submit"]


def test_signing_in_asks_for_address_and_password(anybody):
    page = Page(loader.render_to_string("account/login.html", PAGES["login"], anybody()))
    assert page.one("h1").words == "Sign in"
    assert page.one("input", name="login").attrs["type"] == "email"
    assert page.one("input", name="password").attrs["autocomplete"] == "current-password"


def test_a_new_password_is_offered_to_the_browsers_safe(anybody):
    context = PAGES["password_reset_from_key"]
    page = Page(loader.render_to_string("account/password_reset_from_key.html", context, anybody()))
    assert page.one("input", name="password1").attrs["autocomplete"] == "new-password"


def test_a_link_that_is_used_up_says_so(anybody):
    html = loader.render_to_string(
        "account/password_reset_from_key.html", {"token_fail": True}, anybody()
    )
    assert "This link no longer works" in Page(html).one("h1").words


def test_the_answer_does_not_tell_whether_there_is_an_account(anybody):
    html = loader.render_to_string("account/password_reset_done.html", {}, anybody())
    assert "If the address that you gave has an account here" in html


def test_the_mail_carries_the_link_unescaped():
    text = loader.render_to_string(
        "account/email/password_reset_key_message.txt", {"password_reset_url": "/x?a=1&b=2"}
    )
    assert "/x?a=1&b=2" in text


def test_signing_in_is_not_announced():
    assert loader.render_to_string("account/messages/logged_in.txt", {}).strip() == ""
