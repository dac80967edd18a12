"""Whether a hold that stands keeps a record, of whatever kind and age."""

from collections.abc import Sequence

from concerted.kernel.retention import kinds
from concerted.retention.models import Hold
from concerted.retention.queries import standing
from concerted.retention.states import Reach


def is_held(label: str, reference: str, bodies: frozenset[int] | None) -> bool:
    """Whether one of the holds that the wall shows keeps this record.

    `label` is the model's, such as `imports.File`. `bodies` are those that it is about: None where
    it is about none, empty where it is not known which; a hold on any body keeps it then.
    """
    return any(_keeps(hold, label, reference, bodies) for hold in standing())


def _keeps(hold: Hold, label: str, reference: str, bodies: frozenset[int] | None) -> bool:
    if hold.reach == Reach.BODY:
        return bodies is not None and (not bodies or hold.body_id in bodies)
    if label not in _labels(hold.kind):
        return False
    return hold.reach == Reach.KIND or hold.reference == reference


def _labels(name: str) -> Sequence[str]:
    """The models of which records go with a kind; none where the kind is known no longer."""
    return [label for kind in kinds() if kind.name == name for label in kind.erases]
