"""The addresses of restrictions: two pages for each kind of thing."""

from django.urls import path

from concerted.restrictions import views
from concerted.restrictions.kinds import RESTRICTABLE

app_name = "restrictions"
urlpatterns = [
    path("", views.index, name="index"),
    *(
        pattern
        for kind, many in RESTRICTABLE.items()
        for pattern in (
            path(f"{many}/<str:key>/", views.see, {"kind": kind}, name=f"see_{kind}"),
            path(f"{many}/<str:key>/change", views.change, {"kind": kind}, name=f"change_{kind}"),
        )
    ),
]
