"""The addresses of matters arising; a key is of the meeting, of what is raised, of an action."""

from django.urls import path

from concerted.arising import views

app_name = "arising"
urlpatterns = [
    path("raised/<str:key>/take-back/", views.take_back, name="take_back"),
    path("actions/<str:key>/name/", views.name, name="name"),
    path("<str:key>/", views.meeting, name="meeting"),
    path("<str:key>/raise/", views.raise_minute, name="raise"),
]
