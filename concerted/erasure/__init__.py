"""Erasing what is held of somebody: decided by one person, approved by another, and repeatable."""
