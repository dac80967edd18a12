"""Tells Django that this package holds templates, static files and no tables."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look of every page."""

    name = "concerted.ui"
    label = "ui"
    verbose_name = "Pages and components"
