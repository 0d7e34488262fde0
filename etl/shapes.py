"""Boundaries of counties: who touches whom, and (to come) the shapes browsers fetch."""

from pathlib import Path

import pandas as pd


def neighbour_table(starter: Path) -> pd.DataFrame:
    """Give the rows of the table `neighbour`."""
    return pd.DataFrame(columns=["place_id", "neighbour_id", "county_vintage"])
