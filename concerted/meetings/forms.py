"""The filter of the decisions register."""

from typing import Any

from django import forms

from concerted.ui.forms import DateInTextField

CAME_OF_IT = [
    ("", "Anything"),
    ("open", "Open actions"),
    ("overdue", "Overdue actions"),
    ("nothing", "Nothing followed"),
]


class DecisionFilter(forms.Form):
    """Its choices come with counts of what this reader may see."""

    mark_optional = False  # a filter is all optional

    q = forms.CharField(label="Words in the decision", required=False)
    body = forms.MultipleChoiceField(
        label="Body", required=False, widget=forms.CheckboxSelectMultiple
    )
    code = forms.MultipleChoiceField(
        label="Outcome", required=False, widget=forms.CheckboxSelectMultiple
    )
    came = forms.ChoiceField(
        label="What came of it", required=False, widget=forms.RadioSelect, choices=CAME_OF_IT
    )
    since = DateInTextField(label="From", required=False, help_text="For example, 16 June 2009")
    until = DateInTextField(label="To", required=False)

    def __init__(
        self, *args: Any, bodies: list[tuple[str, str]], codes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        self.fields["code"].choices = codes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This day is before the first. Give a later one.")
        return cleaned
