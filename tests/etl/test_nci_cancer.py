"""Cancer deaths 1999-2003."""

from tests.etl.golden import one, transformed


def test_rate_has_its_published_interval():
    rate = one(transformed("nci_cancer"), "nci_cancer_deaths", "01001", "1999-2003", "male")
    assert (rate["value"], rate["low"], rate["high"], rate["level"]) == (283.1, 242.6, 329.8, 0.95)
    assert rate["line"] == 3


def test_suppressed_rate_is_null_and_says_so():
    rate = one(transformed("nci_cancer"), "nci_cancer_deaths", "02013", "1999-2003", "female")
    assert rate["status"] == "suppressed"
    assert rate[["value", "low", "high"]].isna().all()
