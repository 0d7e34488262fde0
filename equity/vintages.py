"""What changed in the map of counties, in a sentence for each place it concerns."""

# Sets of counties: 3,142 in 2019, 3,143 from 2020 (Alaska), 3,144 from 2022 (Connecticut).
COUNTY_VINTAGES = (2019, 2020, 2022)

# Codes that old files use, the county that has the area today, and what happened.
FORMER_CODES = {
    "46113": ("46102", "Shannon County until 2015"),
    "02270": ("02158", "Wade Hampton Census Area until 2015"),
    "51515": ("51019", "Bedford city, part of the county since 2013"),
}
CONNECTICUT = "Connecticut replaced its counties by planning regions in 2022."
ALASKA = "Alaska split Valdez-Cordova into Chugach and Copper River in 2019."


def note(place_id: str) -> str:
    """Give what to know about a place whose borders changed; empty for all others."""
    if place_id.startswith("091"):
        return f"{CONNECTICUT} Older figures are for the former counties."
    if place_id.startswith("090"):
        return f"{CONNECTICUT} This is a former county; newer figures are for the regions."
    if place_id == "02261":
        return f"{ALASKA} This is the former area; newer figures are for the two new ones."
    if place_id in ("02063", "02066"):
        return f"{ALASKA} Older figures are for the former area."
    return ""
