"""Organisations, persons, posts, bodies and seats: who the partnership is, and who acts in it."""
