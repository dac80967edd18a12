"""Releasing: what goes to the public edition, who approved it, and the checks before it goes."""
