"""From Django's form fields to the parameters of the GOV.UK macros.

Templates use ``ui/forms.html``; this module does its thinking. Nothing here renders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from concerted.ui.fields import DateInText, DateInTextField, TimeInText, TimeInTextField

__all__ = [
    "DateInText",
    "DateInTextField",
    "Piece",
    "SeveralFilesField",
    "SeveralFilesInput",
    "TimeInText",
    "TimeInTextField",
    "errors_of",
    "params_of",
]

# The first that fits: a widget is often a kind of another.
_KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.HiddenInput, "hidden"),
    (forms.Widget, "input"),
]

# maxlength would cut a pasted text without a word; a placeholder vanishes as soon as one types;
# focus moves by itself only to a summary of errors.
_UNWANTED = {"maxlength", "minlength", "placeholder", "required", "autofocus", "cols"}
_PASSED = {"class", "id", "type", "rows", "autocomplete", "inputmode", "spellcheck", "pattern"}


@dataclass(frozen=True, slots=True)
class Piece:
    """The GOV.UK macro that draws a field, and what to give it."""

    kind: str
    params: dict[str, Any]


def params_of(
    bound: BoundField,
    *,
    label: str | None = None,
    hint: str | None = None,
    legend_size: str = "s",
    label_size: str = "",
    small: bool = False,
    inline: bool = False,
    hints: Mapping[str, str] | None = None,
    mark_optional: bool | None = None,
    classes: str = "",
    heading: bool = False,
) -> Piece:
    """Return the macro and its parameters for a bound field."""
    kind = kind_of(bound)
    params: dict[str, Any] = {"name": bound.html_name}
    if said := bound.help_text if hint is None else hint:
        params["hint"] = _words(said)
    if faults := _faults(bound):
        params["errorMessage"] = {"text": " ".join(faults)}
    named = _label(bound, bound.label if label is None else label, mark_optional)
    if kind in ("radios", "checkboxes"):
        params["idPrefix"] = bound.auto_id
        params["fieldset"] = {"legend": _heading(named, "fieldset__legend", legend_size, heading)}
        params["items"] = _choices(bound, hints or getattr(bound.field, "choice_hints", {}))
    elif kind == "checkbox":
        params["idPrefix"] = bound.auto_id
        params["items"] = [
            {
                "id": bound.auto_id,
                "value": "on",
                "checked": bool(bound.value()),
                "attributes": {},
            }
            | named
        ]
    else:
        params["id"] = bound.id_for_label or bound.auto_id
        params["label"] = _heading(named, "label", label_size, heading)
        params |= _value(bound, kind)
    params["classes"] = _classes(bound, kind, small=small, inline=inline, more=classes)
    attributes = _attributes(bound)
    if kind not in ("radios", "checkboxes", "checkbox"):
        params["attributes"] = attributes
    elif attributes:
        for item in params["items"]:
            item["attributes"] = attributes | item.get("attributes", {})
    return Piece(kind, params)


def kind_of(bound: BoundField) -> str:
    """Name the macro for a field's widget."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    return next(kind for cls, kind in _KINDS if isinstance(widget, cls))


def errors_of(*sources: "forms.BaseForm | forms.BaseFormSet[Any] | None") -> list[dict[str, str]]:
    """List every error with the id of its field, in the order of the page."""
    found: list[dict[str, str]] = []
    for source in sources:
        if source is None or not source.is_bound:
            continue
        if isinstance(source, forms.BaseFormSet):
            found += [{"text": str(error)} for error in source.non_form_errors()]
            found += errors_of(*source.forms)
            continue
        found += [{"text": str(error)} for error in source.non_field_errors()]
        for name in source.fields:
            bound = source[name]
            found += [{"text": fault, "href": f"#{_anchor(bound)}"} for fault in _faults(bound)]
    return found


def _faults(bound: BoundField) -> list[str]:
    """Say what is wrong, each fault in words that make sense away from the field too."""
    unnamed = forms.Field.default_error_messages["required"]
    verb = "Choose" if kind_of(bound) in ("select", "radios", "checkboxes") else "Fill in"
    return [
        f"{verb} “{bound.label}”." if str(error) == str(unnamed) else str(error)
        for error in bound.errors
    ]


def _anchor(bound: BoundField) -> str:
    grouped = kind_of(bound) in ("radios", "checkboxes", "checkbox")
    return bound.auto_id if grouped else bound.id_for_label or bound.auto_id


def _words(text: Any) -> dict[str, Any]:
    return {"html": text} if isinstance(text, SafeString) else {"text": str(text)}


def _label(bound: BoundField, label: Any, mark_optional: bool | None) -> dict[str, Any]:
    if mark_optional is None:
        mark_optional = getattr(bound.form, "mark_optional", True)
    optional = not bound.field.required and kind_of(bound) != "checkbox"
    if mark_optional and optional and "optional" not in str(label).lower():
        label = f"{label} (optional)"
    return _words(label)


def _heading(label: dict[str, Any], part: str, size: str, heading: bool) -> dict[str, Any]:
    classes = f"govuk-{part}--{size}" if size else ""
    return label | {"classes": classes, "isPageHeading": heading}


def _choices(bound: BoundField, hints: Mapping[str, str]) -> list[dict[str, Any]]:
    """List the options of a choice, with their ids as the macros would give them."""
    items: list[dict[str, Any]] = []
    for group, options, _ in _groups(bound):
        if group:
            items.append({"divider": group})
        for option in options:
            value = str(option["value"])
            item = {"value": value, "checked": option["selected"], **_words(option["label"])}
            if value in hints:
                item["hint"] = {"text": hints[value]}
            items.append(item)
    return items


def _groups(bound: BoundField) -> list[tuple[str | None, list[dict[str, Any]], int]]:
    widget = bound.field.widget
    value = bound.value()
    chosen = value if isinstance(value, list | tuple | set) else [value]
    given = ["" if each is None else str(each) for each in chosen]
    return widget.optgroups(bound.html_name, given)  # type: ignore[no-any-return]


def _value(bound: BoundField, kind: str) -> dict[str, Any]:
    widget = bound.field.widget
    attrs = bound.build_widget_attrs(dict(widget.attrs), widget)
    if kind == "select":
        return {"items": _options(bound)}
    if kind == "file":
        return {"multiple": bool(getattr(widget, "allow_multiple_selected", False))}
    shown = widget.format_value(bound.value())
    if kind == "textarea":
        return {"value": shown or "", "rows": attrs.get("rows", 5), **_speech(attrs)}
    if kind == "password":
        return {"autocomplete": attrs.get("autocomplete", "current-password")}
    numeric = isinstance(bound.field, forms.IntegerField | forms.DecimalField)
    kind_of_input = getattr(widget, "input_type", "text")
    return {
        # A number box counts up and down by accident; a text box with a number pad does not.
        "type": "text" if kind_of_input == "number" else kind_of_input,
        "inputmode": attrs.get("inputmode") or ("numeric" if numeric else None),
        "value": shown,
        **_speech(attrs),
    }


def _speech(attrs: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {key: attrs[key] for key in ("autocomplete", "pattern") if key in attrs}
    if "spellcheck" in attrs:
        given["spellcheck"] = str(attrs["spellcheck"]).lower() == "true"
    return given


def _options(bound: BoundField) -> list[dict[str, Any]]:
    return [
        {
            "value": "" if option["value"] is None else str(option["value"]),
            "text": f"{group}: {option['label']}" if group else str(option["label"]),
            "selected": option["selected"],
        }
        for group, options, _ in _groups(bound)
        for option in options
    ]


def _classes(bound: BoundField, kind: str, *, small: bool, inline: bool, more: str) -> str:
    plural = "checkboxes" if kind in ("checkbox", "checkboxes") else "radios"
    listed = kind in ("radios", "checkboxes", "checkbox")
    return " ".join(
        filter(
            None,
            [
                bound.field.widget.attrs.get("class", ""),
                f"govuk-{plural}--small" if listed and small else "",
                "govuk-radios--inline" if kind == "radios" and inline else "",
                more,
            ],
        )
    )


def _attributes(bound: BoundField) -> dict[str, Any]:
    """What else the widget's attributes ask for: htmx, data, accept."""
    return {
        name: value
        for name, value in bound.field.widget.attrs.items()
        if name not in _UNWANTED | _PASSED and value not in (None, False)
    }


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or many. Gives a list; at least one is needed."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        if isinstance(data, list | tuple) and data:
            return [one(each, initial) for each in data]
        return [one(data, initial)]


class MailForm(forms.Form):
    """An e-mail that somebody drags onto a page."""

    file = forms.FileField(
        label="The e-mail",
        help_text="A message saved from your mail program: .eml or .msg.",
        error_messages={"required": "Choose the e-mail.", "empty": "This file is empty."},
    )
