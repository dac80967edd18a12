from django.apps import AppConfig


class MinutingConfig(AppConfig):
    name = "concerted.minuting"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.meetings.public import follows, keep_beside_items  # noqa: PLC0415
        from concerted.minuting.restricting import Corrections, follow  # noqa: PLC0415

        follows(follow)
        keep_beside_items(Corrections())
