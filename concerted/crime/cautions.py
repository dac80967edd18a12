"""What everybody should read before they quote a figure."""

from collections.abc import Sequence

from concerted.crime.lake.answers import Absent
from concerted.crime.lake.months import Month


def cautions(
    *,
    calls: bool,
    absent: Absent,
    provisional: Sequence[Month],
    comparisons: int,
    points: bool = True,
) -> list[str]:
    """Sentences; `calls`: disorder stands beside crime, `comparisons`: how many were made,
    `points`: places are those of data.police.uk."""
    said = [
        "Police recorded crime is not all crime: some is never reported or recorded. It is not an "
        "accredited official statistic."
    ]
    if calls:
        said.append("Calls about disorder are not crimes.")
    if points:
        said.append(
            "Places are those of anonymised points, so a small area may hold a neighbour’s crimes."
        )
    if provisional:
        months = ", ".join(f"{month:%B %Y}" for month in provisional)
        said.append(f"The police may still change: {months}.")
    if absent:
        months = ", ".join(f"{month:%B %Y} ({force})" for force, month in absent)
        said.append(f"Not reported: {months}. Not reported is not zero.")
    said.append(
        "The words take each crime as standing alone: where one person does many, a change looks "
        "surer than it is."
    )
    many = f"{comparisons:,} comparisons" if comparisons != 1 else "one comparison"
    said += [
        f"Of {many}, chance alone would call about one in twenty “possible”.",
        "A change after something was done does not show that it came of it.",
    ]
    return said
