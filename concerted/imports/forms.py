"""The review as a form: its fields come from what was read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from concerted.imports.paper_review import ASK_FIRST, HELD, PaperReview
from concerted.imports.queue import KINDS
from concerted.imports.review import (
    KEEP,
    NEW_PERSON,
    OTHER,
    REPLACE,
    RESTRICT,
    Choice,
    Line,
    Review,
    Tick,
    personal_of,
)
from concerted.imports.states import ReadAs
from concerted.ui.forms import (
    DateInTextField,
    SeveralFilesField,
    SeveralFilesInput,
    TimeInTextField,
)


class FolderInput(SeveralFilesInput):
    """Asks for a whole folder, where the browser can; else for several files."""

    def __init__(self) -> None:
        super().__init__(attrs={"webkitdirectory": True})


LITTER = frozenset({"thumbs.db", "desktop.ini"})


class HandOverForm(forms.Form):
    mark_optional = False  # one of the two is needed
    files = SeveralFilesField(  # type: ignore[assignment]
        label="Minutes, agendas or reports",
        help_text=(
            "Text (.txt), web pages (.html), Word (.docx, .doc), PDF, OpenDocument (.odt), rich "
            "text (.rtf), e-mails (.eml, .msg), up to 50 MB each, or archives of them (.zip), up "
            "to 200 MB. You can choose several at once: up to 1,000 files, 200 MB together."
        ),
        required=False,
        error_messages={
            "required": "Choose at least one file",
            "empty": "This file is empty. Choose the file that holds the text.",
        },
        allow_empty_file=True,
    )
    folder = SeveralFilesField(
        label="Or a whole folder",
        help_text="Every file in it and in the folders inside it. Some phones cannot do this.",
        widget=FolderInput,
        required=False,
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, Any]:
        """One list of all files; what a system keeps in a folder for itself is left out."""
        cleaned = super().clean() or {}
        folder = [
            one
            for one in cleaned.get("folder") or []
            if one and not one.name.startswith(".") and one.name.lower() not in LITTER
        ]
        cleaned["files"] = [*filter(None, cleaned.get("files") or []), *folder]
        if not cleaned["files"] and not self.errors:
            self.add_error("files", self.fields["files"].error_messages["required"])
        return cleaned


class AcceptSureForm(forms.Form):
    """What becomes of the personal details in all that is accepted together."""

    mark_optional = False
    personal = forms.ChoiceField(
        label="Personal details in the text",
        help_text="One answer for all. A file for which you want another, check on its own.",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what becomes of personal details"},
        choices=[
            (KEEP, "Keep them"),
            (REPLACE, "Replace each by the post, or by the other words that its page offers"),
            (RESTRICT, "Withhold them from all but the secretaries"),
        ],
    )


class FilterForm(forms.Form):
    """Which of those that wait are shown: of one body, or asking about one kind of thing."""

    mark_optional = False
    body = forms.ChoiceField(label="Body", required=False)
    asks = forms.ChoiceField(label="What is asked", required=False)

    def __init__(self, bodies: Sequence[tuple[str, str, int]], data: Any) -> None:
        super().__init__(data)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", "All"),
            *((key or "none", f"{name or 'Not known yet'} ({n})") for key, name, n in bodies),
        ]
        kinds = [(kind, many[:1].upper() + many[1:]) for kind, (_, many) in KINDS.items()]
        self.fields["asks"].choices = [("", "All"), *kinds]  # type: ignore[attr-defined]


class ChangesForm(forms.Form):
    """Which text of a Word file with tracked changes counts."""

    changes = forms.ChoiceField(choices=ReadAs)


class ReviewForm(forms.Form):
    """Every field of a review. Errors name what is still to be answered."""

    mark_optional = False  # nearly everything is: the page says what must be answered

    def __init__(self, review: Review | PaperReview, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.review = review
        # The page draws it by hand; its errors lead to the part where the choice is made.
        where = forms.HiddenInput({"id": "changes"})
        self.fields["read_as"] = forms.CharField(required=False, widget=where)
        for one in review.fields:
            self.fields[one.name] = _field(one)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("body") == NEW_PERSON and not cleaned.get("body_name"):
            self.add_error("body_name", "Give the new body a name")
        if cleaned.get("body") == NEW_PERSON and not cleaned.get("body_kind"):
            self.add_error("body_kind", "Say what kind of body it is")
        self._settle_date(cleaned)
        self._settle_actions(cleaned)
        self._settle_closings(cleaned)
        self._settle_personal(cleaned)
        if self.review.undecided:
            self.add_error("read_as", "Choose how this file with tracked changes is read")
        return cleaned

    def _settle_date(self, cleaned: dict[str, Any]) -> None:
        chosen = cleaned.get("date")
        if not chosen:
            return
        if chosen != OTHER:
            cleaned["held_on"] = DateInTextField().clean(chosen)
        elif not cleaned.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", "Give the other date")

    def _settle_closings(self, cleaned: dict[str, Any]) -> None:
        """The earlier actions are those of the body that the text names; a report closes none."""
        if isinstance(self.review, PaperReview):
            return
        offered_of = self.review.closing_of
        for name in self.review.closing:
            if cleaned.get(name) and offered_of and cleaned.get("body") != offered_of.key:
                self.add_error(
                    name, f"This is an action of {offered_of.name}. Untick it, or choose that body"
                )

    def _settle_actions(self, cleaned: dict[str, Any]) -> None:
        for name, followed in list(cleaned.items()):
            if name.endswith("_follow") and followed:
                text = name.replace("_follow", "_text")
                if not cleaned.get(text) and text not in self.errors:
                    self.add_error(text, "Say what is to be done, or do not follow it")

    def _settle_personal(self, cleaned: dict[str, Any]) -> None:
        """What was not answered one by one takes the answer for all others, if there is one."""
        for name, _, value in personal_of(self.review):
            cleaned[name] = cleaned.get(name) or cleaned.get("p_rest")
            if not cleaned[name]:
                self.add_error(name, f"Keep, replace or restrict {value}")


class PaperForm(ReviewForm):
    """The same for a report; a marking is settled with its owner before anything is accepted."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("held") == ASK_FIRST:
            sentence = "Ask its owner before you accept. Save and finish later keeps your answers"
            self.add_error("held", sentence)
        looked_at = cleaned.get("review_on") or "review_on" in self.errors
        if cleaned.get("held") == HELD and not looked_at:
            self.add_error("review_on", "Say when the marking is looked at again")
        for name in [one for one in self.fields if one.startswith("r") and one.endswith("_keep")]:
            text = name.replace("_keep", "_text")
            if cleaned.get(name) and not cleaned.get(text) and text not in self.errors:
                self.add_error(text, "Say what is recommended, or take the tick away")
        return cleaned


def form_for(review: Review | PaperReview, **kwargs: Any) -> ReviewForm:
    """The form that asks what this review asks."""
    kind = PaperForm if isinstance(review, PaperReview) else ReviewForm
    return kind(review, **kwargs)


def _field(one: Choice | Line | Tick) -> forms.Field:
    if isinstance(one, Tick):
        return forms.BooleanField(label=one.label, required=False, initial=one.initial)
    if isinstance(one, Line):
        return _line(one)
    short = len(one.options) <= 8 and not one.name.endswith(("_list", "_owner"))
    outcome = one.name.startswith("d") and one.name != "date"
    as_radios = short and not outcome and one.name != "body_kind"
    choices = one.options if as_radios else [("", "Choose"), *one.options]
    return forms.ChoiceField(
        label=one.label,
        help_text=one.hint,
        choices=choices,
        required=one.required,
        initial=one.initial,
        widget=forms.RadioSelect if as_radios else forms.Select,
        error_messages={"required": one.missing},
    )


def _line(one: Line) -> forms.Field:
    kinds: dict[str, type[forms.Field]] = {"date": DateInTextField, "time": TimeInTextField}
    common: dict[str, Any] = {
        "label": one.label,
        "help_text": one.hint,
        "required": one.required,
        "initial": one.initial,
        "error_messages": {"required": one.missing or "Fill this in"},
    }
    if one.kind in kinds:
        return kinds[one.kind](**common)
    field = forms.CharField(**common)
    if one.limit:
        sentence = f"{one.label}: this is too long. Shorten it to {one.limit} characters."
        field.validators.append(MaxLengthValidator(one.limit, sentence))
    return field


def kept(
    review: Review | PaperReview, form_data: Iterable[tuple[str, list[str]]]
) -> dict[str, list[str]]:
    """What was typed so far into the fields of the review, to be put back on the page."""
    names = {one.name for one in review.fields}
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in form_data
        if name in names
    }


def kept_before(
    review: Review | PaperReview, answers: dict[str, list[str]] | None
) -> dict[str, Any]:
    """What was kept, as a form begins with it: it was not sent yet, so it shows no errors."""
    if answers is None:
        return {}
    begun: dict[str, Any] = {}
    for one in review.fields:
        values = answers.get(one.name, [])
        begun[one.name] = bool(values) if isinstance(one, Tick) else "".join(values[:1])
    return begun
