"""What somebody types about papers and comments. Whether it may be so is the policy's business."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.meetings.public import Item, Meeting
from concerted.paper_calls.states import Source
from concerted.people.public import Body, Organisation, Person, Post
from concerted.ui.forms import DateInTextField
from concerted.ui.words import weekday

LONGEST = 4_000


def words(label: str, required: str = "", rows: int = 3, **more: Any) -> forms.CharField:
    """A box of text; `required` is the sentence where it is left empty."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required,
            "max_length": f"Write at most {LONGEST:,} characters.",
        },
        **more,
    )


def one_of(label: str, empty: str) -> "forms.ModelChoiceField[Any]":
    return forms.ModelChoiceField(
        label=label,
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label=empty,
        error_messages={"invalid_choice": "Choose one from the list."},
    )


class ItemChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the items of an agenda or of minutes, with its number."""

    def label_from_instance(self, obj: Item) -> str:
        return f"{obj.ref}. {obj.title}" if obj.ref else str(obj)


class MeetingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.body.name}, {weekday(obj.held_on)}"


def _even(text: str) -> str:
    """Words as they are typed, however a browser ends its lines."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


class AskForm(forms.Form):
    """Exactly one of post, organisation and person is asked."""

    title = forms.CharField(
        label="Which paper?",
        max_length=400,
        error_messages={
            "required": "Say which paper is asked for.",
            "max_length": "Write at most 400 characters.",
        },
    )
    item = ItemChoice(
        label="For which item of the agenda?",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No item yet",
    )
    post = one_of("Which post writes it?", "No post")
    organisation = one_of("Or which organisation?", "No organisation")
    person = one_of("Or which person?", "No person")
    due_on = DateInTextField(
        label="By when is it to be here?", error_messages={"required": "Give the last day."}
    )
    wanted = words("What should it say?")

    def __init__(
        self,
        *args: Any,
        items: QuerySet[Item],
        owners: tuple[QuerySet[Organisation], QuerySet[Post], QuerySet[Person]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = items
        for name, queryset in zip(("organisation", "post", "person"), owners, strict=True):
            fields[name].queryset = queryset

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        asked = [one for one in ("post", "organisation", "person") if given.get(one)]
        if not asked:
            self.add_error("post", "Say who is asked: a post, an organisation or a person.")
        elif len(asked) > 1:
            self.add_error(asked[1], "Ask one only: a post, an organisation or a person.")
        return given


class DeliverForm(forms.Form):
    file = forms.FileField(
        label="The paper",
        help_text="Word (.docx, .doc), PDF, OpenDocument (.odt), rich text or plain text.",
        error_messages={
            "required": "Choose the file that holds the paper.",
            "empty": "This file is empty. Choose the file that holds the text.",
        },
    )
    note = words("Anything the secretary should know?", rows=2)


class SendBackForm(forms.Form):
    remark = words("What is to be changed? The author reads this.", "Say what is to be changed.")


class ApproveForm(forms.Form):
    remark = words("Anything to tell the author?")


class WithdrawForm(forms.Form):
    because = words("Why is it withdrawn?", "Say why, so that nobody has to ask.")


class PutForm(forms.Form):
    """What a meeting is asked: each recommendation, ticked, in its words or in others."""

    meeting = MeetingChoice(
        label="Which meeting?",
        queryset=None,
        to_field_name="key",
        empty_label="Choose a meeting",
        error_messages={
            "required": "Choose the meeting.",
            "invalid_choice": "Choose a meeting from the list.",
        },
    )
    other = words(
        "What else is this meeting asked? One thing a line.",
        help_text="For example, “To note the report”.",
    )

    def __init__(
        self,
        *args: Any,
        meetings: QuerySet[Meeting],
        recommendations: Sequence[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["meeting"].queryset = meetings
        self.recommendations = recommendations
        for place, one in enumerate(recommendations):
            name = f"Recommendation {one.ref or place + 1}"
            fields[f"put_{place}"] = forms.BooleanField(
                label=f"{name} is put to this meeting", required=False, initial=True
            )
            fields[f"text_{place}"] = words(f"{name}, as it is put", rows=2)
            fields[f"text_{place}"].initial = one.words
        self.order_fields(
            [
                "meeting",
                *(
                    name
                    for place in range(len(recommendations))
                    for name in (f"put_{place}", f"text_{place}")
                ),
                "other",
            ]
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.puts():
            self.add_error("other", "Say what this meeting is asked, even if it is only to note.")
        return given

    def puts(self) -> list[tuple[str, str, Any]]:
        """What is put, as (number, words, the paper's own recommendation or None)."""
        given = self.cleaned_data
        own = [
            (one.ref, _even(given[f"text_{place}"]) or one.words, one)
            for place, one in enumerate(self.recommendations)
            if given.get(f"put_{place}")
        ]
        more = [line.strip() for line in given.get("other", "").splitlines() if line.strip()]
        return [*own, *(("", line, None) for line in more)]


class MinutedForm(forms.Form):
    item = ItemChoice(
        label="Under which item is this paper minuted?",
        queryset=None,
        to_field_name="key",
        empty_label="Choose an item",
        error_messages={
            "required": "Choose the item.",
            "invalid_choice": "Choose an item from the list.",
        },
    )

    def __init__(self, *args: Any, items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = items


class AskForCommentsForm(forms.Form):
    bodies: "forms.ModelMultipleChoiceField[Body]" = forms.ModelMultipleChoiceField(
        label="Everybody who sits on",
        queryset=None,
        to_field_name="key",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    post = one_of("A post", "No post")
    organisation = one_of("An organisation", "No organisation")
    mailboxes = words(
        "By e-mail, to whom? One a line.",
        rows=2,
        help_text="They are asked by your own e-mail. What they answer, you put down here.",
    )
    until = DateInTextField(
        label="By when?",
        required=False,
        help_text="For example, 16 June 2009. Leave it empty if there is no last day.",
    )
    wanted = words("What should they look at?")

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[Body],
        organisations: QuerySet[Organisation],
        posts: QuerySet[Post],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["bodies"].queryset = bodies
        fields["organisation"].queryset = organisations
        fields["post"].queryset = posts

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        lines = [line.strip() for line in given.get("mailboxes", "").splitlines() if line.strip()]
        if any(len(line) > 200 for line in lines):
            self.add_error("mailboxes", "Write at most 200 characters a line.")
        given["mailboxes"] = lines
        asked = (*(given.get("bodies") or ()), given.get("post"), given.get("organisation"), *lines)
        if not any(asked):
            self.add_error("bodies", "Say who is asked for comments.")
        return given


class CommentForm(forms.Form):
    text = words("Your comment", "Write the comment.", rows=5)


class EnterForm(CommentForm):
    """A comment that the office puts down; it may be its own as well."""

    text = words("The comment", "Write the comment.", rows=5)
    source = forms.ChoiceField(
        label="How did it come?", choices=Source.choices, widget=forms.RadioSelect
    )
    whose = forms.CharField(
        label="Whose is it?",
        help_text="A post or an organisation, not a person’s name, where that is enough.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Write at most 200 characters."},
    )
    came_on = DateInTextField(label="When did it come?", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("source") not in (None, Source.HERE) and not given.get("whose"):
            self.add_error("whose", "Say whose comment it is.")
        return given


class AnswerForm(forms.Form):
    text = words("The answer", "Write the answer.", rows=4)
