"""The choices of a question: all that the lake can answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

Words = Sequence[tuple[str, str]]


class QuestionForm(forms.Form):
    """What is asked of the lake; `choices` are what can be chosen, and what is not there is not
    asked."""

    mark_optional = False

    measure = forms.ChoiceField(label="Measure")
    area = forms.ChoiceField(label="Area")
    months = forms.ChoiceField(label="Period")
    to = forms.ChoiceField(label="Up to")
    against = forms.ChoiceField(label="Compare with")

    def __init__(self, *args: Any, choices: Mapping[str, Words], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(choices):
            del self.fields[name]
        for name, given in choices.items():
            self.fields[name].choices = given  # type: ignore[attr-defined]
