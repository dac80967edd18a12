import pytest

from concerted.kernel.keys import ALPHABET, new_key
from concerted.kernel.verdict import YES, NotAllowed, no


def test_yes_is_true_and_enforcing_it_does_nothing():
    assert YES
    YES.enforce()


def test_no_is_false_and_enforcing_it_says_the_sentence():
    verdict = no("Only the secretary can do this.")

    assert not verdict
    with pytest.raises(NotAllowed, match="Only the secretary can do this"):
        verdict.enforce()


def test_keys_are_long_and_never_the_same():
    keys = {new_key() for _ in range(2000)}

    assert len(keys) == 2000
    assert all(len(key) == 14 and set(key) <= set(ALPHABET) for key in keys)
