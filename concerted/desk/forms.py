"""The filter of the trail, and the choice of who keeps its anchors."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.audit.models import Verb
from concerted.desk.records import KINDS
from concerted.people.public import Post
from concerted.ui.forms import DateInTextField


class TrailFilter(forms.Form):
    """What to look for on the trail."""

    mark_optional = False  # a filter is all optional

    since = DateInTextField(label="From", required=False)
    until = DateInTextField(label="To", required=False, help_text="")
    who = forms.CharField(
        label="Who", required=False, max_length=160, help_text="A name, or a pseudonym as printed"
    )
    verb = forms.ChoiceField(
        label="What was done", required=False, choices=[("", "Anything"), *Verb.choices]
    )
    kind = forms.ChoiceField(
        label="Kind of record",
        required=False,
        choices=[("", "Any kind"), *((name, kind.words) for name, kind in KINDS.items())],
    )
    reference = forms.CharField(
        label="Reference", required=False, max_length=40, help_text="As printed on a line"
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This day is before the first. Give a later one.")
        return cleaned


class KeepersForm(forms.Form):
    """Two posts with a role mailbox, of two organisations."""

    first: "forms.ModelChoiceField[Post]" = forms.ModelChoiceField(
        None, label="First post", to_field_name="key"
    )
    second: "forms.ModelChoiceField[Post]" = forms.ModelChoiceField(
        None,
        label="Second post, of another organisation",
        to_field_name="key",
        help_text="Only posts with a role mailbox can be chosen",
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field: Any = self.fields[name]
            field.queryset = posts
            field.label_from_instance = lambda post: (
                f"{post.title}, {post.organisation.name} ({post.role_mailbox})"
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("first"), cleaned.get("second")
        if first and second and first.organisation_id == second.organisation_id:
            self.add_error("second", "This is a post of the same organisation. Choose another.")
        return cleaned
