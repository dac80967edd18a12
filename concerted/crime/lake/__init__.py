"""The lake: crime records as immutable snapshots on disk, and the questions asked of them.

Plain Python and DuckDB; no Django. `fetching` fetches archives of data.police.uk, `importing`
brings them in, `snapshots` keeps them, `questions` answers. What is refused is refused with a
sentence (`refusals.Refused`).
"""
