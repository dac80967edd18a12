"""The addresses of home, the trail, and who read what."""

from django.urls import path

from concerted.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("trail/", views.trail, name="trail"),
    path(
        "read-by/actions/<str:key>/",
        views.read_by,
        {"kind": "actions.action"},
        name="read_by_action",
    ),
    path(
        "read-by/meetings/<str:key>/",
        views.read_by,
        {"kind": "meetings.meeting"},
        name="read_by_meeting",
    ),
    path(
        "read-by/papers/<str:key>/",
        views.read_by,
        {"kind": "papers.paper"},
        name="read_by_paper",
    ),
    path("trail/anchors/", views.anchors, name="anchors"),
    path("trail.csv", views.trail_csv, name="trail_csv"),
]
