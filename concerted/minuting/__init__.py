"""Minutes written while the body meets, put on record, cleared, circulated, agreed, corrected."""
