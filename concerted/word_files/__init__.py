"""Minutes by way of Word: a file to type them in, what comes back, and tracked corrections."""
