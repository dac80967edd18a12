from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "concerted.packs"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.agendas.public import when_published  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415
        from concerted.meetings.public import follows, keep_ahead  # noqa: PLC0415
        from concerted.packs.restricting import follow  # noqa: PLC0415
        from concerted.packs.retention import KINDS  # noqa: PLC0415
        from concerted.packs.services import build_when_published, end_all_of  # noqa: PLC0415
        from concerted.packs.shown_ahead import PackAhead  # noqa: PLC0415
        from concerted.people.public import on_end  # noqa: PLC0415

        follows(follow)
        when_published(build_when_published)
        keep_ahead(PackAhead())
        register(*KINDS)
        on_end(end_all_of)
