from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "concerted.documents"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.documents.restricting import FileKind  # noqa: PLC0415
        from concerted.restrictions.public import register  # noqa: PLC0415

        register(FileKind())
