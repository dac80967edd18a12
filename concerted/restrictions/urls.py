"""The addresses of restrictions: two pages for each kind of thing."""

from django.urls import path

from concerted.restrictions import views

app_name = "restrictions"
KINDS = {
    "meeting": "meetings",
    "item": "items",
    "paragraph": "paragraphs",
    "paper": "papers",
    "appendix": "appendices",
    "action": "actions",
    "file": "files",
}
urlpatterns = [
    path("", views.index, name="index"),
    *(
        pattern
        for kind, many in KINDS.items()
        for pattern in (
            path(f"{many}/<str:key>/", views.see, {"kind": kind}, name=f"see_{kind}"),
            path(f"{many}/<str:key>/change", views.change, {"kind": kind}, name=f"change_{kind}"),
        )
    ),
]
