from django.apps import AppConfig


class PaperCallsConfig(AppConfig):
    name = "concerted.paper_calls"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.agendas.public import head_builder, when_published  # noqa: PLC0415
        from concerted.meetings.public import follows  # noqa: PLC0415
        from concerted.paper_calls.restricting import follow, follow_paper  # noqa: PLC0415
        from concerted.paper_calls.services import bring_up_soon, publish_with  # noqa: PLC0415
        from concerted.paper_calls.shown_in_builder import Called  # noqa: PLC0415
        from concerted.papers.public import follows as follows_papers  # noqa: PLC0415
        from concerted.people.public import when_chair_appointed  # noqa: PLC0415

        when_chair_appointed(bring_up_soon)
        follows(follow)
        follows_papers(follow_paper)
        head_builder(Called())
        when_published(publish_with)
