"""What other packages may ask of imports."""

from concerted.imports.queries import to_check

__all__ = ["to_check"]
