"""From a part of a pack to a PDF; where a sign cannot be printed, its first page says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concerted.packs.laying_out import Part
from concerted.typesetting.laid_out import BOX, has_boxes, laid_out, showable

TEMPLATE = Path(__file__).parent / "pack.typ"
NORMAL, LARGE = 11, 18  # points; 18 is what the RNIB calls large print at the least for most
LACKING = (
    f"Some signs in these papers cannot be printed in this file’s font. Each is shown as {BOX}; "
    "read them on the page of the pack."
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, on which page each mark stands, and the last of its pages."""

    pdf: bytes
    pages: Mapping[str, int]
    last: int


def printed(part: Part) -> Printed:
    """A part in ordinary print."""
    return _printed(part.as_data() | {"size": NORMAL})


def in_large_print(part: Part, pages: Mapping[str, int]) -> bytes:
    """The same in 18 points; its sheets are more, but bear the numbers of the ordinary pages."""
    return _printed(part.as_data() | {"size": LARGE, "pages": dict(pages)}).pdf


def _printed(part: dict[str, Any]) -> Printed:
    data = showable(part)
    if has_boxes(data):
        data["notes"] = [*data["notes"], LACKING]
    pdf, (marks, [ends]) = laid_out(TEMPLATE, data, ["<at>", "<end>"])
    return Printed(pdf, {one["mark"]: one["page"] for one in marks}, ends)
