"""The filters beside the results: they become one text for the box, which says the same."""

from typing import Any

from django import forms

from concerted.meetings.public import Outcome
from concerted.search.asking import Asked, with_filters
from concerted.search.states import Group, Stands
from concerted.ui.forms import DateInTextField


class SearchFilter(forms.Form):
    """Filled in from what was asked; its bodies are those that the reader may see."""

    mark_optional = False  # a filter is all optional

    words = forms.CharField(label="Words", required=False, max_length=400)
    kind = forms.MultipleChoiceField(
        label="Kind", required=False, widget=forms.CheckboxSelectMultiple, choices=Group.choices
    )
    body = forms.MultipleChoiceField(
        label="Body", required=False, widget=forms.CheckboxSelectMultiple
    )
    stands = forms.MultipleChoiceField(
        label="How an action stands",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Stands.choices,
    )
    decision = forms.ChoiceField(
        label="Outcome of a decision",
        required=False,
        choices=[("", "Anything"), ("any", "Any decision"), *Outcome.choices],
    )
    after = DateInTextField(label="From", required=False, help_text="For example, 16 June 2009")
    before = DateInTextField(label="Before", required=False)

    def __init__(self, *args: Any, bodies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(one, one) for one in bodies]  # type: ignore[attr-defined]

    @property
    def asked(self) -> str:
        """What was chosen, as the text that one would type for it."""
        chosen = self.cleaned_data
        filters = [
            *(("body", one) for one in chosen["body"]),
            *(("kind", one) for one in chosen["kind"]),
            *(("is", one) for one in chosen["stands"]),
            *(("decision", one.replace("_", "-")) for one in [chosen["decision"]] if one),
            *((name, chosen[name].isoformat()) for name in ("after", "before") if chosen[name]),
        ]
        return with_filters(chosen["words"], filters)


def as_chosen(asked: Asked, bodies: dict[str, set[str]]) -> dict[str, Any]:
    """What was typed as the form would have it; `bodies` are the names that each is called by."""
    outcomes = {one.replace("_", "-"): one for one in Outcome.values} | {"any": "any"}
    return {
        "words": asked.typed,
        "kind": [g for g in Group.values if {g, g.removesuffix("s")} & set(asked.kind)],
        "body": [name for name, called in bodies.items() if called & set(asked.body)],
        "stands": [one for one in asked.stands if one in Stands.values],
        "decision": next(
            (outcomes[one] for one in asked.decision if one in outcomes),
            next((one for one in asked.decision if one in Outcome.values), ""),
        ),
        "after": asked.after,
        "before": asked.before,
    }
