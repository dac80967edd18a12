from django.apps import AppConfig


class RestrictionsConfig(AppConfig):
    name = "concerted.restrictions"
