"""The addresses that belong to no domain: words, help, accessibility, privacy."""

from django.conf import settings
from django.urls import path

from concerted.ui import gallery, views

app_name = "ui"

urlpatterns = [
    path("accessibility", views.accessibility, name="accessibility"),
    path("help", views.help_page, name="help"),
    path("privacy", views.privacy, name="privacy"),
    path("words", views.words, name="words"),
]

gallery_urlpatterns = [
    path("gallery", gallery.index, name="gallery"),
    path("gallery/<str:name>", gallery.page, name="gallery-page"),
]

if getattr(settings, "GALLERY", False):
    urlpatterns += gallery_urlpatterns
