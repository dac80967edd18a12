"""OpenDocument files made in the tests, from as little XML as an office program would take."""

import io
import zipfile

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("manifest", "manifest")),
    )
)
_TYPE = "application/vnd.oasis.opendocument.text"


def p(text: str) -> str:
    """A paragraph; its content is XML."""
    return f"<text:p>{text}</text:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; each cell is the XML of its paragraphs."""
    cells = (
        "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows
    )
    written = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table>{written}</table:table>"


def numbers(name: str, *levels: tuple[str, str, int]) -> str:
    """A list style: for each level the form of its numerals, what follows, how many it shows."""
    written = "".join(
        f'<text:list-level-style-number text:level="{at}" style:num-format="{form}" '
        f'style:num-suffix="{suffix}" text:display-levels="{shown}"/>'
        for at, (form, suffix, shown) in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="{name}">{written}</text:list-style>'


def listed(style: str, *items: str, more: str = "") -> str:
    """A list; each item is XML, `more` further attributes of the list."""
    written = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    name = f' text:style-name="{style}"' if style else ""
    return f"<text:list{name}{more}>{written}</text:list>"


def odt(
    body: str,
    *,
    styles: str = "",
    manifest: str = "",
    preamble: str = "",
    media: bytes = b"",
    kind: str = _TYPE,
) -> bytes:
    """An .odt of this body; `styles` are the automatic ones of its content."""
    content = (
        f"{preamble}<office:document-content {_NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    page = (
        f"<office:document-styles {_NAMES}><office:master-styles><style:master-page><style:header>"
        f"{p('Header')}</style:header><style:footer>{p('Page 1')}</style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", page)
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {_NAMES}>{manifest}</manifest:manifest>"
        )
        if media:
            archive.writestr("Pictures/1.png", media)
    return held.getvalue()
