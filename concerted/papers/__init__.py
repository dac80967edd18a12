"""Papers: reports that are put before meetings, with what they recommend."""
