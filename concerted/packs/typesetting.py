"""From a part of a pack to a PDF that screen readers can read (PDF/UA-1), by Typst.

Text reaches Typst as data and never as its markup. What a font cannot show would stop it, as
PDF/UA forbids such text: it is replaced by a box, and the pack says so on its first page.
"""

import json
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from concerted.packs.laying_out import Part

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
NORMAL, LARGE = 11, 18  # points; 18 is what the RNIB calls large print at the least for most
BOX = "\N{WHITE SQUARE}"
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
    # Loaded with the first pack: a web worker builds none, and keeps its memory.
    import typst  # noqa: PLC0415

    data = _showable(part)
    if BOX in json.dumps(data, ensure_ascii=False):
        data["notes"] = [*data["notes"], LACKING]
    # A root that holds the template alone: nothing else could be read, whatever a text says.
    with tempfile.TemporaryDirectory() as root:
        template = Path(root) / "pack.typ"
        template.write_bytes((HERE / "pack.typ").read_bytes())
        compiler = typst.Compiler(
            str(template),
            root=root,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"part": json.dumps(data)},
        )
        pdf = cast("bytes", compiler.compile(format="pdf", pdf_standards="ua-1"))
        marks = json.loads(compiler.query("<at>", field="value"))
        [ends] = json.loads(compiler.query("<end>", field="value"))
    return Printed(pdf, {one["mark"]: one["page"] for one in marks}, ends)


def _showable(value: Any) -> Any:
    """The same, with a box for each sign that the font does not have."""
    if isinstance(value, str):
        return "".join(map(_sign, unicodedata.normalize("NFC", value)))
    if isinstance(value, dict):
        return {key: _showable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_showable(one) for one in value]
    return value


def _sign(sign: str) -> str:
    if ord(sign) in _known() or sign == "\n":
        return sign
    kind = unicodedata.category(sign)
    # A tab is a space; other signs that steer a printer are nothing at all.
    return " " if sign in "\t\r\x0b\x0c\u2028\u2029" else "" if kind in ("Cc", "Cf") else BOX


@cache
def _known() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(FONTS / "DejaVuSans.ttf") as font, TTFont(FONTS / "DejaVuSans-Bold.ttf") as bold:
        return frozenset(font.getBestCmap()) & frozenset(bold.getBestCmap())
