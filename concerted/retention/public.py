"""What the erasure of what is held of somebody asks of retention: whether something is on hold."""

from concerted.retention.holds import is_held
from concerted.retention.services import one_at_a_time

__all__ = ["is_held", "one_at_a_time"]
