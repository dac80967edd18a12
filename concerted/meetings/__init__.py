"""Meetings: items, attendance, decisions, and where their minutes stand."""
