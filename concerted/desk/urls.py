"""The addresses of home, the trail, and who read what."""

from django.urls import path

from concerted.desk import views
from concerted.restrictions.public import RESTRICTABLE

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("trail/", views.trail, name="trail"),
    *(
        path(f"read-by/{many}/<str:key>/", views.read_by, {"kind": kind}, name=f"read_by_{kind}")
        for kind, many in RESTRICTABLE.items()
    ),
    path("trail/anchors/", views.anchors, name="anchors"),
    path("trail.csv", views.trail_csv, name="trail_csv"),
]
