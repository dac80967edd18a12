"""The answer that a person gets: what is held of them, and what Article 15(1) says beside it."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.template.loader import render_to_string

from concerted.access.actor import Actor
from concerted.documents.public import Version, versions_visible_to
from concerted.kernel.clock import today
from concerted.kernel.personal import Holds
from concerted.subject_access import queries
from concerted.subject_access.models import AccessRequest, Draft
from concerted.subject_access.redacting import NOT_READ, Part, redacted
from concerted.subject_access.sources import Source, sources
from concerted.subject_access.states import Decided, Exemption, Regime
from concerted.ui.words import day

CATEGORIES = {
    Holds.PERSONAL: "names, posts, seats, attendance, contact and account details",
    Holds.SPECIAL: "what free text says, which may tell of health, belief, ethnicity or offences",
}
RIGHTS = (
    "to have what is wrong put right, and what is incomplete made complete",
    "to have it erased, or its use restricted, where the law allows",
    "to object to its use",
    "to complain to the organisation that answers you, which must acknowledge it within 30 days",
)
COMPLAINT = (
    "You can complain to the Information Commissioner at ico.org.uk/make-a-complaint, and you can "
    "go to court."
)
FROM_WHOM = (
    "The organisations that take part in the partnership, in papers and minutes; and you yourself."
)
_ODD = re.compile(r"[^\w. -]")  # signs that some systems take for more than a part of a name
NO_MACHINE = "No decision about anybody is made by the program, and it profiles nobody."


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it goes out. A withheld one has neither kind, day nor words.

    `file` is where its copy lies in the archive, if one goes out.
    """

    decided: str
    kind: str = ""
    on: str = ""
    purpose: str = ""
    parts: tuple[Part, ...] = ()
    file: str = ""
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """For what, under whose responsibility and for how long one kind of record is kept."""

    purpose: str
    controllers: str
    basis: str
    keep: str


@dataclass(frozen=True, slots=True)
class Answered:
    """All that goes out, in the order of the page."""

    name: str
    partnership: str
    asked_on: str
    answered_on: str
    law: str
    names: tuple[str, ...]
    records: tuple[Record, ...]
    kept: tuple[Kept, ...]
    categories: tuple[str, ...]
    recipients: str
    source: str
    rights: tuple[str, ...]
    complaint: str
    automated: str

    def count(self, decided: Decided) -> int:
        return sum(one.decided == decided for one in self.records)

    @property
    def shown(self) -> list[Record]:
        return [one for one in self.records if one.decided != Decided.WITHHOLD]

    @property
    def withheld(self) -> list[str]:
        """The laws under which something was withheld, each once, without those that tell more."""
        return sorted({one.exemption for one in self.records if one.exemption})


def compiled(actor: Actor, request: AccessRequest, draft: Draft) -> Answered:
    """The answer as it would go out now; findings without a decision are left out of it.

    Records that the actor may no longer see are left out too: the policy refuses to release then.
    """
    rulings = queries.newest_rulings(actor, draft)
    found = list(queries.findings_of(actor, draft))
    readable = queries.readable(actor, found)
    records, labels, holds = [], set(), set()
    by_label = {one.label: one for one in sources()}
    copies = copied(actor, draft)
    for one in found:
        ruling = rulings.get(one.pk)
        if ruling is None or one.key not in readable or ruling.decided == Decided.NOTHING:
            continue
        if ruling.decided == Decided.WITHHOLD:
            law = "" if tells_more(ruling.exemption) else Exemption(ruling.exemption).label
            records.append(Record(ruling.decided, exemption=str(law)))
            continue
        labels.add(one.source)
        holds |= _classes_of(by_label[one.source])
        records.append(
            Record(
                ruling.decided,
                kind=one.kind,
                on=day(one.on) if one.on else "",
                purpose=one.purpose,
                parts=tuple(
                    (label, words)
                    for label, words in redacted(one.parts, ruling.redactions)
                    if not label.startswith(NOT_READ)
                ),
                file=copies[one.pk][0] if one.pk in copies else "",
            )
        )
    return Answered(
        name=request.name,
        partnership=actor.partnership,
        asked_on=day(request.asked_on),
        answered_on=day(today()),
        law=str(Regime(request.regime).label),
        names=tuple(draft.names),
        records=tuple(records),
        kept=tuple(_kept(by_label[label]) for label in sorted(labels)),
        categories=tuple(CATEGORIES[one] for one in CATEGORIES if one in holds),
        recipients="The people who sit on the body that a record belongs to or who support it. "
        "Nothing goes to another country or to any outside service.",
        source=FROM_WHOM,
        rights=RIGHTS,
        complaint=COMPLAINT,
        automated=NO_MACHINE,
    )


def copied(actor: Actor, draft: Draft) -> dict[int, tuple[str, Version]]:
    """The files of which a copy goes out, by the finding's id, each with its name in the archive.

    Only what the actor may still see. A file that was found in two ways lies there once.
    """
    chosen = {
        one.pk: one
        for one in queries.findings_of(actor, draft)
        if one.decided == Decided.COPY  # type: ignore[attr-defined]
    }
    wanted = [one.source_id for one in chosen.values() if one.source_id]
    versions = versions_visible_to(actor).in_bulk(wanted)
    names: dict[int, str] = {}
    for one in chosen.values():
        if version := versions.get(one.source_id):
            names.setdefault(version.pk, f"files/{one.position}-{_ODD.sub('_', version.name)}")
    return {
        pk: (names[version.pk], version)
        for pk, one in chosen.items()
        if (version := versions.get(one.source_id))
    }


# To name these grounds would tell what they protect.
SILENT = frozenset({Exemption.DETECTION, Exemption.NATIONAL_SECURITY, Exemption.CRIME})


def tells_more(exemption: str) -> bool:
    """Whether the name of a ground would itself tell what is withheld."""
    return exemption in SILENT


def _classes_of(source: Source) -> set[Holds]:
    classes = source.record.classes()
    return {classes[name] for name in source.fields}


def _kept(source: Source) -> Kept:
    rules = source.record.rules
    return Kept(source.record.purpose, rules.controllers, rules.basis, source.record.keep)


def as_page(answer: Answered) -> str:
    """The answer as one HTML page that needs nothing else, without script."""
    return render_to_string("subject_access/answer.html", {"answer": answer})


def as_json(answer: Answered) -> str:
    """The same to be read by machines, in the order of the page; without what is withheld."""
    whole: dict[str, Any] = asdict(answer)
    whole["records"] = [
        {key: value for key, value in asdict(one).items() if key != "exemption"}
        for one in answer.shown
    ]
    whole["withheld_under"] = answer.withheld
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_zip(answer: Answered, files: Mapping[str, bytes]) -> bytes:
    """Both in one archive, with the files of which a copy goes out, by their names in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answer.html", as_page(answer))
        archive.writestr("answer.json", as_json(answer))
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()
