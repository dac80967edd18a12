"""Random names for addresses, forms and files, so that serial numbers never leave the server."""

import secrets

ALPHABET = (
    "23456789bcdfghjkmnpqrstvwxz"  # no vowels, no look-alikes: nothing to misread or to spell
)
LENGTH = 14  # 27^14 is about 66 bits


def new_key() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_reference() -> str:
    """A short name for one request, to be read out on the telephone: `R7K-41Q` in shape."""
    letters = "".join(secrets.choice("0123456789BCDFGHJKMNPQRSTVWXZ") for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"
