"""Changes to bytes that know nothing of any format."""

import random
import struct

RUNS = (b"\0", b"\xff", b"A", b" ", b"\n", b"<", b"(", b"{", b"[", b"\\", b"9", b"=", b"\x80", b";")
WHOLE = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF,
         0x80000000, 0xFFFFFFFB, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF)  # fmt: skip


def changed(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """The bytes with one change; `other` is a file to splice with."""
    at = rng.randrange(len(data) + 1)
    long = min(len(data) - at, rng.choice((1, 2, 4, 16, 64, 512, 4096)))
    match rng.randrange(9):
        case 0 if at < len(data):
            return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
        case 1 if at < len(data):
            return data[:at] + rng.randbytes(1) + data[at + 1 :]
        case 2:
            return data[:at] + data[at + long :]
        case 3:
            return (
                data[:at] + data[at : at + long] * rng.choice((2, 3, 20, 300)) + data[at + long :]
            )
        case 4:
            return data[:at] + other[rng.randrange(len(other) + 1) :]
        case 5:
            whole = struct.pack(rng.choice("<>") + "Q", rng.choice(WHOLE))
            wide = rng.choice((1, 2, 4, 8))
            piece = whole[:wide] if whole[0] else whole[-wide:]
            return data[:at] + piece + data[at + wide :]
        case 6:
            run = rng.choice(RUNS) * rng.choice((3, 30, 300, 5000, 60_000))
            return data[:at] + run + data[at:]
        case 7:
            return data[:at]
        case _:
            start = rng.randrange(len(other) + 1)
            return data[:at] + other[start : start + long * 4] + data[at:]
