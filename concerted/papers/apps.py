from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "concerted.papers"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.documents.public import register as hold  # noqa: PLC0415
        from concerted.papers.restricting import AppendixKind, PaperFiles, PaperKind  # noqa: PLC0415
        from concerted.restrictions.public import register  # noqa: PLC0415

        register(AppendixKind(), PaperKind())
        hold(PaperFiles())
