"""What people type about requests. Shape only: whether it may be done is the policy's."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.kernel.clock import today
from concerted.people.public import Person
from concerted.subject_access.models import Finding
from concerted.subject_access.policies import Answer, Wanted
from concerted.subject_access.redacting import STANDS, Part, Redaction, places, written
from concerted.subject_access.states import (
    DECISIONS,
    PART_3,
    Decided,
    Exemption,
    Regime,
    Shown,
    StepKind,
    Unfit,
    Why,
)
from concerted.ui.forms import DateInTextField

LONGEST = 2000
MOST_WRITTEN = 20_000  # signs of what somebody read by hand


def _words(label: str, *, help_text: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
    )


class RegisterForm(forms.Form):
    """Who asks, when, and which names to look for."""

    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="Person on record",
        help_text="Leave this empty if they are not on record.",
        queryset=None,
        to_field_name="key",
        required=False,
        error_messages={"invalid_choice": "Choose a person from the list."},
    )
    name = forms.CharField(
        label="Name, as they give it",
        help_text="May stay empty for a person on record.",
        max_length=160,
        required=False,
    )
    spellings = forms.CharField(
        label="Other names and spellings to look for",
        help_text="One a line, such as a former name or a first name in its short form.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked_on = DateInTextField(label="When did the request arrive?")
    regime = forms.ChoiceField(
        label="Under which law is it answered?",
        help_text="Section 45 is for what a competent authority, such as the police, handles for "
        "law enforcement.",
        choices=Regime.choices,
        initial=Regime.GENERAL,
        widget=forms.RadioSelect,
    )
    mark_optional = False

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean_spellings(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["spellings"].splitlines()]
        if any(len(line) > 160 for line in lines):
            raise forms.ValidationError("Write each name on a line of its own.")
        return [line for line in lines if line]


class StepForm(forms.Form):
    """A step about a request; which fields it has depends on its kind."""

    mark_optional = False

    def __init__(self, *args: Any, kind: StepKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind == StepKind.IDENTITY:
            self.fields["shown"] = forms.ChoiceField(
                label="By what was identity established?",
                help_text="Keep no copy of a document. If no proof was needed, the time runs from "
                "the day on which the request arrived.",
                choices=Shown.choices,
                widget=forms.RadioSelect,
            )
        if kind == StepKind.REFUSE:
            self.fields["unfit"] = forms.ChoiceField(
                label="Why is it refused?", choices=Unfit.choices, widget=forms.RadioSelect
            )
        label, hint = NOTES[kind]
        if label:
            self.fields["note"] = _words(
                label, help_text=hint, required=kind not in (StepKind.ANSWERED, StepKind.WITHDRAW)
            )
        self.fields["on"] = DateInTextField(label="On which day?", initial=today)

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        on: datetime.date = given["on"]
        return Wanted(
            self.kind,
            on,
            shown=given.get("shown", ""),
            unfit=given.get("unfit", ""),
            note=given.get("note", ""),
        )


NOTES = {
    StepKind.IDENTITY: ("", ""),
    StepKind.CLARIFY: (
        "What did you ask them?",
        "Only what is needed to find what they mean. The clock stands until they answer.",
    ),
    StepKind.ANSWERED: ("What did they answer? (optional)", ""),
    StepKind.EXTEND: (
        "Why is more time needed?",
        "Because the request is complex, or because they made several. Tell them before the first "
        "month is over, with this reason.",
    ),
    StepKind.REFUSE: (
        "What makes it so?",
        "You must be able to show it. Tell them the reason, and that they can complain.",
    ),
    StepKind.WITHDRAW: ("How did they say so? (optional)", ""),
}


class DecideForm(forms.Form):
    """What becomes of one finding. Nothing is chosen beforehand."""

    decided = forms.ChoiceField(
        label="What goes out?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what goes out."},
    )
    mark_optional = False

    def __init__(self, *args: Any, finding: Finding, regime: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding = finding
        decided: Any = self.fields["decided"]
        decided.choices = [(one.value, one.label) for one in DECISIONS[finding.why]]
        if finding.why == Why.BY_HAND:
            before = dict(finding.parts).get(STANDS, "")
            self.fields["stands"] = forms.CharField(
                label="What stands there of them?",
                help_text="Open the file and read it. Write down what it says of them, in its own "
                "words, with page or line; leave other people out. It goes out as you write it.",
                required=False,
                initial=before,
                max_length=MOST_WRITTEN,
                widget=forms.Textarea(attrs={"rows": 6}),
                error_messages={"max_length": f"Write at most {MOST_WRITTEN:,} characters."},
            )
        named = [(str(at), f"{name} → {instead}") for at, (name, instead) in _numbered(finding)]
        if named:
            self.fields["replaced"] = forms.MultipleChoiceField(
                label="Put organisation or capacity in the place of these names",
                choices=named,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["words"] = forms.CharField(
            label="Take these words out",
            help_text="One entry a line, as they stand in the text. They are taken out everywhere "
            "in this record.",
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        fitting = [
            one for one in Exemption if (one in PART_3) == (regime == Regime.LAW_ENFORCEMENT)
        ]
        self.fields["exemption"] = forms.ChoiceField(
            label="Under which law is it withheld?",
            help_text="Only for what you withhold. Of what is withheld to protect the detection "
            "of crime or national security, the answer says nothing at all.",
            choices=[("", "Nothing is withheld"), *((one.value, one.label) for one in fitting)],
            required=False,
        )
        self.fields["reason"] = _words(
            "Why?",
            help_text="Needed if you withhold it, if it names other people and goes out whole, or "
            "if a copy of a file goes out. It stays here.",
            required=False,
        )

    def clean_words(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines()]
        given = [line for line in lines if line]
        missing = [line for line in given if not places(self._parts(), line)]
        if missing:
            raise forms.ValidationError(f"“{missing[0]}” does not stand in this record.")
        return given

    def answer(self) -> Answer:
        given = self.cleaned_data
        return Answer(
            Decided(given["decided"]),
            exemption=given["exemption"],
            reason=given["reason"],
            redactions=tuple(self._redactions(given)),
            stands=given.get("stands", ""),
        )

    def _parts(self) -> Sequence[Part]:
        """What is decided on: what was found, with what is written down now."""
        if self.finding.why != Why.BY_HAND:
            found: Sequence[Part] = self.finding.parts
            return found
        return written(self.finding.parts, self.cleaned_data.get("stands", ""))

    def _redactions(self, given: dict[str, Any]) -> list[Redaction]:
        named = dict(_numbered(self.finding))
        chosen = [named[int(at)] for at in given.get("replaced", [])]
        parts = self._parts()
        return [
            *(one for name, instead in chosen for one in places(parts, name, instead)),
            *(one for words in given["words"] for one in places(parts, words)),
        ]


def _numbered(finding: Finding) -> Sequence[tuple[int, tuple[str, str]]]:
    return [(at, (name, instead)) for at, (name, instead) in enumerate(finding.others)]
