"""Files as they were received, in versions, served only to their audience."""
