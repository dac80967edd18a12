"""Word files made in the tests, from as little XML as Word itself would take."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_OF_DOCUMENT = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_OFFICE}/comments" Target="comments.xml"/>'
    "</Relationships>"
)


def p(text: str, *, number: str = "", level: int = 0, style: str = "") -> str:
    """A paragraph; with the identity of a numbering, an automatically numbered one."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        inner += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{inner}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; each cell is the XML of its paragraphs."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def word(body: str, *, preamble: str = "", namespace: str = W, **parts: str | bytes) -> bytes:
    """A .docx of this body; further parts by name, as `numbering=` for word/numbering.xml."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/_rels/document.xml.rels", _OF_DOCUMENT)
        document = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", preamble + document)
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return held.getvalue()


def numbering(*levels: tuple[str, str]) -> str:
    """word/numbering.xml with one numbering, “1”: a format and a pattern for each level."""
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (style, pattern) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{written}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def by(author: str = "Ann Lee", date: str = "2026-03-01T10:20:00Z") -> str:
    """The attributes that say who changed something, and when; each may be empty."""
    who = f' w:author="{author}"' if author else ""
    return f'{who} w:date="{date}"' if date else who


def ins(text: str, who: str = by()) -> str:
    return f"<w:ins{who}>{run(text)}</w:ins>"


def deleted(text: str, who: str = by()) -> str:
    return (
        f'<w:del{who}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
        if text
        else f"<w:del{who}/>"
    )


def paragraph(*runs: str, mark: str = "", properties: str = "") -> str:
    """A paragraph of runs; `mark` is what is tracked on its mark, as `<w:ins/>`."""
    mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{mark}{properties}</w:pPr>{''.join(runs)}</w:p>"


def comments(*each: tuple[str, str], who: str = by("Bob Dean")) -> str:
    """word/comments.xml: the XML of each comment's paragraphs, and the identity of its last."""
    written = "".join(
        f'<w:comment w:id="{number}"{who}><w:p w14:paraId="{identity}">{inner}</w:p></w:comment>'
        for number, (inner, identity) in enumerate(each)
    )
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    return f'<w:comments xmlns:w="{W}" xmlns:w14="{w14}">{written}</w:comments>'


def comments_extended(*states: str) -> str:
    """word/commentsExtended.xml; each state is the attributes of one comment."""
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    written = "".join(f"<w15:commentEx {state}/>" for state in states)
    return f'<w15:commentsEx xmlns:w15="{w15}">{written}</w15:commentsEx>'


def commented(text: str, number: int = 0) -> str:
    """Words with a comment on them; on a point where there are none."""
    reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    if not text:
        return reference
    start = f'<w:commentRangeStart w:id="{number}"/>'
    return f'{start}{run(text)}<w:commentRangeEnd w:id="{number}"/>{reference}'
