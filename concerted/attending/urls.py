"""The addresses of attending; a key is that of the meeting or of the body."""

from django.urls import path

from concerted.attending import calendar_views, link_views, views

app_name = "attending"
urlpatterns = [
    path("meetings/<str:key>/", views.meeting, name="meeting"),
    path("meetings/<str:key>/reply/", views.reply, name="reply"),
    path("meetings/<str:key>/invitations/", calendar_views.invitations, name="invitations"),
    path("meetings/<str:key>/from-mail/", views.from_mail, name="from_mail"),
    path("calendars/", calendar_views.calendars, name="calendars"),
    path("calendars/<str:key>/take-back/", calendar_views.take_back, name="take_back"),
    path("answer/<str:token>/", link_views.reply_link, name="reply_link"),
    path("feeds/<str:token>.ics", link_views.feed, name="feed"),
    path("bodies/<str:key>/quorum/", views.quorum, name="quorum"),
    path("bodies/<str:key>/attendance/", views.attendance, name="attendance"),
    path("bodies/<str:key>/attendance.csv", views.attendance_csv, name="attendance_csv"),
]
