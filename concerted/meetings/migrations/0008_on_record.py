"""Minutes are never altered: what they say is fixed from the day that they are on record.

An agenda is not minutes yet: until the meeting has been held its items may change. Of the text of
an item one thing may happen afterwards: a paragraph is taken out whole, to stand behind a narrower
wall, or put back.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord

# A meeting that the asker cannot see counts as held: what is not seen is not altered.
HELD = """
CREATE FUNCTION meetings_held(bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT state <> 'planned' FROM meetings_meeting WHERE id = $1), true)
$$
"""
# One text is the other with one run of characters taken out. The longest common beginning is
# taken; if what is left of the shorter then ends the longer, there is such a run.
TAKEN_OUT = """
CREATE FUNCTION meetings_differ_by_one_run(one text, other text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    short text := CASE WHEN length(one) <= length(other) THEN one ELSE other END;
    long text := CASE WHEN length(one) <= length(other) THEN other ELSE one END;
    least int := 0;
    most int := length(short);
    middle int;
BEGIN
    WHILE least < most LOOP
        middle := (least + most + 1) / 2;
        IF left(short, middle) = left(long, middle) THEN least := middle;
        ELSE most := middle - 1;
        END IF;
    END LOOP;
    RETURN right(long, length(short) - least) = right(short, length(short) - least);
END $$
"""
ITEM_TEXT = """
CREATE TRIGGER on_record_text BEFORE UPDATE ON meetings_item
FOR EACH ROW WHEN (
    meetings_held(OLD.meeting_id) AND OLD.text IS DISTINCT FROM NEW.text AND (
        OLD.pieces = NEW.pieces OR NOT meetings_differ_by_one_run(OLD.text, NEW.text)
    )
) EXECUTE FUNCTION on_record_refuse()
"""
PARAGRAPH_TEXT = """
CREATE TRIGGER on_record_text BEFORE UPDATE ON meetings_paragraph
FOR EACH ROW WHEN (OLD.text <> '' AND NEW.text NOT IN ('', OLD.text))
EXECUTE FUNCTION on_record_refuse()
"""
HIDDEN_REF = """
CREATE TRIGGER on_record_ref BEFORE UPDATE ON meetings_item
FOR EACH ROW WHEN (
    meetings_held(OLD.meeting_id) AND OLD.ref IS DISTINCT FROM NEW.ref AND NEW.ref <> ''
) EXECUTE FUNCTION on_record_refuse()
"""
ITEM = "meetings_held(OLD.meeting_id)"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_protect_paragraphs")]
    operations = [
        migrations.RunSQL(HELD, "DROP FUNCTION meetings_held(bigint)"),
        migrations.RunSQL(TAKEN_OUT, "DROP FUNCTION meetings_differ_by_one_run(text, text)"),
        OnRecord(
            "meetings_meeting",
            [
                *("key", "body_id", "held_on", "starts_at", "venue", "status_as_printed"),
                *("next_meeting_on", "created_at"),
            ],
            since="OLD.state <> 'planned'",
        ),
        OnRecord(
            "meetings_item",
            ["key", "meeting_id", "position", "title", "part", "sub_items"],
            since=ITEM,
        ),
        migrations.RunSQL(ITEM_TEXT, "DROP TRIGGER on_record_text ON meetings_item"),
        migrations.RunSQL(HIDDEN_REF, "DROP TRIGGER on_record_ref ON meetings_item"),
        OnRecord("meetings_paragraph", ["key", "item_id", "place"]),
        migrations.RunSQL(PARAGRAPH_TEXT, "DROP TRIGGER on_record_text ON meetings_paragraph"),
        OnRecord("meetings_passage", ["key", "item_id", "number", "text"]),
        OnRecord("meetings_reference", ["item_id", "position", "ref", "held_on", "printed"]),
        OnRecord(
            "meetings_attendance",
            ["meeting_id", "position", "attended", "name", "organisation_name", "role"],
        ),
        OnRecord(
            "meetings_decision",
            ["key", "item_id", "body_id", "position", "decided_on", "code", "text", "doubt"],
        ),
        OnRecord("meetings_limb", ["decision_id", "position", "letter", "code", "text"]),
    ]
