from django.apps import AppConfig


class PublicDoorConfig(AppConfig):
    name = "concerted.public_door"
