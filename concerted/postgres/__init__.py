"""A PostgreSQL server of our own, for a partnership that has no database server."""

from concerted.postgres.cluster import Cluster
from concerted.postgres.errors import PostgresError

__all__ = ["Cluster", "PostgresError"]
