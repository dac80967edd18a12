"""The addresses of this package."""

from django.urls import path

from concerted.people import account_views, directory_views, views

app_name = "people"
urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("bodies/add", views.body_add, name="body_add"),
    path("bodies/<slug:key>/", views.body, name="body"),
    path("bodies/<slug:key>/change", views.body_change, name="body_change"),
    path("bodies/<slug:key>/link", views.body_link, name="body_link"),
    path("bodies/<slug:key>/unlink", views.body_unlink, name="body_unlink"),
    path("bodies/<slug:key>/roles", views.roles, name="roles"),
    path("bodies/<slug:key>/seats/add", views.seat_add, name="seat_add"),
    path("seats/<slug:key>/appoint", views.appoint, name="appoint"),
    path("seats/<slug:key>/end", views.seat_end, name="seat_end"),
    path("seats/<slug:key>/confirm", views.seat_confirm, name="seat_confirm"),
    path("posts/add", views.post_add, name="post_add"),
    path("posts/<slug:key>/appoint", views.appoint_to_post, name="appoint_to_post"),
    path("appointments/<slug:key>/end", views.end_appointment, name="end_appointment"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/add", views.organisation_add, name="organisation_add"),
    path("organisations/<slug:key>/", views.organisation, name="organisation"),
    path("organisations/<slug:key>/change", views.organisation_change, name="organisation_change"),
    path("organisations/<slug:key>/standing", views.standing_change, name="standing_change"),
    path(
        "organisations/<slug:key>/stop", account_views.organisation_stop, name="organisation_stop"
    ),
    path(
        "organisations/<slug:key>/let-in",
        account_views.organisation_let_in,
        name="organisation_let_in",
    ),
    path(
        "organisations/<slug:key>/confirmer",
        account_views.organisation_confirmer,
        name="organisation_confirmer",
    ),
    path("confirm/", account_views.confirm, name="confirm"),
    path("accounts/", account_views.list_accounts, name="accounts"),
    path("accounts/invite", account_views.invite, name="invite"),
    path("accounts/of/<slug:key>/close", account_views.account_close, name="account_close"),
    path("accounts/of/<slug:key>/open", account_views.account_open, name="account_open"),
    path("accounts/of/<slug:key>/sign-in/", directory_views.ways_in, name="ways_in"),
    path(
        "accounts/of/<slug:key>/sign-in/<slug:name>/offer",
        directory_views.offer,
        name="directory_offer",
    ),
    path(
        "accounts/of/<slug:key>/sign-in/<slug:name>/take-away",
        directory_views.take_away,
        name="directory_take_away",
    ),
    path(
        "accounts/invitations/<slug:key>/withdraw",
        account_views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(
        "accounts/invitations/<slug:key>/send",
        account_views.invitation_send,
        name="invitation_send",
    ),
    path("accounts/help/<slug:key>/", account_views.vouch, name="vouch"),
    path("accounts/help/<slug:key>/refuse", account_views.recovery_refuse, name="recovery_refuse"),
    path("welcome/<str:token>/", account_views.welcome, name="welcome"),
    path("lost/", account_views.lost, name="lost"),
    path("again/<str:token>/", account_views.again, name="again"),
    path("no-appointment/", account_views.no_appointment, name="no_appointment"),
    path("persons/", views.persons, name="persons"),
    path("persons/add", views.person_add, name="person_add"),
    path("persons/join", views.join, name="join"),
    path("kinds/", views.kinds, name="kinds"),
    path("kinds/add", views.kind_add, name="kind_add"),
    path("kinds/rename", views.kind_rename, name="kind_rename"),
    path("areas/", views.areas, name="areas"),
    path("areas/districts/add", views.district_add, name="district_add"),
    path("areas/add", views.area_add, name="area_add"),
    path("areas/<slug:key>/", views.area, name="area"),
    path("areas/<slug:key>/define", views.area_define, name="area_define"),
    path("roles/", views.access, name="access"),
]
