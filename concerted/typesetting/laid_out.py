"""From values to a PDF that screen readers can read (PDF/UA-1), by Typst.

Text reaches Typst as data and never as its markup. What a font cannot show would stop it, as
PDF/UA forbids such text: it is replaced by a box.
"""

import json
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

FONTS = Path(__file__).parent / "fonts"
BOX = "\N{WHITE SQUARE}"


def laid_out(
    template: Path, data: Mapping[str, Any], asked: Sequence[str] = ()
) -> tuple[bytes, list[Any]]:
    """The PDF, and what the template says of each thing that is `asked` (labels, such as `<at>`).

    The template reads `data` as the JSON of `sys.inputs.data`.
    """
    # Loaded with the first PDF: a web worker makes none, and keeps its memory.
    import typst  # noqa: PLC0415

    # A root that holds the template alone: nothing else could be read, whatever a text says.
    with tempfile.TemporaryDirectory() as root:
        there = Path(root) / template.name
        there.write_bytes(template.read_bytes())
        compiler = typst.Compiler(
            str(there),
            root=root,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
        )
        pdf = cast("bytes", compiler.compile(format="pdf", pdf_standards="ua-1"))
        return pdf, [json.loads(compiler.query(one, field="value")) for one in asked]


def showable(value: Any) -> Any:
    """The same value, with a box for each sign in it that the font does not have."""
    if isinstance(value, str):
        return "".join(map(_sign, unicodedata.normalize("NFC", value)))
    if isinstance(value, dict):
        return {key: showable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [showable(one) for one in value]
    return value


def has_boxes(data: Mapping[str, Any]) -> bool:
    return BOX in json.dumps(data, ensure_ascii=False)


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
