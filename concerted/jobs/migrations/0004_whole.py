from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_pause"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="whole",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="job",
            name="note",
            field=models.TextField(blank=True),
        ),
    ]
