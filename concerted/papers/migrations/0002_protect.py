"""Every table of this package stands behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "papers_appendix",
            "papers_paper",
            "papers_paragraph",
            "papers_presentation",
            "papers_recommendation",
        ),
    ]
