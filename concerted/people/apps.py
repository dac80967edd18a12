from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "concerted.people"

    def ready(self) -> None:
        from concerted.access import passwords  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415
        from concerted.people import telling  # noqa: F401, PLC0415 - it listens from now on
        from concerted.people.retention import KINDS  # noqa: PLC0415
        from concerted.people.standing import partnership_words  # noqa: PLC0415

        passwords.sources.append(partnership_words)
        register(*KINDS)
