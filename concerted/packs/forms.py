"""What somebody types into a pack. Whether it may be so is the policy's business."""

from django import forms


class PageForm(forms.Form):
    """Which page to open, as its number is printed."""

    page = forms.IntegerField(
        label="Go to page",
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "required": "Write the number of a page.",
            "invalid": "Write the number of a page in figures, for example 12.",
            "min_value": "Pages are counted from 1.",
            "max_value": "No pack has as many pages.",
        },
    )


class NoteForm(forms.Form):
    """A note for oneself; left empty, it is taken out."""

    text = forms.CharField(
        label="Your note",
        help_text="Nobody else can read it. Empty the box to take it out.",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": "Write at most 20,000 characters."},
    )
