"""Exact limits of 100,000 ratios of two counts, beside scipy's own function asked one by one."""

from collections.abc import Iterator

import numpy as np
from scipy import stats

from bench.clocks import in_turn
from bench.table import Row, milliseconds, same, times
from concerted.figures.ratios import rate_ratio

RATIOS, ASKED_ALONE, ROUNDS = 100_000, 250, 7
AT_MOST = 0.3


def measure() -> Iterator[Row]:
    chance = np.random.default_rng(7)
    now, before = chance.poisson(90, RATIOS), chance.poisson(100, RATIOS)
    found = rate_ratio(now[:ASKED_ALONE], before[:ASKED_ALONE])
    same(
        "Limits and p of the first ratios",
        np.round([found.low, found.high, found.p], 9).T.tolist(),
        np.round(_some(now, before), 9).tolist(),
    )
    ours, alone = in_turn(
        [lambda: rate_ratio(now, before), lambda: _some(now, before)], rounds=ROUNDS
    )
    one_by_one = alone * RATIOS / ASKED_ALONE
    yield Row(
        what=f"Exact intervals of {RATIOS:,} ratios, processor time",
        ratio=f"{times(one_by_one / ours)} as fast as scipy’s binomtest, one by one",
        ours=milliseconds(ours),
        beside=f"{one_by_one:,.0f} s",
        target=f"below {AT_MOST} s",
        met=ours < AT_MOST,
        note=f"Intervals: Clopper and Pearson’s limits and the two-sided p of counts near 100, all "
        f"at once; beside it {ASKED_ALONE} of them one by one, times {RATIOS // ASKED_ALONE}.",
    )


def _some(now: "np.ndarray", before: "np.ndarray") -> list[tuple[float, float, float]]:
    return [
        _alone(int(one), int(other))
        for one, other in zip(now[:ASKED_ALONE], before[:ASKED_ALONE], strict=True)
    ]


def _alone(now: int, before: int) -> tuple[float, float, float]:
    limits = stats.binomtest(now, now + before).proportion_ci(method="exact")
    tails = [
        stats.binomtest(now, now + before, alternative=side).pvalue for side in ("less", "greater")
    ]
    odds = [one / (1 - one) if one < 1 else float("inf") for one in (limits.low, limits.high)]
    return odds[0], odds[1], min(1.0, 2 * min(tails))
