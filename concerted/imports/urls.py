"""The addresses of files handed over."""

from django.urls import path

from concerted.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
    path("handed-over/<str:key>/", views.handover, name="handover"),
    path("<str:key>/", views.review, name="review"),
    path("<str:key>/changes/", views.changes, name="changes"),
    path("<str:key>/reject/", views.reject, name="reject"),
    path("<str:key>/<int:number>/", views.review, name="review_of"),
]
