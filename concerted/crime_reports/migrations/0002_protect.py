"""All of it stands behind the wall; figures and steps are never altered, nor what is issued.

Who prepared, wrote or cleared it may be found to be one person with another record of theirs, so
that is not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect

# Where the actor no longer sees the report, nothing of it is changed either.
KEPT = """
CREATE FUNCTION crime_reports_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM crime_reports_report WHERE id = OLD.report_id)
       IN ('writing', 'to_clear', 'cleared') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'An issued crime report is never altered: a correction is a new version.';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OF heading, drafted, text, rests_on, position
ON crime_reports_section FOR EACH ROW EXECUTE FUNCTION crime_reports_keep();
CREATE TRIGGER stays BEFORE DELETE ON crime_reports_section
FOR EACH ROW EXECUTE FUNCTION crime_reports_keep();
CREATE TRIGGER stays BEFORE DELETE ON crime_reports_print
FOR EACH ROW EXECUTE FUNCTION crime_reports_keep();
"""
UNKEPT = """
DROP TRIGGER kept ON crime_reports_section;
DROP TRIGGER stays ON crime_reports_section;
DROP TRIGGER stays ON crime_reports_print;
DROP FUNCTION crime_reports_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("crime_reports", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "crime_reports_report",
            "crime_reports_figures",
            "crime_reports_section",
            "crime_reports_done",
            "crime_reports_print",
        ),
        OnRecord(
            "crime_reports_report",
            [
                *("key", "body_id", "owner_id", "title", "area", "area_name", "first", "last"),
                *("years", "number", "follows_id", "prepared_at"),
            ],
        ),
        OnRecord(
            "crime_reports_figures",
            ["report_id", "number", "held", "drafted", "snapshots", "computed_at"],
        ),
        OnRecord("crime_reports_done", ["key", "report_id", "step", "words", "at"]),
        OnRecord(
            "crime_reports_print",
            ["report_id", "form", "content", "size", "made_at"],
            deleted=False,
        ),
        migrations.RunSQL(KEPT, UNKEPT),
    ]
