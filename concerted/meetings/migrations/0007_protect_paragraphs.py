"""Restricted paragraphs stand behind the wall: there is where their words are."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_paragraph")]
    operations = [Protect("meetings_paragraph")]
