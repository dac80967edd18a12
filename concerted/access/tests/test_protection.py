"""The operation that puts a table behind the wall, as a migration keeps it."""

from concerted.access.protection import POLICY, UNPROTECTED, Protect


def test_a_table_is_walled_for_its_owner_too_and_for_writing():
    enable, force, policy = Protect("a_table").sql

    assert enable == "ALTER TABLE a_table ENABLE ROW LEVEL SECURITY"
    assert force == "ALTER TABLE a_table FORCE ROW LEVEL SECURITY"
    assert policy == (f"CREATE POLICY audience ON a_table USING ({POLICY}) WITH CHECK ({POLICY})")


def test_each_table_can_be_taken_back():
    operation = Protect("one", "two")

    assert len(operation.sql) == len(operation.reverse_sql) == 6


def test_a_migration_writes_it_down_by_its_tables():
    name, arguments, named = Protect("one", "two").deconstruct()

    assert (name, arguments, named) == ("Protect", ["one", "two"], {})


def test_each_reason_is_a_reason():
    assert all(len(reason.split()) > 3 for reason in UNPROTECTED.values())
