from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "concerted.people"
