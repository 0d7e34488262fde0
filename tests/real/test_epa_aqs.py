"""Air quality, compared with the publisher's file."""

import pandas as pd

from tests.real.spot_check import assert_same_cells, built


def test_200_random_cells_are_as_in_the_file(tmp_path, shared_raw):
    """The file has no codes, so a row is found by its line and its state."""
    rows = pd.read_csv(shared_raw / "epa_aqs" / "annual_aqi_by_county_2022.csv")
    rows["line"] = rows.index + 2
    rows = rows[~rows["State"].isin(["Country Of Mexico", "Virgin Islands"])]
    found = built(tmp_path, shared_raw, "epa_aqs")
    by_line = found[found["line"].notna()]
    lines = by_line.drop_duplicates("line").set_index("line")["place_id"]
    assert len(lines) == len(rows)
    good, days = rows["Good Days"], rows["Days with AQI"]
    above_100 = rows[
        [
            "Unhealthy for Sensitive Groups Days",
            "Unhealthy Days",
            "Very Unhealthy Days",
            "Hazardous Days",
        ]
    ].sum(axis=1)
    values = {
        "aqi_good_days": 100 * good / days,
        "aqi_unhealthy_days": 100 * above_100 / days,
        "aqi_median": rows["Median AQI"].astype(float),
        "aqi_days": days.astype(float),
    }
    common = pd.DataFrame(
        {"period": "2022", "place_id": rows["line"].map(lines), "people_group": "everyone"}
    )
    cells = [
        common.assign(measure_id=name, value=value, status="reported")
        for name, value in values.items()
    ]
    assert_same_cells(found, pd.concat(cells, ignore_index=True))


def test_every_row_lies_in_its_state_and_bears_its_name(tmp_path, shared_raw):
    rows = pd.read_csv(shared_raw / "epa_aqs" / "annual_aqi_by_county_2022.csv")
    rows["line"] = rows.index + 2
    found = built(tmp_path, shared_raw, "epa_aqs")
    codes = pd.read_csv(
        shared_raw / "cms_medicare_disparities" / "PQI_90_county.csv", dtype=str
    ).dropna(subset=["county"])
    codes = codes.assign(place_id=codes["fips"].str.zfill(5)).set_index("place_id")
    both = found[found["measure_id"].eq("aqi_days")].merge(rows, on="line").join(codes, "place_id")
    known = both.dropna(subset=["county"])
    assert len(known) > 980
    assert (known["state"].str.upper() == known["State"].str.upper()).all()
    first = known["County"].str.replace(r"^(Saint|Sainte|St\.|Ste\.) ", "", regex=True).str[:3]
    same = [
        start.lower() in name.lower().replace("ñ", "n")
        for start, name in zip(first, known["county"], strict=True)
    ]
    assert all(same), known.loc[[not one for one in same], ["County", "county"]]


def test_most_counties_have_no_monitor_and_say_so(tmp_path, shared_raw):
    found = built(tmp_path, shared_raw, "epa_aqs")
    days = found[found["measure_id"].eq("aqi_days")]
    assert days["status"].value_counts().to_dict() == {"not collected": 2222, "reported": 999}
