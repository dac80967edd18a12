"""A reason keeps its words, and is ended once; where it has a test, a restriction says more."""

from django.db import migrations

GROUND = """
CREATE FUNCTION restrictions_ground_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ends IS NULL THEN
        OLD.ends := NEW.ends;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A reason for keeping something back stays as it was.';
END $$
"""
REASONED = """
CREATE FUNCTION restrictions_reasoned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.level <> 'open' AND NEW.public_interest = '' AND EXISTS (
        SELECT FROM restrictions_ground WHERE id = NEW.ground_id AND public_interest_test
    ) THEN
        RAISE EXCEPTION 'This reason asks for the public interest.' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = [
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON restrictions_ground "
    "FOR EACH ROW EXECUTE FUNCTION restrictions_ground_kept()",
    "CREATE TRIGGER kept_all BEFORE TRUNCATE ON restrictions_ground "
    "FOR EACH STATEMENT EXECUTE FUNCTION restrictions_ground_kept()",
    "CREATE TRIGGER reasoned BEFORE INSERT ON restrictions_restriction "
    "FOR EACH ROW EXECUTE FUNCTION restrictions_reasoned()",
]


class Migration(migrations.Migration):
    dependencies = [("restrictions", "0003_reasons_of_its_own")]
    operations = [
        migrations.RunSQL(GROUND, "DROP FUNCTION restrictions_ground_kept()"),
        migrations.RunSQL(REASONED, "DROP FUNCTION restrictions_reasoned()"),
        migrations.RunSQL(
            TRIGGERS,
            [
                "DROP TRIGGER kept ON restrictions_ground",
                "DROP TRIGGER kept_all ON restrictions_ground",
                "DROP TRIGGER reasoned ON restrictions_restriction",
            ],
        ),
    ]
