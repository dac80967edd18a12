"""The addresses of files handed over."""

from django.urls import path

from concerted.imports import together, views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
    path("to-check/", together.queue, name="queue"),
    path("sure/", together.sure, name="sure"),
    path("accepted/<str:key>/", together.batch, name="batch"),
    path("handed-over/<str:key>/", views.handover, name="handover"),
    path("<str:key>/", views.review, name="review"),
    path("<str:key>/changes/", views.changes, name="changes"),
    path("<str:key>/reject/", views.reject, name="reject"),
    path("<str:key>/<int:number>/", views.review, name="review_of"),
    path("<str:key>/<int:number>/same/", together.same, name="same"),
]
