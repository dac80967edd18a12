"""The partnership's own Word template."""

from django.db import models

from concerted.access.models import KeyField, Restricted
from concerted.kernel.clock import now
from concerted.people.models import Person


class Template(Restricted):
    """A .docx whose styles, head and foot all Word files get; the newest one counts.

    None is altered: what was made with one was made with those bytes. An empty one goes back to
    the program's own.
    """

    never_altered = True
    key = KeyField()
    name = models.CharField(max_length=255)
    docx = models.BinaryField()
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or "the program’s own template"
