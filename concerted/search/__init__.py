"""Members' full-text search over meetings, minutes, decisions, actions and papers."""
