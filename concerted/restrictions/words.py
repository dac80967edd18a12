"""A restriction in a sentence."""

from concerted.restrictions.models import Restriction


def changed_words(one: Restriction) -> str:
    """What somebody else said in between, for whoever was about to say something too."""
    return (
        f"While you had this page open, {one.set_by.name} set it to "
        f"{one.get_level_display().lower()}, {one.get_tier_display()}. What you typed is kept "
        "below. Read it again, then save."
    )
