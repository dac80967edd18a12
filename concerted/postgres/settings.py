"""The server’s settings: what every cluster is held to."""

from pathlib import Path

PORT = "5432"

# On the command line, so that no file in the data directory can undo them.
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_destination": "stderr",
    # People’s words reach the server as values and come back inside its messages (a failed insert
    # quotes them). The application reports errors; this log is about the server only.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
# For tests: a crash of the machine loses the data, nothing else does.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def command_line(socket: Path, *, fast: bool) -> list[str]:
    """The settings as words of the server’s command, with the folder of its socket."""
    quoted = str(socket).replace('"', '""')  # a list of folders, each may stand in quotes
    settings = SETTINGS | (FAST if fast else {}) | {"unix_socket_directories": f'"{quoted}"'}
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
