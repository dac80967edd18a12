"""The index, what it is made from, and the triggers by which it follows."""

from pathlib import Path

import concerted.search.models
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from concerted.access.protection import Protect

HERE = Path(__file__).parent
WORDS = (HERE / "words.sql").read_text()
INDEX = (HERE / "index.sql").read_text()
NO_WORDS = """
DROP FUNCTION search_plain(text);
DROP TEXT SEARCH CONFIGURATION search_words;
DROP TEXT SEARCH DICTIONARY search_endings;
"""
NO_INDEX = """
DROP FUNCTION search_follow() CASCADE;
DROP FUNCTION search_alike(text, integer, integer, integer);
DROP FUNCTION search_found(
    tsquery, text[], bigint[], text[], date, date, date, date, integer, integer, integer);
DROP FUNCTION search_circles();
DROP POLICY finding ON search_row;
DROP FUNCTION search_refresh_below(text, bigint[]);
DROP FUNCTION search_refresh(text, bigint[]);
DROP FUNCTION search_lock(text, bigint[]);
DROP FUNCTION search_source(text, bigint[]);
"""
# Of each table: the root whose rows are written anew, and the column that names it.
FOLLOWED = {
    "meetings_meeting": ("meeting", "id"),
    "meetings_item": ("item", "id"),
    "meetings_paragraph": ("item", "item_id"),
    "meetings_passage": ("item", "item_id"),
    "meetings_decision": ("item", "item_id"),
    "meetings_limb": ("item", "limb"),
    "actions_action": ("action", "id"),
    "actions_update": ("action", "action_id"),
    "papers_paper": ("paper", "id"),
    "papers_recommendation": ("paper", "paper_id"),
    "papers_paragraph": ("paper", "paper_id"),
    "papers_appendix": ("paper", "paper_id"),
}
# What all that is below shows of them, by which it changes too.
SHOWN_BELOW = {
    "people_body": "name,audience_id",
    "meetings_meeting": "body_id,held_on,venue,state,key,audience_id,agenda_issue",
}


def follow(table: str, event: str, *told: str) -> migrations.RunSQL:
    rows = {
        "INSERT": "NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
        "UPDATE": "NEW TABLE AS new_rows OLD TABLE AS old_rows",
    }[event]
    words = ", ".join(f"'{one}'" for one in told)
    return migrations.RunSQL(
        f"CREATE TRIGGER search_follows_{event.lower()} AFTER {event} ON {table} "
        f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION search_follow({words})",
        f"DROP TRIGGER search_follows_{event.lower()} ON {table}",
    )


def followed() -> list[migrations.RunSQL]:
    made = [
        follow(table, event, *told)
        for table, told in FOLLOWED.items()
        for event in ("INSERT", "UPDATE", "DELETE")
        if (table, event) != ("meetings_meeting", "UPDATE")
    ]
    for table, columns in SHOWN_BELOW.items():
        made.append(follow(table, "UPDATE", "below", "id", columns))
    return made


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0004_directory_open_since"),
        ("people", "0012_invitation_directory"),
        ("meetings", "0010_agenda_on_record"),
        ("papers", "0005_on_record"),
        ("actions", "0004_on_record"),
    ]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.CreateModel(
            name="Circle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_index=True, size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Row",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("item", "Minute"),
                            ("paragraph", "Minute, restricted paragraph"),
                            ("passage", "Minute, words withheld"),
                            ("decision", "Decision"),
                            ("action", "Action"),
                            ("update", "Said of an action"),
                            ("paper", "Paper"),
                            ("recommendation", "Recommendation"),
                            ("section", "Paragraph of a paper"),
                            ("appendix", "Appendix"),
                        ],
                        max_length=16,
                    ),
                ),
                ("source_id", models.BigIntegerField()),
                ("root", models.CharField(max_length=8)),
                ("root_id", models.BigIntegerField()),
                ("body_id", models.BigIntegerField()),
                ("day", models.DateField()),
                (
                    "states",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                ("due", models.DateField(null=True)),
                ("title", models.TextField()),
                ("words", models.TextField()),
                ("page_key", models.CharField(max_length=16)),
                ("anchor", models.CharField(max_length=20)),
                ("source_key", models.CharField(max_length=16)),
                (
                    "circle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="search.circle",
                    ),
                ),
                (
                    "found_by",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                concerted.search.models.Plain(models.F("title")),
                                config="search_words",
                                weight="A",
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                concerted.search.models.Plain(models.F("words")),
                                config="search_words",
                                weight="D",
                            ),
                            django.contrib.postgres.search.SearchConfig("search_words"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "audience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.audience",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["found_by"], name="search_row_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["states"], name="search_row_states"
                    ),
                    models.Index(
                        fields=["-day", "-kind", "-source_id", "circle", "body_id"],
                        name="search_row_newest",
                    ),
                    models.Index(fields=["root", "root_id"], name="search_row_root"),
                    models.Index(
                        fields=["circle", "-day", "-kind", "-source_id"], name="search_row_circle"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "source_id"), name="search_row_one_of_each"
                    )
                ],
            },
        ),
        Protect("search_row"),
        migrations.RunSQL(INDEX, NO_INDEX),
        *followed(),
    ]
