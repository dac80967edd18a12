from django.apps import AppConfig


class ForwardPlanConfig(AppConfig):
    name = "concerted.forward_plan"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.agendas.public import head_builder  # noqa: PLC0415
        from concerted.forward_plan.restricting import follow  # noqa: PLC0415
        from concerted.forward_plan.shown_in_builder import Waiting  # noqa: PLC0415
        from concerted.meetings.public import follows  # noqa: PLC0415

        follows(follow)
        head_builder(Waiting())
