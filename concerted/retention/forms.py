"""What somebody types about keeping: a period, a hold, why it is lifted."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.kernel.retention import Expiring, kinds
from concerted.people.public import Body
from concerted.retention.states import Ground, Reach
from concerted.ui.forms import DateInTextField

LONGEST = 2000


class PeriodForm(forms.Form):
    """For how many months a kind is kept; within the kind's bounds."""

    months = forms.IntegerField(label="Keep for this many months")

    def __init__(self, *args: Any, kind: Expiring, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = f"Give a whole number of months from {kind.least} to {kind.most}."
        field = forms.IntegerField(
            label="Keep for this many months",
            help_text=f"From {kind.least} to {kind.most}",
            min_value=kind.least,
            max_value=kind.most,
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), sentence
            ),
        )
        self.fields["months"] = field


class HoldForm(forms.Form):
    """What is held, why, and when somebody looks at it again."""

    reach = forms.ChoiceField(label="What is held?", choices=Reach, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="Kind of record",
        required=False,
        help_text="For a kind, or for one record of it",
    )
    reference = forms.CharField(
        label="Reference of the record",
        required=False,
        max_length=40,
        help_text="As it stands in its address or on the trail. For one record only",
    )
    body: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        None,
        label="Body",
        to_field_name="key",
        required=False,
        empty_label="Choose a body",
        help_text="For all about a body. Files in which no body was recognised are held too",
    )
    ground = forms.ChoiceField(label="Why?", choices=Ground, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="In your words",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What it is about, and who asked. Whoever may see what is held reads this",
        error_messages={"required": "Say in your words why it is held."},
    )
    review_on = DateInTextField(label="When is it looked at again?")

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_kind: Any = self.fields["kind"]
        of_kind.choices = [("", "Choose a kind"), *((one.name, one.title) for one in kinds())]
        of_body: Any = self.fields["body"]
        of_body.queryset = bodies

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        reach = cleaned.get("reach")
        needed = {
            Reach.KIND: {"kind": "Choose which kind of record is held."},
            Reach.BODY: {"body": "Choose the body."},
            Reach.THING: {
                "kind": "Choose which kind of record it is.",
                "reference": "Give the reference of the record.",
            },
        }.get(Reach(reach) if reach else Reach.KIND, {})
        for name, sentence in needed.items():
            if reach and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        for name in {"kind", "body", "reference"} - set(needed):
            cleaned[name] = None if name == "body" else ""
        return cleaned


class LiftForm(forms.Form):
    """Why a hold is needed no longer."""

    reason = forms.CharField(
        label="Why is it needed no longer?",
        max_length=LONGEST,
        error_messages={"required": "Say why it is needed no longer."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
