"""The migrations make the tables that the models say."""

from django.apps import apps
from django.core.management import call_command


def test_no_model_was_changed_without_its_migration(db, capsys):
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("concerted.")]

    call_command("makemigrations", *ours, check_changes=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out
