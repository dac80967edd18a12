"""Agendas: drafted by the secretary, approved by the chair, published in issues."""
