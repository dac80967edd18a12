"""The choices of a question: all that the lake can answer. And what is handed over to it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from concerted.crime.handed_over import Wanted, What
from concerted.crime.lake.mappings import MAX_BYTES, mapping_of
from concerted.crime.lake.months import month_of
from concerted.crime.lake.refusals import Refused
from concerted.ui.forms import SeveralFilesField

Words = Sequence[tuple[str, str]]


class QuestionForm(forms.Form):
    """What is asked of the lake; `choices` are what can be chosen, and what is not there is not
    asked."""

    mark_optional = False

    measure = forms.ChoiceField(label="Measure")
    area = forms.ChoiceField(label="Area")
    months = forms.ChoiceField(label="Period")
    to = forms.ChoiceField(label="Up to")
    against = forms.ChoiceField(label="Compare with")

    def __init__(self, *args: Any, choices: Mapping[str, Words], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(choices):
            del self.fields[name]
        for name, given in choices.items():
            self.fields[name].choices = given  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Files with figures or what figures need, and what they are. `wanted` says so once valid."""

    what = forms.ChoiceField(
        label="What do these files hold?",
        widget=forms.RadioSelect,
        choices=[
            (What.POLICE, "Crimes, outcomes or searches as data.police.uk publishes them"),
            (What.MAPPED, "A force’s extract, tables of the Home Office, or a hospital’s return"),
            (What.AREAS, "Where small areas lie: their ward, district, partnership, force"),
            (What.RESIDENTS, "How many people live in each area"),
            (What.OUTLINES, "Outlines of areas, for the map"),
        ],
        error_messages={"required": "Say what the files hold."},
    )
    files = SeveralFilesField(  # type: ignore[assignment]
        label="Files",
        help_text="CSV files or spreadsheets, up to 50 MB each, or archives (.zip) of CSV files, "
        "up to 200 MB together. Larger archives are brought in by whoever runs this system.",
        error_messages={
            "required": "Choose at least one file.",
            "empty": "This file is empty. Choose the file that holds the figures.",
        },
    )
    force = forms.CharField(
        label="Which force, where the files hold several",
        help_text="As the files call it, such as cleveland. Several with commas between.",
        required=False,
        max_length=200,
    )
    mapping = forms.FileField(
        label="The mapping of their columns",
        help_text="A file that says which column is what (.json). Only for extracts, tables and "
        "returns.",
        required=False,
    )
    provisional_from = forms.CharField(
        label="From which month on may the figures still change?",
        help_text="Such as 2026-09. Leave it empty if they are settled.",
        required=False,
        max_length=7,
    )
    gaps_are_known = forms.BooleanField(
        label="Months are missing that were never published", required=False
    )
    choice_hints = {
        What.POLICE: ".zip or .csv, called as there",
        What.MAPPED: ".csv, .xlsx or .ods, with a mapping of their columns",
        What.AREAS: ".csv, as the Office for National Statistics publishes lookups",
        What.RESIDENTS: ".csv: a code and a number of people in each line",
        What.OUTLINES: ".geojson",
    }
    wanted: Wanted

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["what"].choice_hints = self.choice_hints  # type: ignore[attr-defined]

    def clean_provisional_from(self) -> str:
        words = str(self.cleaned_data["provisional_from"]).strip()
        if words:
            try:
                month_of(words)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mapping, what = cleaned.get("mapping"), cleaned.get("what")
        if what == What.MAPPED and mapping is None and "mapping" not in self.errors:
            self.add_error("mapping", "Choose the mapping of their columns.")
        names = [str(one.name).lower() for one in cleaned.get("files") or []]
        if what in (What.AREAS, What.RESIDENTS) and not all(one.endswith(".csv") for one in names):
            self.add_error(
                "files", "These are CSV files (.csv). Save them as that, and choose them."
            )
        given = self._read(mapping) if mapping is not None and what == What.MAPPED else None
        if not self.errors:
            forces = [one.strip().lower() for one in cleaned["force"].split(",")]
            self.wanted = Wanted(
                what=cleaned["what"],
                forces=tuple(filter(None, forces)),
                gaps_are_known=cleaned["gaps_are_known"],
                provisional_from=cleaned["provisional_from"],
                mapping=given,
            )
        return cleaned

    def _read(self, mapping: Any) -> Any:
        """The mapping as JSON; what is wrong with it stands beside its field."""
        try:
            if mapping.size > MAX_BYTES:
                raise Refused("This file is larger than any mapping. Choose another file.")
            given = json.loads(mapping.read().decode("utf-8-sig"))
            mapping_of(given)
        except (UnicodeDecodeError, ValueError):
            self.add_error("mapping", "This is no mapping: it cannot be read as JSON.")
        except Refused as refusal:
            self.add_error("mapping", str(refusal))
        else:
            return given
        return None
