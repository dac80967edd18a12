"""Outlook messages and old Word files made in the tests: an OLE file of version 3, written whole.

[MS-CFB]: streams of less than 4,096 bytes lie in the root’s own stream, in sectors of 64 bytes.
"""

import struct
from typing import Any

_SECTOR = 512
_END, _FREE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
_WORD = bytes.fromhex("0609020000000000c000000000000046")
_OUTLOOK = bytes.fromhex("0b0d020000000000c000000000000046")

Folder = dict[str, "bytes | Folder"]


class _Sectors:
    """Streams cut into sectors of one size, and for each sector the next of its stream."""

    def __init__(self, size: int) -> None:
        self.size, self.data, self.next = size, b"", list[int]()

    def add(self, stream: bytes) -> int:
        """Where the stream begins."""
        if not stream:
            return _END
        first, count = len(self.next), -(-len(stream) // self.size)
        self.data += stream.ljust(count * self.size, b"\0")
        self.next += [*range(first + 1, first + count), _END]
        return first


def ole(root: Folder, clsid: bytes = bytes(16)) -> bytes:
    """An OLE file: folders are dicts, streams are bytes."""
    large, small = _Sectors(_SECTOR), _Sectors(64)
    entries: list[list[Any]] = []

    def add(name: str, kind: int, start: int = 0, size: int = 0, own: bytes = bytes(16)) -> int:
        entries.append([name, kind, _NONE, _NONE, _NONE, own, start, size])
        return len(entries) - 1

    def fill(parent: int, folder: Folder) -> None:
        before = None
        for name, held in folder.items():
            if isinstance(held, dict):
                number = add(name, 1)
                fill(number, held)
            else:
                number = add(name, 2, (small if len(held) < 4096 else large).add(held), len(held))
            # A tree that leans to one side is a tree.
            entries[parent if before is None else before][4 if before is None else 3] = number
            before = number

    fill(add("Root Entry", 5, own=clsid), root)
    entries[0][6:] = [large.add(small.data), len(small.data)]
    table = struct.pack(f"<{len(small.next)}I", *small.next)
    small_at = large.add(table + b"\xff" * (-len(table) % _SECTOR))
    directory_at = large.add(b"".join(_entry(*entry) for entry in entries))
    tables = 1
    while tables * (_SECTOR // 4) < len(large.next) + tables:
        tables += 1
    fat = [*large.next, *[0xFFFFFFFD] * tables]
    listed = range(len(large.next), len(fat))
    fat += [_FREE] * (tables * (_SECTOR // 4) - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    smalls = -(-len(table) // _SECTOR)
    header += struct.pack("<IIIIIIIII", 0, tables, directory_at, 0, 4096, small_at, smalls, _END, 0)
    header += struct.pack("<109I", *[*listed, *[_FREE] * 109][:109])
    return header + large.data + struct.pack(f"<{len(fat)}I", *fat)


def _entry(
    name: str, kind: int, left: int, right: int, child: int, own: bytes, start: int, size: int
) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    packed = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, left, right, child)
    return packed + own + struct.pack("<I8x8xIQ", 0, start, size)


def old_word(text: str = "Minutes") -> bytes:
    """What looks like a .doc from outside; no program would find words in it."""
    return ole({"WordDocument": text.encode("utf-16-le"), "1Table": b"x"}, _WORD)


def properties(*numbers: tuple[int, int, int], header: int = 32) -> bytes:
    """A stream of properties that are numbers: identity, type, value."""
    rows = b"".join(
        struct.pack("<HHIq", kind, identity, 6, value) for identity, kind, value in numbers
    )
    return bytes(header) + rows


def message(*, header: int = 32, html: bytes = b"", sent: int = 0, **texts: str) -> Folder:
    """The folder of an Outlook message; `texts` are named as here."""
    names = {"subject": "0037", "sender": "0C1A", "words": "1000"}
    names |= {"kind": "001A", "address": "0C1F", "mailbox": "5D01"}
    folder: Folder = {
        f"__substg1.0_{names[name]}001F": text.encode("utf-16-le") for name, text in texts.items()
    }
    if html:
        folder["__substg1.0_10130102"] = html
    folder["__properties_version1.0"] = properties((0x0039, 0x0040, sent), header=header)
    return folder


def attached(number: int, name: str, data: "bytes | Folder", *, inline: bool = False) -> Folder:
    """The folder of one attachment: a file, or a message in its turn."""
    inner: Folder = {"__substg1.0_3707001F": name.encode("utf-16-le")}
    inner["__substg1.0_37010102" if isinstance(data, bytes) else "__substg1.0_3701000D"] = data
    if inline:
        inner["__substg1.0_3712001F"] = "logo@x".encode("utf-16-le")
    inner["__properties_version1.0"] = properties(header=8)
    return {f"__attach_version1.0_#{number:08X}": inner}


def msg(*parts: Folder) -> bytes:
    """A .msg of these folders together."""
    root: Folder = {}
    for part in parts:
        root |= part
    return ole(root, _OUTLOOK)
