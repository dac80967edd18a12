"""Prompts stand behind the wall, with the audience of the office or of a restricted item."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("briefs", "0001_initial"), ("access", "0002_extensions")]
    operations = [Protect("briefs_prompt")]
