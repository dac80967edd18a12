"""The addresses of home and the trail."""

from django.urls import path

from concerted.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("trail/", views.trail, name="trail"),
    path("trail.csv", views.trail_csv, name="trail_csv"),
]
