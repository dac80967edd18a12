"""Minutes handed over as files: read, checked by a person, made into records."""
