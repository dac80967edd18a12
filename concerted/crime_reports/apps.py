from django.apps import AppConfig


class CrimeReportsConfig(AppConfig):
    name = "concerted.crime_reports"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.crime_reports.restricting import follow  # noqa: PLC0415
        from concerted.papers.public import follows  # noqa: PLC0415

        follows(follow)
