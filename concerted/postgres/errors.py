"""What goes wrong with the embedded server, as sentences."""


class PostgresError(Exception):
    """The embedded server could not do what was asked.

    The message says what happened and what to do, in sentences for the person at the
    terminal; where the server wrote a log, its end follows on lines of its own.
    """
