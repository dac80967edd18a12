"""What somebody types about mail. Whether it may be so is the policy's business."""

from django import forms

from concerted.notifying.states import Wanted

LONGEST = 2000


class PreferenceForm(forms.Form):
    wanted = forms.ChoiceField(
        label="What mail do you want?",
        choices=Wanted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what mail you want."},
    )


class OpeningForm(forms.Form):
    opening = forms.CharField(
        label="Opening lines",
        help_text="They stand above the list, and it goes to everybody as a mail of its own. "
        "Do not write what only some of the readers may know.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
    )


class DropForm(forms.Form):
    reason = forms.CharField(
        label="Why is it not sent?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why this is not sent.",
            "max_length": "Write at most 400 characters.",
        },
    )
