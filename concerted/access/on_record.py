"""What is on record is never altered: the database refuses it, whoever asks."""

from collections.abc import Sequence

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION on_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What is on record in % is never altered: a correction is a new record.',
        TG_TABLE_NAME;
END $$
"""


class OnRecord(migrations.RunSQL):
    """Fix columns of the rows of a table; such a row is not deleted either.

    `since` is a condition on the row as it was, in SQL, from when on it is on record; without one
    it is from the start. Columns that are not named may still change: who may see it, what it was
    matched to, how far it has come. With `deleted` false its rows may go.
    """

    def __init__(
        self, table: str, fixed: Sequence[str], since: str = "true", deleted: bool = True
    ) -> None:
        changed = " OR ".join(f'OLD."{one}" IS DISTINCT FROM NEW."{one}"' for one in fixed)
        run = "FOR EACH ROW WHEN ({}) EXECUTE FUNCTION on_record_refuse()"
        sql = [
            REFUSE,
            f"CREATE TRIGGER on_record BEFORE UPDATE ON {table} "
            + run.format(f"({since}) AND ({changed})"),
        ]
        reverse = [f"DROP TRIGGER on_record ON {table}"]
        if deleted:
            sql.append(f"CREATE TRIGGER kept BEFORE DELETE ON {table} {run.format(since)}")
            reverse.append(f"DROP TRIGGER kept ON {table}")
        super().__init__(sql=";\n".join(sql), reverse_sql=";\n".join(reverse))
        self.described = (table, list(fixed), since, deleted)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (type(self).__name__, list(self.described), {})
