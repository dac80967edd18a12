"""A meeting whose agenda is drafted, and a paper asked for it: as the stories of papers have it."""

from concerted.agendas.tests.conftest import agenda, planned  # noqa: F401
from concerted.paper_calls.tests.conftest import _nearby, work  # noqa: F401
