from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "concerted.editions"
