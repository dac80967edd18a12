"""The wall, and what is on record: entries, what was said of them, rules and declarations."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect

KIND = """
CREATE FUNCTION interests_kind_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ends IS NULL THEN
        OLD.ends := NEW.ends;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A kind of interest is never altered: it is stopped, and another added.';
END $$
"""
# Decided once; who decided may turn out to be another record of the same person.
DECIDED = """
CREATE FUNCTION interests_sensitivity_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    OLD.audience_id := NEW.audience_id;
    IF OLD.agreed IS NULL THEN
        OLD.agreed := NEW.agreed;
        OLD.answer := NEW.answer;
        OLD.decided_at := NEW.decided_at;
    END IF;
    OLD.decided_by_id := NEW.decided_by_id;
    IF OLD IS NOT DISTINCT FROM NEW THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was decided on an interest is never altered.';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("interests", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "interests_register",
            "interests_entry",
            "interests_sensitivity",
            "interests_withheld",
            "interests_remark",
            "interests_confirmation",
            "interests_declaration",
            "interests_dismissal",
            "interests_gift",
        ),
        OnRecord(
            "interests_rule",
            [
                "key",
                "starts",
                "days_after_appointment",
                "days_after_change",
                "confirm_months",
                "remind_days",
                "gift_pounds",
                "gift_days",
                "set_at",
            ],
        ),
        # With their register they go, when its time is past.
        OnRecord(
            "interests_entry",
            [
                "key",
                "register_id",
                "nothing",
                "kind_id",
                "organisation_id",
                "organisation_name",
                "what",
                "whose",
                "starts",
                "ends",
                "follows_id",
                "registered_at",
            ],
            deleted=False,
        ),
        OnRecord("interests_remark", ["key", "entry_id", "said", "text", "at"], deleted=False),
        OnRecord(
            "interests_dismissal",
            ["key", "item_key", "entry_id", "reason", "at"],
            deleted=False,
        ),
        OnRecord(
            "interests_gift",
            [
                "key",
                "register_id",
                "direction",
                "on",
                "what",
                "pounds",
                "organisation_id",
                "other_side",
                "accepted",
                "corrects_id",
                "registered_at",
            ],
            deleted=False,
        ),
        OnRecord("interests_confirmation", ["key", "register_id", "at"], deleted=False),
        OnRecord(
            "interests_declaration",
            [
                "key",
                "item_id",
                "person_id",
                "kind_id",
                "words",
                "did",
                "dispensation",
                "corrects_id",
                "by_id",
                "at",
            ],
        ),
        migrations.RunSQL(KIND, "DROP FUNCTION interests_kind_kept()"),
        migrations.RunSQL(DECIDED, "DROP FUNCTION interests_sensitivity_kept()"),
        migrations.RunSQL(
            [
                "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON interests_kind "
                "FOR EACH ROW EXECUTE FUNCTION interests_kind_kept()",
                "CREATE TRIGGER kept BEFORE UPDATE ON interests_sensitivity "
                "FOR EACH ROW EXECUTE FUNCTION interests_sensitivity_kept()",
            ],
            [
                "DROP TRIGGER kept ON interests_kind",
                "DROP TRIGGER kept ON interests_sensitivity",
            ],
        ),
    ]
