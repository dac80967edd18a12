"""What somebody types about interests. Whether it may be so is the policy's business."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.interests.models import Kind
from concerted.interests.policies import NewDeclaration, NewEntry, NewGift
from concerted.interests.states import Did, Direction, Said, Whose
from concerted.people.public import Organisation, Person
from concerted.ui.forms import DateInTextField

LONGEST = 4000


def _long(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
        **more,
    )


class KindChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the kinds in force, with what it covers."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=None, to_field_name="key", empty_label="Choose a kind", **more)

    def label_from_instance(self, obj: Kind) -> str:
        return f"{obj.words}: {obj.covers}" if obj.covers else obj.words


class EntryForm(forms.Form):
    """An interest of the member who types it."""

    kind = KindChoice(label="What kind of interest is it?")
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="Which organisation is it about?",
        queryset=None,
        to_field_name="key",
        empty_label="None of these",
        required=False,
    )
    organisation_name = forms.CharField(
        label="If it is not on this list, its name", max_length=200, required=False
    )
    what = _long("What is the interest?", help_text="Do not name your spouse or partner.")
    whose = forms.ChoiceField(
        label="Whose interest is it?",
        choices=Whose.choices,
        widget=forms.RadioSelect,
        initial=Whose.OWN,
    )
    starts = DateInTextField(label="Since when?")

    def __init__(
        self,
        *args: Any,
        kinds: QuerySet[Kind],
        organisations: QuerySet[Organisation],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("organisation") and data.get("organisation_name", "").strip():
            self.add_error("organisation_name", "Choose an organisation or type a name, not both.")
        return data

    def new(self) -> NewEntry:
        names = ("kind", "what", "whose", "starts", "organisation", "organisation_name")
        return NewEntry(**{name: self.cleaned_data[name] for name in names})


class AddForm(EntryForm):
    """The same, and whether its details are to be withheld."""

    because = _long(
        "Should its details be withheld? Say why",
        help_text="Only where showing them could put you or somebody close to you in danger. "
        "Others then read that there is an entry, and no more. Whoever keeps the register reads "
        "this and decides; until then the details are withheld.",
        required=False,
    )


class GiftForm(forms.Form):
    """A gift or hospitality that the member was offered or gave."""

    direction = forms.ChoiceField(
        label="Which way did it go?",
        choices=Direction.choices,
        widget=forms.RadioSelect,
        initial=Direction.RECEIVED,
    )
    on = DateInTextField(label="On which day?")
    what = _long("What was it?")
    pounds = forms.DecimalField(
        label="What is it worth, in pounds?",
        help_text="About, if you do not know.",
        min_value=0,
        max_digits=9,
        decimal_places=2,
    )
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="From whom, or to whom?",
        queryset=None,
        to_field_name="key",
        empty_label="None of these",
        required=False,
    )
    other_side = forms.CharField(
        label="If they are not on this list, who", max_length=200, required=False
    )
    accepted = forms.TypedChoiceField(
        label="Was it accepted?",
        choices=[("yes", "Yes"), ("no", "No, it was declined")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if bool(data.get("organisation")) is bool(data.get("other_side", "").strip()):
            self.add_error("other_side", "Choose an organisation, or say who it was.")
        return data

    def new(self) -> NewGift:
        return NewGift(**self.cleaned_data)


class EndForm(forms.Form):
    on = DateInTextField(label="On which day did it end?")


class BecauseForm(forms.Form):
    because = _long(
        "Why should its details be withheld?",
        help_text="Only you and whoever keeps the register read this.",
    )


class DecideForm(forms.Form):
    """Whether the details of an entry stay withheld."""

    agreed = forms.TypedChoiceField(
        label="Are the details withheld?",
        choices=[
            ("yes", "Yes: others read only that there is an entry"),
            ("no", "No: those who read the register read the details at once"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = _long("Say why", help_text="The member reads this.")


class RemarkForm(forms.Form):
    """A question, an answer, or that an entry was seen."""

    said = forms.ChoiceField(choices=Said.choices, widget=forms.HiddenInput)
    text = _long("What do you want to say?", required=False)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("said") != Said.SEEN and not data.get("text", "").strip():
            self.add_error("text", "Write the question or the answer.")
        return data


class RuleForm(forms.Form):
    """The periods of the partnership's rule: nothing is filled in beforehand."""

    starts = DateInTextField(label="From which day does it hold?")
    days_after_appointment = forms.IntegerField(
        label="Within how many days of taking a seat does a member register?",
        min_value=1,
        max_value=366,
    )
    days_after_change = forms.IntegerField(
        label="Within how many days of a change?", min_value=1, max_value=366
    )
    confirm_months = forms.IntegerField(
        label="After how many months does a member confirm the register again?",
        min_value=1,
        max_value=60,
    )
    remind_days = forms.IntegerField(
        label="How many days before is a reminder sent?",
        help_text="Another goes after each further such span, until the member has confirmed.",
        min_value=1,
        max_value=90,
    )
    gift_pounds = forms.DecimalField(
        label="From how many pounds are gifts and hospitality registered?",
        min_value=0,
        max_digits=7,
        decimal_places=2,
    )
    gift_days = forms.IntegerField(label="Within how many days?", min_value=1, max_value=366)


class KindForm(forms.Form):
    """A kind of interest to be added to the list."""

    words = forms.CharField(label="The kind of interest", max_length=120)
    covers = forms.CharField(label="What it covers", max_length=300, required=False)
    starts = DateInTextField(label="From which day is it registered?")


class StopKindForm(forms.Form):
    from_day = DateInTextField(label="From which day is it no longer registered?")


class DeclareForm(forms.Form):
    """What somebody declared at an item, and what they did then."""

    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="Who declared it?", queryset=None, to_field_name="key", empty_label="Choose a person"
    )
    kind = KindChoice(label="What kind of interest is it?")
    words = _long("What did they declare?", help_text="It stays with the minutes as you write it.")
    did = forms.ChoiceField(
        label="What did they do?", choices=Did.choices, widget=forms.RadioSelect
    )
    dispensation = forms.CharField(
        label="If by dispensation: who gave it, and when", max_length=200, required=False
    )

    def __init__(
        self, *args: Any, kinds: QuerySet[Kind], people: QuerySet[Person], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def new(self) -> NewDeclaration:
        names = ("kind", "words", "did", "dispensation")
        return NewDeclaration(**{name: self.cleaned_data[name] for name in names})


class DismissForm(forms.Form):
    """Why an item does not touch a registered interest."""

    entry = forms.CharField(max_length=16, widget=forms.HiddenInput)
    reason = _long("Why does it not touch the interest?")
