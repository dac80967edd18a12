"""Register of interests: what members declare of themselves, and what is declared at meetings."""
