"""What the erasure of what is held of somebody asks of requests: who asked, and what was found."""

from concerted.subject_access.expiring import forget
from concerted.subject_access.forms import RegisterForm
from concerted.subject_access.models import AccessRequest, Draft, Finding, Handlers
from concerted.subject_access.policies import Erase, Ready, may_handle, may_write
from concerted.subject_access.queries import (
    draft_of,
    findings_visible_to,
    readable,
    ready_of,
    visible_to,
    with_steps,
)
from concerted.subject_access.services import note_erasure, register
from concerted.subject_access.sources import Source, rows, sources
from concerted.subject_access.states import (
    ENDED,
    AskedBy,
    ErasureGround,
    Regime,
    Right,
    StepKind,
    Why,
)

__all__ = [
    "ENDED",
    "AccessRequest",
    "AskedBy",
    "Draft",
    "Erase",
    "ErasureGround",
    "Finding",
    "Handlers",
    "Ready",
    "Regime",
    "RegisterForm",
    "Right",
    "Source",
    "StepKind",
    "Why",
    "draft_of",
    "findings_visible_to",
    "forget",
    "may_handle",
    "may_write",
    "note_erasure",
    "readable",
    "ready_of",
    "register",
    "rows",
    "sources",
    "visible_to",
    "with_steps",
]
