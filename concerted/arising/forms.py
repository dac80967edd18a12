"""What somebody types to raise an earlier minute. Whether it may be so is the policy's business."""

from collections.abc import Sequence
from typing import Any

from django import forms

from concerted.meetings.public import Item
from concerted.ui.words import day


class LookForm(forms.Form):
    q = forms.CharField(
        label="Which earlier minute?",
        help_text="Its number, for example 14/09 or 2(a), or words of its title.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Write at most 200 characters."},
    )


class RaiseForm(forms.Form):
    """One of the minutes that were found, and why it is raised."""

    item = forms.ChoiceField(
        label="Which of these is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the minute.", "invalid_choice": "Choose the minute."},
    )
    note = forms.CharField(
        label="Why is it raised?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Write at most 1,000 characters."},
    )

    def __init__(self, *args: Any, items: Sequence[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        self.items = {one.key: one for one in items}
        fields: dict[str, Any] = self.fields
        fields["item"].choices = [(one.key, _named(one)) for one in items]

    @property
    def chosen(self) -> Item:
        return self.items[self.cleaned_data["item"]]


def _named(item: Item) -> str:
    return f"{day(item.meeting.held_on)}: {item.ref} {item.title}".replace(":  ", ": ")


class NameForm(forms.Form):
    """A button of the builder: the draft as it was seen, and its meeting."""

    token = forms.CharField()
    meeting = forms.CharField()
