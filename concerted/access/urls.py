"""Signing in and out, and one's own password. Nobody signs themselves up."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from concerted.access import directory_views, factor_views, session_views
from concerted.access import views as ours
from concerted.access.recent import recently_signed_in

urlpatterns = [
    path("", login_not_required(directory_views.SignIn.as_view()), name="account_login"),
    path("out/", login_not_required(views.logout), name="account_logout"),
    path("closed/", login_not_required(views.signup), name="account_signup"),
    path("inactive/", login_not_required(views.account_inactive), name="account_inactive"),
    path("code/", ours.code, name="account_code"),
    path("passkey/", ours.passkey, name="account_passkey"),
    path("directory/answer/", directory_views.answer, name="account_directory_answer"),
    path("directory/<slug:name>/", directory_views.start, name="account_directory"),
    path("again/", ours.again, name="account_reauthenticate"),
    path("stay/", ours.stay, name="account_stay"),
    path("factors/", factor_views.overview, name="account_factors"),
    path("factors/app/", factor_views.app, name="account_app"),
    path("factors/app/picture.svg", factor_views.app_picture, name="account_app_picture"),
    path("factors/passkey/", factor_views.passkey_add, name="account_passkey_add"),
    path("factors/codes/", factor_views.codes, name="account_codes"),
    path("factors/codes/file/", factor_views.codes_file, name="account_codes_file"),
    path("factors/<str:key>/remove/", factor_views.remove, name="account_factor_remove"),
    path("where/", session_views.overview, name="account_sessions"),
    path("where/others/end/", session_views.end_others, name="account_sessions_end_others"),
    path("where/<str:key>/end/", session_views.end, name="account_session_end"),
    path("where/devices/<str:key>/forget/", session_views.forget, name="account_device_forget"),
    path(
        "password/change/",
        recently_signed_in(views.password_change),
        name="account_change_password",
    ),
    path("password/set/", recently_signed_in(views.password_set), name="account_set_password"),
    path(
        "password/reset/",
        login_not_required(views.password_reset),
        name="account_reset_password",
    ),
    path(
        "password/reset/done/",
        login_not_required(views.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login_not_required(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        login_not_required(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
