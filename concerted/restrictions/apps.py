from django.apps import AppConfig


class RestrictionsConfig(AppConfig):
    name = "concerted.restrictions"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.people.public import tells_closed  # noqa: PLC0415
        from concerted.restrictions.kinds import register  # noqa: PLC0415
        from concerted.restrictions.queries import closed_in  # noqa: PLC0415
        from concerted.restrictions.restricting import BodyKind, SeatKind  # noqa: PLC0415

        register(BodyKind(), SeatKind())
        tells_closed(closed_in)
