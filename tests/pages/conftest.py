"""The app on the starter database, run by Streamlit's own test harness."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import HOUSE
from ui import data


@pytest.fixture
def app(starter_database, monkeypatch) -> AppTest:
    """The dashboard, not yet run; set query_params and call run()."""
    monkeypatch.setattr(data, "DATABASE", starter_database)
    return AppTest.from_file(HOUSE / "dashboard.py", default_timeout=60)
