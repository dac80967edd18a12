"""Recorded crime and disorder: from the data that forces publish to figures a board can trust."""
