"""What somebody types for a prompt. Whether it may be is the policy's business."""

from collections.abc import Sequence
from typing import Any

from django import forms

from concerted.briefs.models import LONGEST
from concerted.meetings.public import Item

CHOOSE = "Choose an item of this meeting."


class PromptForm(forms.Form):
    item = forms.ChoiceField(
        label="At which item?", error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )
    text = forms.CharField(
        label="What should the chair remember at this item?",
        help_text="Only whoever chairs and the office read this. No agenda and no pack has it.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Write what the chair should remember, or go back.",
            "max_length": f"Write at most {LONGEST:,} characters.",
        },
    )

    def __init__(self, *args: Any, items: Sequence[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        self.by_key = {one.key: one for one in items}
        named = {one.key: f"{one.ref}. {one}" if one.ref else str(one) for one in items}
        fields: dict[str, Any] = self.fields
        fields["item"].choices = list(named.items())

    @property
    def chosen(self) -> Item:
        return self.by_key[self.cleaned_data["item"]]
