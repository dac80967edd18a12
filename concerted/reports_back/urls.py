"""The addresses of reports back; a key is that of the thing that the address names."""

from django.urls import path

from concerted.reports_back import views

app_name = "reports_back"
urlpatterns = [
    path("links/<str:key>/end/", views.end, name="end"),
    path("meetings/<str:key>/", views.meeting, name="meeting"),
    path("meetings/<str:key>/give/<str:link>/", views.give, name="give"),
    path("meetings/<str:key>/share/", views.share, name="share"),
    path("sharings/<str:key>/revoke/", views.revoke, name="revoke"),
    path("minutes/<str:key>/", views.attached, name="attached"),
    path("decisions/<str:key>/refer/", views.refer, name="refer"),
    path("referrals/<str:key>/", views.referral, name="referral"),
    path("referrals/<str:key>/answer/", views.answer, name="answer"),
    path("referrals/<str:key>/put/", views.put, name="put"),
    path("<str:key>/", views.body, name="body"),
    path("<str:key>/add/", views.add, name="add"),
]
