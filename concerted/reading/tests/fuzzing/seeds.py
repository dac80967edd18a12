"""Whole files of each format, with what its files can hold, from which hostile ones are made."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from concerted.reading.tests.fuzzing.pdf_objects import compressed, updated
from concerted.reading.tests.odt_files import listed, numbers, odt
from concerted.reading.tests.odt_files import p as odt_p
from concerted.reading.tests.odt_files import table as odt_table
from concerted.reading.tests.ole_files import attached, message, msg
from concerted.reading.tests.pdf_files import A4, Sheets, document, font, picture, put, rule
from concerted.reading.tests.test_containers import packed
from concerted.reading.tests.test_mail import MARCH, mail
from concerted.reading.tests.test_rtf import row, rtf
from concerted.reading.tests.word_files import (
    W,
    by,
    commented,
    comments,
    comments_extended,
    deleted,
    ins,
    numbering,
    p,
    paragraph,
    run,
    table,
    word,
)

TEXTS = Path(__file__).parents[1] / "texts"
MOST_TEXTS = 16
ROLL = (("Ann Bell (Chair)", "Oak Homes"), ("Cal Dunn", "Fell Police"))
HEAD = "Minutes of the Fell Board held on 4 March 2026 at 10.00 am in Hazel Hall"
LINES = (
    *("1. Apologies", "Apologies were received from Ede Fox-Gray.", "2. Theft"),
    "RESOLVED that (a) the report be noted; and (b) £5 be spent – “at once”.",
    *("ACTION: Cal Dunn to write to Oak Homes by 1 May 2026", "3. Next meeting"),
    "The next meeting is on 12 May 2026 at 2 pm.",
)


def undated(data: bytes) -> bytes:
    """The zip without the hour at which it was made."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as archive:
        for one in old.infolist():
            archive.writestr(zipfile.ZipInfo(one.filename), old.read(one), one.compress_type)
    return held.getvalue()


def _agreed() -> bytes:
    return undated(word(p("Agreed.")))


def _texts() -> list[bytes]:
    paths = sorted(TEXTS.glob("*.txt"))
    said = "\n".join((HEAD, "Present:", *(" / ".join(one) for one in ROLL), *LINES))
    report = (
        "Report to the Fell Board, 4 March 2026\nReport of the Head of Safety\n1. Purpose\n1.1 To "
        "tell of thefts.\n2. Recommendations\n2.1 That the Board notes the report.\n"
        "3. Financial implications\n3.1 None.\nAppendix A: figures\n"
    )
    return [
        *(said.encode(letters) for letters in ("utf-8-sig", "utf-16", "utf-16-le", "cp1252")),
        said.encode() + "\n£5 café".encode("cp1252"),
        report.encode(),
        *(path.read_bytes() for path in paths[:: max(1, len(paths) // MOST_TEXTS)]),
    ]


def _page() -> str:
    rows = "".join(f"<tr><td>{name}<td>{of}</tr>" for name, of in ROLL)
    told = "".join(f"<p>{line}</p>" for line in LINES)
    return (
        "<!doctype html><html><head><title>Minutes</title><style>p{}</style><script>x</script>"
        f"</head><body><!-- kept --><h1>{HEAD}</h1><table><thead><tr><th>Name<th>From</thead>{rows}"
        f"</table>{told}<ol type=i start=3><li>One<li value=9>Two<ul><li>Three</ul></ol><pre>a   b"
        "\nc</pre><div><![if !x]><br/>caf&eacute; &#163;5 &amp; &nbsp;</div><svg><a/></svg>"
        "<table><tr><td><table><tr><td>in</table><td><p>a<p>b</table></body></html>"
    )


def _pages() -> list[bytes]:
    named = _page().replace("<head>", '<head><meta charset="iso-8859-2">')
    return [
        _page().encode(),
        named.encode("iso-8859-2", "xmlcharrefreplace"),
        _page().encode("utf-16"),
    ]


def _word_files() -> list[bytes]:
    body = (
        p(HEAD, style="Title")
        + table(*((p(name), p(of)) for name, of in ROLL))
        + "".join(p(line, number="1", level=at % 3) for at, line in enumerate(LINES))
        + paragraph(run("It was "), deleted("not "), ins("agreed"), mark=f"<w:ins{by()}/>")
        + paragraph(commented("Buy twelve"), commented("", 1))
        + f"<w:tbl><w:tr><w:trPr><w:ins{by()}/></w:trPr><w:tc><w:tcPr><w:cellDel{by()}/></w:tcPr>"
        + f"{table((p('in'),))}{p('cell')}</w:tc></w:tr></w:tbl>"
        + f"<w:p><w:pPr><w:pPrChange{by()}><w:pPr><w:numPr/></w:pPr></w:pPrChange></w:pPr>"
        + f"<w:moveFrom{by()}>{run('gone')}</w:moveFrom><w:moveTo{by()}>{run('come')}</w:moveTo>"
        + '<w:hyperlink w:anchor="x"><w:r><w:t>link</w:t><w:br/><w:tab/><w:sym w:char="F0B7"/>'
        + '</w:r></w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + "<w:sdt><w:sdtContent>"
        + p("held", number="2")
        + "</w:sdtContent></w:sdt>"
    )
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Title"><w:name '
        'w:val="Title"/><w:basedOn w:val="Base"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/>'
        "</w:style></w:styles>"
    )
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p("A note.")}</w:footnote></w:footnotes>'
    )
    rich = word(
        body,
        numbering=numbering(("decimal", "%1."), ("lowerLetter", "(%2)"), ("upperRoman", "%1.%3")),
        styles=styles,
        comments=comments((run("Why?"), "A1"), (run("Because."), "A2")),
        commentsExtended=comments_extended('w15:paraId="A1" w15:done="1"', 'w15:paraId="A2"'),
        footnotes=notes,
    )
    plain = word("".join(p(line) for line in (HEAD, *LINES)))
    return [undated(one) for one in (rich, _agreed(), plain)]


def _odt_files() -> list[bytes]:
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f"{odt_p('gone')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    body = (
        tracked
        + f'<text:h text:outline-level="1">{HEAD}</text:h>'
        + odt_table(*((odt_p(name), odt_p(of)) for name, of in ROLL))
        + listed("L", *map(odt_p, LINES), more=' text:continue-numbering="true"')
        + listed("L", odt_p("Deep") + listed("", odt_p("Deeper")), more=' xml:id="l1"')
        + odt_p('It was<text:s text:c="3"/><text:tab/><text:change text:change-id="c1"/>agreed')
        + odt_p('<text:note text:id="n"><text:note-citation>1</text:note-citation><text:note-body>'
                f"{odt_p('Note')}</text:note-body></text:note><text:line-break/>end")
        + '<table:table><table:table-row table:number-rows-repeated="3"><table:table-cell '
        'table:number-columns-repeated="2"><text:p>again</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table>"
        + "<text:section><draw:frame><draw:text-box>"
        + odt_p("Box")
        + "</draw:text-box></draw:frame></text:section>"
    )  # fmt: skip
    styles = numbers("L", ("1", ".", 1), ("a", ")", 2), ("I", ".", 3))
    return [undated(odt(body, styles=styles, media=b"\x89PNG")), undated(odt(odt_p("Agreed.")))]


def _rich_texts() -> list[bytes]:
    told = "".join(rf"\pard {line}\par " for line in LINES if line.isascii())
    body = (
        rf"\pard {HEAD}\par "
        + "".join(row(*one) for one in ROLL)
        + told
        + r"{\listtext 1.\tab}Item\par {\pntext 2.}x \u8217\'92s \u55357?\u56842? {\uc2\u163??5}"
        + r"{\f3 \'93\'fa\'96\'7b}{\f2 \'a3}\line{\footnote \chftn a note\par}{\v hid}{\deleted x}"
        + r"{\*\revtbl{Ann;}}{\revised new}{\field{\*\fldinst HYPERLINK \\l x}{\fldrslt link}}"
        + r"{\pict\bin4 }}{\no}{\shp{\*\shpinst{\shptxt box\par}}}"
        + r"\trowd\itap1\intbl a{\itap2 b\nestcell\nestrow}\cell\row\pard"
        + "\n\\par \\'e9\\~\\_\\-\\{x\\}"
    )
    return [rtf(body), rtf(r"\pard Agreed.\par")]


def _pdf_files() -> list[bytes]:
    sheets = Sheets(header="Fell Board", footer="Page {} of {}")
    sheets.paragraph(HEAD, bold=True, after=6)
    sheets.table(ROLL, (0.5, 0.5))
    for line in LINES * 6:
        sheets.paragraph(line, after=4)
    sheets.labelled("ACTION", "Cal Dunn to write by 1 May 2026")
    tables = document(
        put(72, 700, HEAD) + rule(72, 690, 300, 690) + picture(72, 400, 200, 100),
        b"q 0 1 -1 0 300 300 cm " + put(72, 600, "turned", 40) + b"Q\n/Span <</ActualText(x)>> BDC "
        b"BT /F 9 Tf 3 Tr 72 500 Td [(un) -200 (der)] TJ T* (li\\222ne) ' EMC ET",
        page=b"/Rotate 90 /Annots [<< /Subtype /Widget /FT /Tx /V (filled) /Rect [0 0 9 9] >>]",
        catalogue=b"/AcroForm << /Fields [] >> /Names << /EmbeddedFiles << /Names [] >> >> "
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        extra=[font("Times-Roman")],
    )
    plain = document(put(72, A4[1] - 80, HEAD))
    whole = sheets.finished()
    return [whole, compressed(whole), tables, compressed(tables), plain, updated(plain)]


def _letter() -> bytes:
    made = mail("\n".join((HEAD, *LINES)), _page(), subject="Minutes – März")
    made.add_attachment(_agreed(), maintype="application", subtype="x", filename="ä.docx")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="l.gif", cid="<x>")
    made.add_attachment(mail("inner", subject="Earlier"))
    # The library draws lots for its boundaries; the files are to be the same each time.
    lots = list(dict.fromkeys(re.findall(rb"={15}\d+==", bytes(made))))
    return re.sub(rb"={15}\d+==", lambda lot: b"===%d===" % lots.index(lot[0]), bytes(made))


def _mails() -> list[bytes]:
    flowed = (
        b"From: =?utf-8?b?QW5u?= Bell <a@b.invalid>\nDate: Tue, 11 Mar 2014 09:30:00 +0000\n"
        b"Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\nMIME-Version: 1.0\nX-Mailer: a\n"
        b"Content-Type: text/plain; charset=gb18030; format=flowed\n"
        b"Content-Transfer-Encoding: quoted-printable\n\nThe Board =\nagreed =A3 5.\n-- \nAnn\n"
    )
    named = (
        b'MIME-Version: 1.0\nReceived: x\nContent-Type: multipart/mixed; boundary="b b"\n\n--b b\n'
        b"Content-Type: application/octet-stream; name*0*=utf-8''%c3%a4; name*1*=%2etxt\n"
        b"Content-Transfer-Encoding: base64\n\nTWludXRlcwo=\n--b b\nContent-Type: text/html; "
        b"charset=utf-7\n\n<p>Agreed +AKM-5\n--b b--\n"
    )
    return [_letter(), flowed, named]


def _outlook() -> list[bytes]:
    inner = message(words="inner", subject="Earlier", header=24)
    rich = msg(
        message(words=HEAD, subject="Minutes", sender="Ann Bell", sent=MARCH),
        attached(0, "minutes.txt", "\n".join(LINES).encode() * 20),
        attached(1, "ä.docx", _agreed()),
        attached(2, "Earlier", {**inner, **attached(0, "a.txt", b"Agreed.")}),
        attached(3, "l.png", b"\x89PNG", inline=True),
    )
    return [rich, msg(message(html=_page().encode(), subject="Page")), msg(message(words="x"))]


def _zips() -> list[bytes]:
    text = "\n".join((HEAD, *LINES)).encode()
    inner = packed(("b/c.txt", text), ("d.docx", _agreed()))
    rich = packed(
        ("a.txt", text),
        ("2014/März/a.txt", text),
        ("inner.zip", packed(("deeper.zip", packed(("deepest.zip", inner))))),
        *(("x/", b""), ("__MACOSX/._a", b"x"), ("../../up.txt", text), ("C:\\temp\\d.txt", text)),
        ("letter.eml", _letter()),
        ("letter.msg", _outlook()[1]),
        ("page.html", _page().encode()),
        ("minutes.odt", _odt_files()[1]),
    )
    return [rich, packed(("a.txt", text)), packed(("in.zip", inner))]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "txt": _texts,
    "html": _pages,
    "docx": _word_files,
    "odt": _odt_files,
    "rtf": _rich_texts,
    "pdf": _pdf_files,
    "eml": _mails,
    "msg": _outlook,
    "zip": _zips,
}
