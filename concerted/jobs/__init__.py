"""Long work somebody asked for: how far it is, and how to stop it."""
