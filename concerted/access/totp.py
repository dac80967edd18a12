"""Codes of six digits that change every half minute: RFC 6238, with the defaults of the apps."""

import base64
import datetime
import hashlib
import hmac
import secrets
import string
import struct

SECONDS = 30
DIGITS = 6
# A clock may be half a minute off, either way.
TOLERANCE = 1


def new_secret() -> str:
    """160 bits, in base32 as apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step(moment: datetime.datetime) -> int:
    """The number of the half minute that a moment lies in."""
    return int(moment.timestamp()) // SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of a half minute."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return str((number & 0x7FFFFFFF) % 10**DIGITS).zfill(DIGITS)


def digits(typed: str) -> str:
    """A code as typed, without spaces and dashes; other digits than 0 to 9 are none."""
    return "".join(letter for letter in typed if letter in string.digits)


def matching_step(secret: str, code: str, moment: datetime.datetime, *, after: int = 0) -> int:
    """The half minute whose code this is, among those near a moment; 0 for none.

    Only those later than `after` count, so that a code is taken once.
    """
    here = step(moment)
    for one in range(here - TOLERANCE, here + TOLERANCE + 1):
        if one > after and hmac.compare_digest(code_at(secret, one), code):
            return one
    return 0
