"""Series: many meetings of a body planned together, by a rule."""
