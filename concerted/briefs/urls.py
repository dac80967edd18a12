"""The addresses of the chair’s brief; a key is of the meeting, below which all else is named."""

from django.urls import path

from concerted.briefs import views

app_name = "briefs"
urlpatterns = [
    path("<str:key>/", views.meeting, name="meeting"),
    path("<str:key>/prompt/", views.prompt, name="prompt"),
    path("<str:key>/take-away/", views.take_away, name="take_away"),
]
