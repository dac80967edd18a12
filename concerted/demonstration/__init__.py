"""Safer Marlbeck, an invented partnership, built by the product's own services."""
