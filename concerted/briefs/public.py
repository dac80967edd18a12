"""What other packages may ask of the chair’s brief: that a prompt is written, and nothing more."""

from concerted.briefs.services import write

__all__ = ["write"]
