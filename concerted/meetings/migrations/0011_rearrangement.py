import concerted.access.models
import concerted.kernel.clock
import concerted.kernel.keys
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_directory_open_since"),
        ("meetings", "0010_agenda_on_record"),
        ("people", "0012_invitation_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rearrangement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    concerted.access.models.KeyField(
                        default=concerted.kernel.keys.new_key,
                        editable=False,
                        max_length=16,
                        unique=True,
                    ),
                ),
                (
                    "did",
                    models.CharField(
                        choices=[("moved", "Moved"), ("cancelled", "Cancelled")], max_length=10
                    ),
                ),
                ("was_on", models.DateField()),
                ("was_at", models.TimeField(null=True)),
                ("was_venue", models.CharField(blank=True, max_length=300)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=concerted.kernel.clock.now)),
                (
                    "audience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.audience",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rearrangements",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
