"""The addresses of papers."""

from django.urls import path

from concerted.papers import views

app_name = "papers"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:key>/", views.detail, name="detail"),
]
