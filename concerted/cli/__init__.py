"""The command line: concerted serve, demo, database, minutes, crime, audit."""
