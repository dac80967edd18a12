"""The addresses of meetings and decisions."""

from django.urls import path

from concerted.meetings import rearranging_views, views

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="list"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions.csv", views.decisions_csv, name="decisions_csv"),
    path("items/<str:key>/paragraphs/", views.paragraphs, name="paragraphs"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/confirm/", views.confirm, name="confirm"),
    path("<str:key>/move/", rearranging_views.move, name="move"),
    path("<str:key>/cancel/", rearranging_views.cancel, name="cancel"),
]
