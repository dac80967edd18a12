"""Settings, the environment, and the addresses of each door."""
