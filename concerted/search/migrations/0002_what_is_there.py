"""What is on record already is found too."""

from django.db import migrations

# The owner of the tables is behind the wall as everybody is: it is opened for this step alone.
FILL = """
DO $$
DECLARE before text := current_setting('app.audiences', true);
BEGIN
    PERFORM set_config('app.audiences',
        coalesce((SELECT array_agg(id) FROM access_audience), '{}')::text, true);
    PERFORM search_refresh('meeting', array(SELECT id FROM meetings_meeting));
    PERFORM search_refresh('item', array(SELECT id FROM meetings_item));
    PERFORM search_refresh('paper', array(SELECT id FROM papers_paper));
    PERFORM search_refresh('action', array(SELECT id FROM actions_action));
    PERFORM set_config('app.audiences', coalesce(before, ''), true);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
