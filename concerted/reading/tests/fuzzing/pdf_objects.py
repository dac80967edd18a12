"""A PDF as its numbered objects, taken apart and written again so that a reader finds them."""

import re
import zlib

from concerted.reading.tests.pdf_files import pdf, stream

_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)\bstream\r?\n(.*?)\r?\n?endstream\s*\Z", re.DOTALL)
_PACKED = re.compile(rb"/Filter\s*/FlateDecode\b")


def objects_of(data: bytes) -> dict[int, bytes]:
    """The bodies of the objects by number, flate streams unpacked, none inside of another."""
    found: dict[int, bytes] = {}
    for number, body in _OBJECT.findall(data):
        body = _unpacked(body.strip())
        held = stream_of(body)
        if held is not None and b"/ObjStm" in held[0]:
            found |= _held_in(*held)
        elif held is None or b"/XRef" not in held[0]:
            found[int(number) % 1000] = body
    return found


def _held_in(head: bytes, data: bytes) -> dict[int, bytes]:
    first = re.search(rb"/First (\d+)", head)
    at = int(first[1]) if first else 0
    told = [int(number) for number in data[:at].split() if number.isdigit()]
    places = list(zip(told[::2], told[1::2], strict=False))
    ends = [*(place for _, place in places[1:]), len(data)]
    return {
        number: data[at + place : at + end].strip()
        for (number, place), end in zip(places, ends, strict=False)
        if 0 < number < 1000
    }


def stream_of(body: bytes) -> tuple[bytes, bytes] | None:
    """The dictionary and the bytes of a stream; None for any other object."""
    found = _STREAM.match(body)
    return (found[1], found[2]) if found else None


def rewritten(objects: dict[int, bytes], *, packed: bool) -> bytes:
    """A file of these objects, its table right; `packed` deflates the streams."""
    bodies = _in_order(objects)
    return pdf(*(_packed(body) for body in bodies) if packed else bodies)


def compressed(data: bytes) -> bytes:
    """The same file as writers since PDF 1.5 make it: object streams and a stream for its table."""
    bodies = [_packed(body) for body in _in_order(objects_of(data))]
    loose = [number for number, body in enumerate(bodies, 1) if stream_of(body) is None]
    inner, heads = b"", b""
    for number in loose:
        heads += b"%d %d " % (number, len(inner))
        inner += bodies[number - 1] + b"\n"
    first, holder = len(heads), len(bodies) + 1
    held = stream(heads + inner, b"/Type /ObjStm /N %d /First %d" % (len(loose), first))
    made = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    rows = [b"\0\0\0\0\0\xff"] * (holder + 2)
    for number, body in [*enumerate(bodies, 1), (holder, _packed(held))]:
        if number in loose:
            rows[number] = b"\x02%s%c" % (holder.to_bytes(4, "big"), loose.index(number))
        else:
            rows[number] = b"\x01%s\0" % len(made).to_bytes(4, "big")
            made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    rows[holder + 1] = b"\x01%s\0" % table.to_bytes(4, "big")
    about = b"/Type /XRef /W [1 4 1] /Root 1 0 R /Size %d" % len(rows)
    written = _packed(stream(b"".join(rows), about))
    made += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (holder + 1, written, table)
    return bytes(made)


def updated(data: bytes) -> bytes:
    """The same file with its last object written again at its end, as fast saving does."""
    bodies = _in_order(objects_of(data))
    before, at = data.rfind(b"xref\n0 "), len(data)
    return data + (
        b"%d 0 obj\n%s\nendobj\nxref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root 1 0 R /Prev "
        b"%d >>\nstartxref\n%d\n%%%%EOF\n"
    ) % (
        len(bodies), bodies[-1], len(bodies), at, len(bodies) + 1, before,
        at + len(b"%d 0 obj\n%s\nendobj\n" % (len(bodies), bodies[-1])),
    )  # fmt: skip


def _in_order(objects: dict[int, bytes]) -> list[bytes]:
    return [objects.get(number, b"null") for number in range(1, max(objects) + 1)]


def _unpacked(body: bytes) -> bytes:
    held = stream_of(body)
    if held is None or not _PACKED.search(held[0]):
        return body
    try:
        data = zlib.decompressobj().decompress(held[1], 1 << 20)
    except zlib.error:
        return body
    return _with(_PACKED.sub(b"", held[0]), data)


def _packed(body: bytes) -> bytes:
    held = stream_of(body)
    if held is None or b"/Filter" in held[0]:
        return body
    head = held[0].replace(b"<<", b"<< /Filter /FlateDecode", 1)
    return _with(head, zlib.compress(held[1]))


def _with(head: bytes, data: bytes) -> bytes:
    head = re.sub(rb"/Length\s+-?\d+", b"/Length %d" % len(data), head, count=1)
    return b"%sstream\n%s\nendstream" % (head, data)
