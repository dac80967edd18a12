"""Answers stand behind the wall: they are for the one who gave them."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("imports", "0006_answered_names")]
    operations = [Protect("imports_nameanswer")]
