"""A report as JSON and back, whole: what was issued is drawn from this and never worked out again.

Intervals, words and limits are kept as they were computed, so that neither later snapshots nor a
later way of reckoning changes what a board had before it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_origin

from cattrs.preconf.json import make_converter

from concerted.crime.lake.outlines import Ring
from concerted.crime.summary import Summary
from concerted.figures.ratios import RateRatio

# JSON has no number for these.
_ENDLESS = {"inf": math.inf, "nan": math.nan}


@dataclass(frozen=True, slots=True)
class Frozen:
    """The report of an area with the outlines of its wards, as they were that day."""

    summary: Summary
    outlines: Mapping[str, tuple[Ring, ...]]


def frozen(summary: Summary, outlines: Mapping[str, tuple[Ring, ...]]) -> dict[str, Any]:
    """What JSON can hold: months as ISO days; of residents and outlines only those of its wards."""
    wards = {ward.code for ward, _ in summary.wards}
    if summary.residents:
        living = {one.ward.code: one.residents for one in summary.rates}
        summary = replace(summary, residents=replace(summary.residents, of=living))
    kept = Frozen(summary, {code: ring for code, ring in outlines.items() if code in wards})
    made: dict[str, Any] = _CONVERTER.unstructure(kept)
    return made


def thawed(held: Mapping[str, Any]) -> Frozen:
    """What `frozen` kept; equal to it in every figure."""
    return _CONVERTER.structure(held, Frozen)


def _number(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


def _ratio_out(one: RateRatio) -> dict[str, Any]:
    return {name: _number(getattr(one, name)) for name in ("ratio", "low", "high", "p")}


def _ratio_in(held: Mapping[str, Any], _: type) -> RateRatio:
    return RateRatio(**{name: _ENDLESS.get(str(one), one) for name, one in held.items()})


def _is_set(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is frozenset


_CONVERTER = make_converter()
_CONVERTER.register_unstructure_hook(RateRatio, _ratio_out)
_CONVERTER.register_structure_hook(RateRatio, _ratio_in)
_CONVERTER.register_unstructure_hook_func(_is_set, sorted)
