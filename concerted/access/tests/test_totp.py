"""Codes of an app, against the values that RFC 6238 prints in its appendix B (SHA-1)."""

import base64
import datetime

import pytest

from concerted.access import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


def at(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


@pytest.mark.parametrize(
    ("seconds", "printed"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_code_of_a_moment_is_what_the_standard_prints(seconds, printed):
    assert totp.code_at(SECRET, totp.step(at(seconds))) == printed[-6:]


@pytest.mark.parametrize(("off", "fits"), [(-61, 0), (-30, 1), (0, 1), (30, 1), (61, 0)])
def test_a_clock_may_be_half_a_minute_off(off, fits):
    moment = at(1_800_000_000)
    code = totp.code_at(SECRET, totp.step(moment + datetime.timedelta(seconds=off)))

    assert bool(totp.matching_step(SECRET, code, moment)) == bool(fits)


def test_a_code_counts_once():
    moment = at(1_800_000_000)
    code = totp.code_at(SECRET, totp.step(moment))
    step = totp.matching_step(SECRET, code, moment)

    assert totp.matching_step(SECRET, code, moment, after=step) == 0


def test_secrets_are_160_bits_and_not_alike():
    one, other = totp.new_secret(), totp.new_secret()

    assert len(base64.b32decode(one)) == 20
    assert one != other
