"""A form that was sent: what it asks for is done, or what is in the way stands over it."""

from collections.abc import Callable

from django.forms import Form

from concerted.kernel.verdict import NotAllowed


def done(form: Form, act: Callable[[], object]) -> bool:
    """Whether it was done; a refusal stands over the form, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return False
    return True
