"""The command line: concerted serve, demo, database, minutes, audit."""
