"""The index: what can be found, one row for each thing that has an audience of its own."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func

from concerted.access.models import Restricted
from concerted.search.states import Kind


class Plain(Func):
    """Words with a space in place of each mark between them, as the database makes them."""

    function = "search_plain"
    output_field = models.TextField()


def _weighed(column: str, weight: str) -> SearchVector:
    return SearchVector(Plain(F(column)), config="search_words", weight=weight)


class Circle(models.Model):
    """Those who are on every one of some audiences; each set that is needed is kept once or so.

    What a reader may see is then one short list of circles, settled before any row is looked at.
    """

    audiences = ArrayField(models.BigIntegerField(), db_index=True)

    def __str__(self) -> str:
        return f"circle of {self.audiences}"


class Row(Restricted):
    """A copy of the words of one thing, written by the database in the step that writes the thing.

    `audience` is that of the thing, `circle` holds it and those of all that the thing stands in
    (body, meeting, item, paper, action): whoever lacks one of them finds nothing here. `root` and
    `root_id` name what the row is written anew with, `page_key` and `anchor` where it is read.
    """

    kind = models.CharField(max_length=16, choices=Kind)
    source_id = models.BigIntegerField()
    root = models.CharField(max_length=8)
    root_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    day = models.DateField()
    states = ArrayField(models.CharField(max_length=30))
    due = models.DateField(null=True)
    title = models.TextField()
    words = models.TextField()
    page_key = models.CharField(max_length=16)
    anchor = models.CharField(max_length=20)
    source_key = models.CharField(max_length=16)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+", db_index=False)
    found_by = models.GeneratedField(
        expression=_weighed("title", "A") + _weighed("words", "D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_id"], name="search_row_one_of_each")
        ]
        indexes = [
            GinIndex(fields=["found_by"], name="search_row_words"),
            GinIndex(fields=["states"], name="search_row_states"),
            models.Index(
                fields=["-day", "-kind", "-source_id", "circle", "body_id"],
                name="search_row_newest",
            ),
            models.Index(fields=["root", "root_id"], name="search_row_root"),
            models.Index(
                fields=["circle", "-day", "-kind", "-source_id"], name="search_row_circle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
