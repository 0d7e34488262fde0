"""Compare what a transform gives for a few hand-written rows with what a person worked out."""

from pathlib import Path

import pandas as pd

from etl.observations import completed
from etl.sources import measure_table, module_of

GOLDEN = Path(__file__).parent.parent / "golden"


def transformed(source_id: str) -> pd.DataFrame:
    """Transform tests/golden/<source_id>/ and check the frame's contract."""
    found = completed(module_of(source_id).transform(GOLDEN / source_id))
    assert set(found["measure_id"]) <= set(
        measure_table(source_id, [GOLDEN / source_id])["measure_id"]
    )
    return found


def one(found: pd.DataFrame, measure_id: str, place_id: str, period: str, group: str = "everyone"):
    """Give the single observation of a measure, place, period and people group."""
    rows = found[
        found["measure_id"].eq(measure_id)
        & found["place_id"].eq(place_id)
        & found["period"].eq(period)
        & found["people_group"].eq(group)
    ]
    assert len(rows) == 1, rows
    return rows.iloc[0]
