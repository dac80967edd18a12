"""What somebody types about who may see a thing. Whether it may be so is the policy's business."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.people.public import Entry, Organisation
from concerted.restrictions.kinds import Restrictable
from concerted.restrictions.models import Ground
from concerted.restrictions.policies import Wanted
from concerted.restrictions.states import Level, Tier
from concerted.ui.forms import DateInTextField

LONGEST = 4000


class RestrictForm(forms.Form):
    """Who may see a thing. `token` is the record that the page was made from.

    Nobody chooses an audience that is `given`.
    """

    token = forms.CharField(required=False, widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="What do others see?",
        choices=Level.choices,
        widget=forms.RadioSelect,
    )
    tier = forms.ChoiceField(
        label="Marking", choices=Tier.choices, widget=forms.RadioSelect, initial=Tier.SENSITIVE
    )
    owner: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="Whose is it?",
        help_text="Only its people can let more people see it, or open it again.",
        queryset=None,
        to_field_name="key",
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation that it belongs to."},
    )
    ground: "forms.ModelChoiceField[Ground]" = forms.ModelChoiceField(
        label="Why is it kept back?",
        help_text="Others read this reason where it is closed.",
        queryset=None,
        to_field_name="key",
        empty_label="Choose a reason",
        required=False,
    )
    public_interest = forms.CharField(
        label="Why does keeping it back serve the public more than showing it?",
        help_text="Only those on the audience read this. It may stay empty for a reason without a "
        "public-interest test.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
    )
    review_on = DateInTextField(label="When is this looked at again?", required=False)
    whom_to_ask = forms.CharField(
        label="Whom to ask",
        help_text="A post, not a person. Others read this where it is closed.",
        max_length=200,
        required=False,
    )
    sees = forms.MultipleChoiceField(
        label="Who may see it?",
        help_text="A post lets in whoever holds it now. Whoever follows is asked about again.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose only from the list."},
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        of: Restrictable,
        entries: Sequence[Entry],
        owners: QuerySet[Organisation],
        grounds: QuerySet[Ground],
        given: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (Level.OPEN, f"Open: {of.read_by}"),
            (Level.CLOSED, f"Closed: {of.told}"),
            (Level.HIDDEN, "Hidden: others see nothing at all"),
        ]
        self.entries = {one.value: one for one in entries}
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["ground"].queryset = grounds  # type: ignore[attr-defined]
        self.fields["ground"].label_from_instance = in_words  # type: ignore[attr-defined]
        self.fields["sees"].choices = [  # type: ignore[attr-defined]
            (one.value, one.name) for one in entries
        ]
        if given:
            del self.fields["sees"]

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            level=Level(given["level"]),
            tier=Tier(given["tier"]),
            owner=given["owner"],
            ground=given["ground"],
            public_interest=given["public_interest"],
            review_on=given["review_on"],
            whom_to_ask=given["whom_to_ask"],
            entries=tuple(self.entries[value] for value in given.get("sees", ())),
        )


def in_words(ground: Ground) -> str:
    """A reason as it is offered."""
    if ground.public_interest_test:
        return ground.words
    return f"{ground.words} (no public-interest test)"


class GroundForm(forms.Form):
    """A reason to be added to the list."""

    words = forms.CharField(
        label="The reason",
        help_text="As others read it where something is closed: a short sentence, without a full "
        "stop.",
        max_length=200,
    )
    source = forms.CharField(
        label="Where it comes from",
        help_text="The law with its paragraph, or the partnership’s own list.",
        max_length=160,
        initial="The partnership’s own list",
    )
    public_interest_test = forms.TypedChoiceField(
        label="Does a public-interest test apply?",
        help_text="If so, whoever gives it says why keeping something back serves the public more "
        "than showing it.",
        choices=[("yes", "Yes"), ("no", "No: the law itself forbids showing it")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    starts = DateInTextField(label="From which day can it be given?")


class StopGroundForm(forms.Form):
    """From when a reason is given no more."""

    from_day = DateInTextField(label="From which day can it no longer be given?")
