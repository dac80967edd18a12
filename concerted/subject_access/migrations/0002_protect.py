"""The wall, steps and rulings that are never altered, and the audience of those who handle."""

from django.db import migrations

from concerted.access.protection import Protect

KEPT = """
CREATE FUNCTION subject_access_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.audience_id := NEW.audience_id;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'What was noted of a request, and decided, stays as it was.';
END $$
"""
TABLES = ("subject_access_step", "subject_access_ruling")
TRIGGERS = [
    statement
    for table in TABLES
    for statement in (
        f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION subject_access_kept()",
        f"CREATE TRIGGER kept_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION subject_access_kept()",
    )
]
# The roles that hold the permission to handle requests: a test compares them with access.roles.
HANDLE = """
WITH made AS (INSERT INTO access_audience (kind) VALUES ('listed') RETURNING id)
INSERT INTO subject_access_handlers (audience_id) SELECT id FROM made;
INSERT INTO people_audiencemember (audience_id, post_id)
    SELECT h.audience_id, p.id FROM subject_access_handlers h, people_post p
    WHERE p.support IN ('auditor', 'manager');

CREATE FUNCTION subject_access_handles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM people_audiencemember m USING subject_access_handlers h
        WHERE m.audience_id = h.audience_id AND m.post_id = NEW.id;
    IF NEW.support IN ('auditor', 'manager') THEN
        INSERT INTO people_audiencemember (audience_id, post_id)
            SELECT audience_id, NEW.id FROM subject_access_handlers;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER subject_access_handles AFTER INSERT OR UPDATE OF support ON people_post
    FOR EACH ROW EXECUTE FUNCTION subject_access_handles();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("subject_access", "0001_initial"),
        ("people", "0011_listed_holders"),
        ("access", "0002_extensions"),
    ]
    operations = [
        Protect(
            "subject_access_accessrequest",
            "subject_access_draft",
            "subject_access_finding",
            "subject_access_release",
            "subject_access_ruling",
            "subject_access_step",
        ),
        migrations.RunSQL(KEPT, "DROP FUNCTION subject_access_kept()"),
        migrations.RunSQL(
            TRIGGERS,
            [
                f"DROP TRIGGER {name} ON {table}"
                for table in TABLES
                for name in ("kept", "kept_all")
            ],
        ),
        migrations.RunSQL(
            HANDLE,
            "DROP TRIGGER subject_access_handles ON people_post;"
            "DROP FUNCTION subject_access_handles();",
        ),
    ]
