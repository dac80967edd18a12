from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "concerted.actions"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.actions.restricting import ActionKind  # noqa: PLC0415
        from concerted.restrictions.public import register  # noqa: PLC0415

        register(ActionKind())
