"""The migrations make the tables that the models say."""

import pytest
from django.apps import apps
from django.core.management import call_command


@pytest.mark.django_db(databases=["default", "owner", "edition", "edition_owner"])
def test_no_model_was_changed_without_its_migration(capsys):
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("concerted.")]

    call_command("makemigrations", *ours, check_changes=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out
