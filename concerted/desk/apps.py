from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "concerted.desk"
