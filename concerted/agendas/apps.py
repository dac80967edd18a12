from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "concerted.agendas"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.agendas.restricting import follow  # noqa: PLC0415
        from concerted.meetings.public import follows  # noqa: PLC0415

        follows(follow)
