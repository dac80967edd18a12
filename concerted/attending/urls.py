"""The addresses of attending; a key is that of the meeting or of the body."""

from django.urls import path

from concerted.attending import views

app_name = "attending"
urlpatterns = [
    path("meetings/<str:key>/", views.meeting, name="meeting"),
    path("meetings/<str:key>/reply/", views.reply, name="reply"),
    path("bodies/<str:key>/quorum/", views.quorum, name="quorum"),
]
