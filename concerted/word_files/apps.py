from django.apps import AppConfig


class WordFilesConfig(AppConfig):
    name = "concerted.word_files"
