"""People who ask what is held of them: the clock, the draft, what is decided, what goes out."""
