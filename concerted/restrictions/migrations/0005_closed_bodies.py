"""What is said of a closed body names no body: whoever reads it does not know which."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_seats_apart"),
        ("restrictions", "0004_reasons_are_kept"),
    ]
    operations = [
        migrations.AlterField(
            "closure",
            "body",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.body",
            ),
        ),
    ]
