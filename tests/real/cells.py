"""Compare 200 random cells of a publisher's file, read here with pandas alone, with what a transform gives."""

import numpy as np
import pandas as pd

KEY = ["measure_id", "period", "place_id", "people_group"]
CELLS = 200
SEED = 20240101


def require_equal(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Compare 200 random rows of expected (KEY, value, status and what else it has) with found, exactly."""
    assert len(expected) >= CELLS
    sample = expected.sample(CELLS, random_state=SEED).reset_index(drop=True)
    both = sample.merge(found, on=KEY, how="left", suffixes=("", "_found"), validate="1:1")
    for column in expected.columns.difference(KEY):
        wanted, got = both[column], both[f"{column}_found"]
        same = wanted.eq(got) | (wanted.isna() & got.isna())
        if column != "status" and pd.api.types.is_float_dtype(wanted):
            same |= np.isclose(wanted, got.astype(float), rtol=1e-12, atol=0)
        assert same.all(), both[~same].head().to_string()
