"""The zip of XML parts that Word and OpenDocument files are, opened without believing it."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from concerted.reading.files.refusals import NotReadable

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 150
SMALL = 10 * 1024 * 1024  # below this a high ratio does no harm: empty tables pack well
MAX_PARTS = 5_000
MAX_XML = 30 * 1024 * 1024
MAX_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Faults:
    """What the owner of a file is told when its package is damaged, or made to do harm."""

    damaged: str
    bomb: str


def parts_of(data: bytes, needed: Callable[[str], bool], faults: Faults) -> dict[str, bytes]:
    """The XML parts whose names are needed, after every byte of the zip was counted.

    Raises NotReadable for a bomb, for a document type (no office program writes one, and
    entities need it) and for absurd nesting; zipfile's and expat's own errors for damage.
    """
    parts: dict[str, bytes] = {}
    unpacked = xml = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_PARTS:
            raise NotReadable(faults.bomb)
        for entry in entries:
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise NotReadable(faults.damaged)
            wanted = needed(entry.filename)
            pieces: list[bytes] = []
            with archive.open(entry) as part:
                while piece := part.read(65_536):
                    unpacked += len(piece)
                    if wanted:
                        pieces.append(piece)
                        xml += len(piece)
                    if is_bomb(unpacked, len(data)) or xml > MAX_XML:
                        raise NotReadable(faults.bomb)
            if wanted:
                parts[entry.filename] = b"".join(pieces)
    for xml_part in parts.values():
        _refuse_tricks(xml_part, faults)
    return parts


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether that many bytes are more than an honest file of that size unpacks to."""
    return unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > packed * MAX_RATIO)


def _refuse_tricks(xml: bytes, faults: Faults) -> None:
    depth = 0

    def enter(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise NotReadable(faults.bomb)

    def leave(name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*arguments: object) -> None:
        raise NotReadable(faults.bomb)

    parser = expat.ParserCreate()
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
