"""Who signs in, what roles may do, and the one column that decides who sees a row."""
