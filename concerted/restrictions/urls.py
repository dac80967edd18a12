"""The addresses of restrictions: two pages for each kind of thing, and the list of reasons."""

from django.urls import path

from concerted.restrictions import ground_views, views
from concerted.restrictions.kinds import RESTRICTABLE

app_name = "restrictions"
urlpatterns = [
    path("", views.index, name="index"),
    path("reasons/", ground_views.reasons, name="reasons"),
    path("reasons/add", ground_views.add, name="reason_add"),
    path("reasons/<str:key>/stop", ground_views.stop, name="reason_stop"),
    *(
        pattern
        for kind, many in RESTRICTABLE.items()
        for pattern in (
            path(f"{many}/<str:key>/", views.see, {"kind": kind}, name=f"see_{kind}"),
            path(f"{many}/<str:key>/change", views.change, {"kind": kind}, name=f"change_{kind}"),
        )
    ),
]
