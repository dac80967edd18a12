"""Every table of this package that can hold something restricted stands behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect

# What was approved is never changed: not by a mistake above, not by hand through the app's role.
TEXTS = """
CREATE FUNCTION editions_keep_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved_at IS NOT NULL AND
       (NEW.content, NEW.approved_at, NEW.approved_by_id, NEW.kept)
       IS DISTINCT FROM (OLD.content, OLD.approved_at, OLD.approved_by_id, OLD.kept) THEN
        RAISE EXCEPTION 'An approved public text is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_text BEFORE UPDATE ON editions_publictext
FOR EACH ROW EXECUTE FUNCTION editions_keep_text();
"""
RELEASES = """
CREATE FUNCTION editions_keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen <> '' AND (NEW.frozen, NEW.sha256) IS DISTINCT FROM (OLD.frozen, OLD.sha256) THEN
        RAISE EXCEPTION 'What was asked to be released is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_frozen BEFORE UPDATE ON editions_release
FOR EACH ROW EXECUTE FUNCTION editions_keep_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "editions_editionsettings",
            "editions_leakhit",
            "editions_namedpublicly",
            "editions_publictext",
            "editions_release",
        ),
        migrations.RunSQL(
            TEXTS,
            "DROP TRIGGER keep_text ON editions_publictext; DROP FUNCTION editions_keep_text()",
        ),
        migrations.RunSQL(
            RELEASES,
            "DROP TRIGGER keep_frozen ON editions_release; DROP FUNCTION editions_keep_frozen()",
        ),
    ]
