from django.apps import AppConfig


class RaisingConfig(AppConfig):
    name = "concerted.raising"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.agendas.public import head_builder  # noqa: PLC0415
        from concerted.meetings.public import keep_beside_items  # noqa: PLC0415
        from concerted.raising.shown_beside import Rulings  # noqa: PLC0415
        from concerted.raising.shown_in_builder import PutForward  # noqa: PLC0415

        head_builder(PutForward())
        keep_beside_items(Rulings())
