"""What people type about erasures. Shape only: whether it may be done is the policy's."""

from typing import Any

from django import forms

from concerted.erasure.policies import Wanted
from concerted.erasure.states import EITHER_LAW, PART_3, Chosen, KeepGround
from concerted.subject_access.public import AskedBy, Erase, ErasureGround, Regime, RegisterForm

LONGEST = 2000


def _words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
    )


def _grounds(regime: str) -> list[tuple[str, str]]:
    law = regime == Regime.LAW_ENFORCEMENT
    fitting = [one for one in KeepGround if one in EITHER_LAW or (one in PART_3) == law]
    return [(one.value, str(one.label)) for one in fitting]


class EraseForm(RegisterForm):
    """Who asks for erasure, when, of what, and on which ground."""

    asked_by = forms.ChoiceField(
        label="Who asks?",
        choices=AskedBy.choices,
        initial=AskedBy.SELF,
        widget=forms.RadioSelect,
    )
    wish = _words(
        "What do they want to have erased?", "In their words: everything, or what exactly."
    )
    ground = forms.ChoiceField(
        label="On which ground?",
        help_text="They need not name one. Choose the one that fits what they say.",
        choices=ErasureGround.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground on which they ask for it."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regime: Any = self.fields["regime"]
        regime.choices = [
            (Regime.GENERAL.value, "UK GDPR, Article 17"),
            (Regime.LAW_ENFORCEMENT.value, "Data Protection Act 2018, section 47"),
        ]
        regime.help_text = (
            "Section 47 is for what a competent authority, such as the police, handles for law "
            "enforcement."
        )

    def wanted(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        erase = Erase(given.pop("asked_by"), given.pop("ground"), given.pop("wish"))
        return given | {"erase": erase}


class ChooseForm(forms.Form):
    """What becomes of one finding. Nothing is chosen beforehand."""

    chosen = forms.ChoiceField(
        label="What becomes of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is erased or kept."},
    )
    mark_optional = False

    def __init__(
        self, *args: Any, regime: str, only_kept: bool, by_hand: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["chosen"]
        chosen.choices = [one for one in Chosen.choices if by_hand or one[0] != Chosen.NOTHING]
        if only_kept:
            del self.fields["chosen"]
        self.fields["ground"] = forms.ChoiceField(
            label="On which ground is it kept?",
            choices=[("", "It is not kept"), *_grounds(regime)],
            required=False,
        )
        self.fields["reason"] = _words(
            "Why?",
            "Needed if it is kept. It stays on record and a second person reads it, so leave the "
            "name out.",
            required=False,
        )

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(given.get("chosen", Chosen.KEEP), given["ground"], given["reason"])


class KeepForm(forms.Form):
    """The ground on which all that is never altered is kept."""

    mark_optional = False

    def __init__(self, *args: Any, regime: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"] = forms.ChoiceField(
            label="On which ground are they kept?",
            choices=[("", "Choose a ground"), *_grounds(regime)],
            error_messages={"required": "Choose the ground on which they are kept."},
        )
        self.fields["reason"] = _words("Why does it fit?", "Leave the name out.")

    def wanted(self) -> Wanted:
        return Wanted(Chosen.KEEP, self.cleaned_data["ground"], self.cleaned_data["reason"])


class ReturnForm(forms.Form):
    """Why a second person sends it back."""

    mark_optional = False
    why = _words("What has to be decided otherwise, and why?", "Leave the name out.")
