"""The trail is added to only, and holds no names and no text."""

import ast
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

import concerted
from concerted.access.actor import SYSTEM
from concerted.audit import trail
from concerted.audit.models import Line, Verb
from concerted.kernel.keys import new_key, new_reference

PACKAGE = Path(concerted.__file__).parent
STATEMENTS = {
    "update": "UPDATE {} SET id = id",
    "delete": "DELETE FROM {}",
    "truncate": "TRUNCATE {} CASCADE",
}
TABLES = ("audit_line", "audit_seal", "audit_sealedline")


@pytest.fixture
def sealed(cast):
    from concerted.audit import sealing  # noqa: PLC0415

    sealing.seal()


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
@pytest.mark.parametrize("table", TABLES)
def test_the_role_that_serves_pages_only_adds(sealed, table, statement):
    with (
        pytest.raises(DatabaseError, match=r"never changed|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_owner_only_adds_too(cast, statement):
    name = connection.settings_dict["NAME"]
    with (
        psycopg.connect(**settings.CLUSTER.dsn(name, settings.OWNER_ROLE)) as owner,
        pytest.raises(psycopg.Error, match="never changed"),
    ):
        owner.execute(statement.format("audit_line"))


def test_the_role_that_serves_pages_cannot_stop_the_triggers(cast):
    with (
        pytest.raises(DatabaseError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE audit_line DISABLE TRIGGER ALL")


GOOD = {
    "what": "meeting.recorded",
    "kind": "meetings.meeting",
    "reference": new_key(),
    "verb": Verb.ALTER,
    "fields": ["state"],
}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("what", "Maud Trent"),
        ("what", "meeting.recorded by Maud"),
        ("kind", "Safer Marlbeck Board"),
        ("reference", "maud@example.org"),
        ("reference", "Maud"),
        ("reference", "01632 960123"),
        ("fields", ["state", "Maud Trent"]),
        ("fields", ["name=Maud"]),
        ("fields", ["agreed that"]),
    ],
)
def test_a_line_takes_no_names_and_no_text(part, value):
    with pytest.raises(ValueError, match="no names and no text"):
        trail.line(SYSTEM, **GOOD | {part: value})


@pytest.mark.parametrize("made", [new_key, new_reference, lambda: "2019"])
def test_a_line_takes_the_references_there_are(made):
    for reference in (made() for _ in range(50)):
        assert trail.line(SYSTEM, **GOOD | {"reference": reference}).reference == reference


def test_a_refused_request_names_its_route():
    for kind in ("people:body_add", "account_login", "ui:gallery-page", ""):
        trail.line(SYSTEM, **GOOD | {"kind": kind})


def test_every_line_so_far_keeps_the_shape(cast):
    lines = Line.objects.all()

    assert len(lines) > 20
    for line in lines:
        parts = {"what": line.what, "kind": line.kind, "reference": line.reference}
        trail.line(SYSTEM, verb=line.verb, fields=line.fields, **parts)
        assert not line.actor or trail.REFERENCE.fullmatch(line.actor)


# Each call in the code


def calls():
    for path in sorted(PACKAGE.glob("**/*.py")):
        if "tests" in path.parts or path.parent.name == "audit":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "trail"
            ):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


CALLS = dict(calls())


def words(node: ast.AST):
    """The texts written in an expression; those that name an attribute are code, not words."""
    return [
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


# Words of the code that a f-string takes from a list of choices.
CHOICES = (
    "MailState(state).value",
    "RunState(state).value",
    "_past(step.kind)",
    "state.value",
    "VERBS[wanted.level]",
    "kind.name",
)


def test_calls_are_found():
    assert len(CALLS) > 20


def is_a_word_of_the_code(what: ast.AST) -> bool:
    if isinstance(what, ast.Constant):
        return bool(trail.WHAT.fullmatch(what.value))
    if isinstance(what, ast.JoinedStr):
        made = [one.value for one in what.values if isinstance(one, ast.FormattedValue)]
        return all(ast.unparse(one).endswith(("._meta.model_name", *CHOICES)) for one in made)
    if isinstance(what, ast.IfExp):
        return is_a_word_of_the_code(what.body) and is_a_word_of_the_code(what.orelse)
    return isinstance(what, ast.Name)


def test_what_happened_is_a_word_of_the_code():
    assert [place for place, call in CALLS.items() if not is_a_word_of_the_code(call.args[1])] == []


def names_fields(call: ast.Call) -> bool:
    """Whether its `fields` are written out as names, never taken from what was entered."""
    given = [one.value for one in call.keywords if one.arg == "fields"]
    return all(
        all(trail.FIELD.fullmatch(word) for word in words(value))
        and not any(isinstance(one, ast.JoinedStr | ast.Dict) for one in ast.walk(value))
        for value in given
    )


def test_fields_are_names_of_fields():
    assert [place for place, call in CALLS.items() if not names_fields(call)] == []


@pytest.mark.parametrize(
    "written",
    [
        "trail.record(actor, f'{name} came', fields=['day'])",
        "trail.record(actor, 'Maud Trent', fields=['day'])",
        "trail.record(actor, 'made', fields=['Maud Trent'])",
        "trail.record(actor, 'made', fields=[f'{name}'])",
    ],
)
def test_words_of_people_in_a_line_are_seen(written):
    [call] = [node for node in ast.walk(ast.parse(written)) if isinstance(node, ast.Call)]

    assert not (is_a_word_of_the_code(call.args[1]) and names_fields(call))
