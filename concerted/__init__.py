"""Concerted runs a Community Safety Partnership: from the minute to the measured effect."""
