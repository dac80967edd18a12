from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    name = "concerted.subject_access"
