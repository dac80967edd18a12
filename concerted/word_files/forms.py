"""Which file somebody chooses."""

from django import forms


class WordFileForm(forms.Form):
    file = forms.FileField(
        label="The Word file",
        help_text="The .docx that was taken from here, with your text in it.",
        error_messages={"required": "Choose the Word file.", "empty": "This file is empty."},
    )


class TemplateForm(forms.Form):
    file = forms.FileField(
        label="The partnership’s template",
        help_text="A Word document (.docx) with your styles, logo, head and foot, at most 5 MB. "
        "Words in its body are not used.",
        error_messages={"required": "Choose the Word file.", "empty": "This file is empty."},
    )
