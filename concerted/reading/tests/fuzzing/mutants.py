"""Hostile files made of whole ones: changed as bytes, or inside of what the format is made of."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from concerted.reading.tests.fuzzing import bytewise, markup, odd
from concerted.reading.tests.fuzzing.pdf_objects import (
    compressed,
    objects_of,
    rewritten,
    stream_of,
)

LONGEST = 300_000  # bytes; what grows beyond is cut
Change = Callable[[bytes, random.Random], bytes]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RTF = re.compile(rb"\\[a-z]+-?\d*[ ]?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}]+")
_RTF_WORDS = (
    *("par", "cell", "row", "nestcell", "nestrow", "intbl", "itap", "trowd", "pard", "plain", "v"),
    *("deleted", "footnote", "chftn", "uc", "u", "f", "deff", "fcharset", "ansicpg", "bin", "mac"),
    *("listtext", "pntext", "shptxt", "fonttbl", "fldinst", "upr", "ud", "sect", "tab", "line"),
    *("unknownword", "cellx", "pict", "info", "stylesheet", "revised", "pca", "*", "pc", "emdash"),
)
_PDF = re.compile(
    rb"-?\d+\.?\d*|/[^\s/<>\[\]()]*|\((?:[^()\\]|\\.)*\)|<<|>>|[\[\]]|[A-Za-z'\"*]+|\s+|.",
    re.DOTALL,
)
_PDF_PIECES = (
    *(b"0", b"-1", b"1e9", b"99999999999999999999", b"0.0000001", b"-32769", b"nan", b"1 0 R"),
    *(b"2 0 R", b"3 0 R", b"99999 0 R", b"null", b"true", b"[", b"]", b"<<", b">>", b"()", b"<>"),
    *(b"q " * 400, b"Q", b"BT", b"ET", b"BI /W 9 ID", b"EI", b"/P Do", b"/F 0 Tf", b"/F -9 Tf"),
    *(b"0 0 0 0 0 0 cm", b"1e9 0 0 1e9 0 0 cm", b"3 Tr", b"/X gs", b"/Span BDC", b"EMC", b"W n"),
    *(b"(\xff\xfe\\000)", b"<FEFFD800>", b"[[[[[[", b"/Filter [/FlateDecode /FlateDecode]"),
    *(b"/Predictor 15", b"/Type /Pages", b"/Kids [2 0 R]", b"/Contents 2 0 R", b"/Rotate 45"),
    *(b"/MediaBox [0 0 1e9 -1e9]", b"/MediaBox [0 0 0 0]", b"/UserUnit 1e9", b"/Length 2 0 R"),
    *(b"/Encrypt << /Filter /Standard /V 5 >>", b"/ToUnicode 5 0 R", b"/Encoding /Identity-H"),
)
_MAIL_LINES = (
    *("Content-Type: multipart/mixed; boundary=x", "Content-Type: multipart/alternative"),
    *("Content-Type: message/rfc822", "Content-Type: text/html; charset=utf-16", "Content-Type: ;"),
    *("Content-Type: text/plain; charset=x-odd", "Content-Type: text/plain; charset*=''%ff", "--x"),
    *("Content-Type: message/external-body", "Content-Type: message/delivery-status", "--x--"),
    *("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: uuencode", "begin 666 x"),
    *("Content-Transfer-Encoding: quoted-printable", "Content-Transfer-Encoding: x", "=", "==="),
    *("Content-Disposition: attachment; filename*0*=''%", "Content-Disposition: inline;;;;"),
    *("Content-Disposition: attachment; filename=\"../../a\"", "Content-ID: <x>"),
    *("Date: Tue, 31 Feb 99999 99:99:99 +9999", "Date: 1 Jan 0000 00:00 -2359", "Date: ,,,"),
    *("Date: Fri, 31 Dec 9999 23:59:59 -2359", "Subject: =?utf-8?b?////?=", "Subject: =?x?q??="),
    *("Subject: =?utf-16?b?2AA=?=", "From: (((((", "From: =?utf-8?q?=22?= <", 'From: "\\'),
    *("From: a:b;<c>", "From: " + "(" * 500, "Subject: " + "=?utf-8?q?a?= " * 200, " folded", "\t"),
)  # fmt: skip
_MAIL_NAMES = (
    *("../../etc/x.txt", "C:\\a.txt", "a" * 300, "", ".", "..", "//", "con\n.txt", "ä.txt"),
    *("\u202etxt.exe", "a.txt", "A.TXT", "__MACOSX/x", "x/", "a\0b", "a/b/" * 60),
)


def mutant(kind: str, rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """A file made of one of the corpus by a few changes, mostly inside of its structure."""
    data = rng.choice(corpus)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        if rng.random() < STRUCTURED[kind]:
            data = _CHANGES[kind](data, rng)
        else:
            data = bytewise.changed(data, rng, rng.choice(corpus))
        data = data[:LONGEST]
    return data


def _text(data: bytes, rng: random.Random) -> bytes:
    lines = _read(data).split("\n")
    at = rng.randrange(len(lines))
    match rng.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, odd.words(rng))
        case 2:
            lines[at:at] = [lines[at]] * rng.choice((1, 3, 200))
        case 3:
            lines.insert(at, lines.pop(rng.randrange(len(lines))))
        case 4:
            words = lines[at].split(" ")
            words[rng.randrange(len(words))] = odd.words(rng)
            lines[at] = " ".join(words)
        case 5:
            lines[at : at + 2] = [rng.choice(("", " ", "\t", " | ")).join(lines[at : at + 2])]
        case _:
            letters = rng.choice(("utf-16", "utf-16-be", "utf-32", "cp1252", "utf-8-sig", "utf-7"))
            return "\n".join(lines).encode(letters, "replace")
    return _written("\n".join(lines))


def _page(data: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.15:
        return _text(data, rng)
    return _written(markup.changed(_read(data), rng))


def _package(data: bytes, rng: random.Random) -> bytes:
    """A zip of XML parts with one part changed, packed again so that its sums are right."""
    parts = _members(data)
    if not parts:
        return data
    of_interest = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    name = rng.choice(of_interest)
    if rng.random() < 0.5:  # most of a file is in its largest part
        name = max(of_interest, key=lambda one: len(parts[one]))
    draw = rng.random()
    if draw < 0.03:
        del parts[name]
    elif draw < 0.06:
        parts[rng.choice(of_interest)] = parts[name]
    elif draw < 0.1:
        parts[name] = bytewise.changed(parts[name], rng, data)
    else:
        source = _xml(parts[name].decode("utf-8", "surrogateescape"), rng)
        parts[name] = _written(source)
        if rng.random() < 0.03:
            parts[name] = source.encode("utf-16", "replace")
    return _packed(parts)


def _xml(source: str, rng: random.Random) -> str:
    """The XML changed, mostly so that it is XML still: a parser refuses the rest at once."""
    for _ in range(8):
        changed = source
        for _ in range(rng.choice((1, 1, 2, 4))):
            changed = _NOT_XML.sub("", markup.changed(changed, rng))[: 2 * LONGEST]
        try:
            ElementTree.fromstring(changed)
        except (ElementTree.ParseError, ValueError):
            if rng.random() < 0.1:
                return changed
        else:
            return changed
    return source


def _rich_text(data: bytes, rng: random.Random) -> bytes:
    tokens = _RTF.findall(data)
    if not tokens:
        return data
    at = rng.randrange(len(tokens))
    match rng.randrange(8):
        case 0:
            del tokens[at]
        case 1:
            tokens.insert(at, tokens[at] * rng.choice((1, 5, 300)))
        case 2 | 3:
            word = rng.choice(_RTF_WORDS) + rng.choice(("", odd.number(rng)))
            tokens.insert(at, b"\\" + word.encode("ascii", "ignore") + rng.choice((b" ", b"")))
        case 4:
            tokens.insert(at, rng.choice((b"{", b"}", b"{\\*", b"{\\footnote ", b"}}", b"{\\upr{")))
        case 5:
            depth = rng.choice((3, 50, 2000))
            tokens[at] = b"{" * depth + tokens[at] + b"}" * depth
        case 6:
            signs = rng.choice(
                ("\\u-1?", "\\u55357", "\\u56842?", "\\'", "\\'zz", "\\'8", "\\u65536?")
            )
            tokens.insert(at, signs.encode())
        case _:
            numbered = [n for n, one in enumerate(tokens) if re.fullmatch(rb"\\[a-z]+-?\d+ ?", one)]
            if numbered:
                n = rng.choice(numbered)
                said = odd.number(rng).encode("ascii", "ignore")
                tokens[n] = re.sub(rb"-?\d+", lambda _: said, tokens[n], count=1)
    return b"".join(tokens)


def _pdf(data: bytes, rng: random.Random) -> bytes:
    bodies = objects_of(data)
    if not bodies:
        return bytewise.changed(data, rng, data)
    at = rng.choice(list(bodies))
    held = stream_of(bodies[at])
    draw = rng.random()
    if draw < 0.05:
        bodies[at] = rng.choice(list(bodies.values()))
    elif held is not None and draw < 0.75:
        inner = _pdf_tokens(held[1], rng) if draw < 0.65 else bytewise.changed(held[1], rng, data)
        head = re.sub(rb"/Length\s+-?\d+", b"/Length %d" % len(inner), held[0], count=1)
        bodies[at] = b"%sstream\n%s\nendstream" % (head, inner)
    else:
        bodies[at] = _pdf_tokens(bodies[at], rng)
    written = rewritten(bodies, packed=rng.random() < 0.5)
    return compressed(written) if rng.random() < 0.15 else written


def _pdf_tokens(data: bytes, rng: random.Random) -> bytes:
    tokens = _PDF.findall(data)
    if not tokens:
        return rng.choice(_PDF_PIECES)
    for _ in range(rng.choice((1, 2, 5))):
        at = rng.randrange(len(tokens))
        match rng.randrange(6):
            case 0:
                tokens[at] = b""
            case 1:
                tokens[at] *= rng.choice((2, 3, 200))
            case 2:
                tokens[at] = rng.choice(tokens)
            case 3:
                numbers = [n for n, one in enumerate(tokens) if one[-1:].isdigit()]
                said = rng.choice((odd.number(rng), str(rng.uniform(-900, 900))))
                tokens[rng.choice(numbers) if numbers else at] = said.encode("ascii", "ignore")
            case 4:
                start = max(0, at - rng.randint(1, 12))
                tokens[at:at] = tokens[start:at] * rng.choice((1, 2, 100))
            case _:
                tokens[at] += b" %s " % rng.choice(_PDF_PIECES)
    return b"".join(tokens)


def _mail(data: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.05:
        return _nested(data, rng)
    lines = data.split(b"\n")
    heads = [n for n, line in enumerate(lines) if re.match(rb"[A-Za-z-]+:|--", line)]
    at = rng.choice(heads) if heads and rng.random() < 0.7 else rng.randrange(len(lines))
    match rng.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines[at:at] = [lines[at]] * rng.choice((1, 3, 300))
        case 2:
            lines.insert(at, _written(rng.choice(_MAIL_LINES)))
        case 3:
            lines[at] = _written(rng.choice(_MAIL_LINES))
        case 4:
            name, colon, _ = lines[at].partition(b":")
            lines[at] = name + colon + b" " + _written(odd.words(rng).replace("\n", "\n "))
        case 5:
            parameter = rng.choice(("filename", "name", "charset", "boundary", "format", "name*"))
            said = rng.choice((rng.choice(_MAIL_NAMES), odd.value(rng)))
            lines[at] += _written(f'; {parameter}="{said}"')
        case _:
            lines[at] = bytewise.changed(lines[at], rng, data)
    return b"\n".join(lines)


def _nested(data: bytes, rng: random.Random) -> bytes:
    """The message inside of others, as parts or as messages; at times deeper than any is."""
    for level in range(rng.choice((1, 2, 4, 30, 150))):
        inner = b"--b%d\n\n%s\n--b%d--\n" % (level, data, level)
        head = b"Content-Type: multipart/mixed; boundary=b%d" % level
        if rng.random() < 0.5:
            head, inner = b"Content-Type: message/rfc822", data
        data = b"MIME-Version: 1.0\nX-Mailer: a\n%s\n\n%s" % (head, inner)
        if len(data) > LONGEST:
            break
    return data


def _outlook(data: bytes, rng: random.Random) -> bytes:
    """A word of the header, of the table of sectors, of an entry or of a property changed."""
    made = bytearray(data)
    if len(made) < 1024:
        return bytewise.changed(data, rng, data)
    directory = (int.from_bytes(data[48:52], "little") + 1) * 512
    match rng.randrange(5):
        case 0:
            at = rng.randrange(0, 512, rng.choice((2, 4)))
        case 1:
            at = rng.randrange(len(made) - 512, len(made) - 3, 4)
        case 2 | 3 if directory + 128 < len(made):
            entries = range(directory, len(made) - 128, 128)
            at = rng.choice(entries) + rng.choice((0, 2, 64, 66, 68, 72, 76, 80, 116, 120, 124))
        case _:
            at = rng.randrange(0, len(made) - 3, 4)
    old = int.from_bytes(made[at : at + 4], "little")
    number = rng.choice((*bytewise.WHOLE, old + 1, old - 1, rng.randrange(len(made) // 64)))
    made[at : at + 4] = struct.pack("<I", number % 2**32)
    return bytes(made)


def _archive(data: bytes, rng: random.Random) -> bytes:
    members = _members(data)
    draw = rng.random()
    if draw < 0.35 or not members:
        return _archive_fields(data, rng)
    name = rng.choice(list(members))
    if draw < 0.5:
        members[rng.choice(_MAIL_NAMES) or "x"] = members.pop(name)
    elif draw < 0.6:
        members[f"{rng.randrange(99)}.{rng.choice(list(_CHANGES))}"] = members[name]
    elif draw < 0.65:
        members[name] = rng.choice((b"\0", b" ", b"Minutes\n")) * rng.choice(
            (1000, 30_000_000 // 8)
        )
    elif draw < 0.72:
        for level in range(rng.choice((1, 2, 5))):
            data = _packed({f"{level}.zip": data, "a.txt": b"Minutes"})
        return data
    elif draw < 0.75:
        members |= {f"{n}.txt": b"" for n in range(rng.choice((20, 1001)))}
    else:
        kind = name.rpartition(".")[2]
        change = _CHANGES.get(kind, _text)
        members[name] = change(members[name], rng)
    return _packed(
        members, rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    )


def _archive_fields(data: bytes, rng: random.Random) -> bytes:
    """A field of a zip’s own records changed: versions, flags, methods, sums, sizes, places."""
    marks = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    if not marks:
        return bytewise.changed(data, rng, data)
    made = bytearray(data)
    at = rng.choice(marks) + rng.choice((4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 42))
    wide = rng.choice((1, 2, 4))
    made[at : at + wide] = struct.pack("<I", rng.choice(bytewise.WHOLE))[:wide]
    return bytes(made)


def _members(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {one.filename: archive.read(one) for one in archive.infolist()
                    if one.file_size < 4_000_000}  # fmt: skip
    except Exception:  # a mutant of a mutant may be no zip any more
        return {}


def _packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name[:60_000].encode("utf-8", "replace").decode() or "x")
            archive.writestr(info, data, zipfile.ZIP_STORED if name == "mimetype" else method)
    return held.getvalue()


def _read(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "surrogateescape")


def _written(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


_CHANGES: dict[str, Change] = {
    "txt": _text,
    "html": _page,
    "docx": _package,
    "odt": _package,
    "rtf": _rich_text,
    "pdf": _pdf,
    "eml": _mail,
    "msg": _outlook,
    "zip": _archive,
}
# How many of the changes know the format: bytes of a zip or an OLE file seldom say anything.
STRUCTURED = {kind: 0.95 if kind in ("docx", "odt") else 0.8 for kind in _CHANGES}
