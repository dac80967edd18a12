"""What somebody types for a prompt. Whether it may be is the policy's business."""

from django import forms

from concerted.briefs.models import LONGEST


class PromptForm(forms.Form):
    item = forms.CharField(widget=forms.HiddenInput)
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
