"""The addresses of long work."""

from django.urls import path

from concerted.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<str:key>/", views.progress, name="progress"),
    path("<str:key>/cancel/", views.cancel, name="cancel"),
    path("<str:key>/pause/", views.pause, name="pause"),
    path("<str:key>/resume/", views.resume, name="resume"),
]
