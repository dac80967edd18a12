"""Who does what by when, where it came from, and how it stands."""
