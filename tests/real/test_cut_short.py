"""Every publisher's file that is text, cut by 30 % at the end of a line, is refused."""

import shutil
from pathlib import Path

import pytest

from etl.reading import WrongFile
from tests.real.spot_check import built

# What a person has exported for a few places may have any number of lines.
SAMPLES = {"PLACES_county_long_2020_release_sample.csv"}
TEXTS = (".csv", ".txt", ".dat", ".tsv")
SOURCES = [
    "cdc_injury_mapping",
    "cdc_places",
    "cdc_svi",
    "cdc_wonder",
    "cms_medicare_disparities",
    "epa_aqs",
    "hdpulse",
    "nchhstp_atlas",
    "state_cancer_profiles",
    "usda_rucc",
]


def cut(path: Path) -> bytes:
    """Give a file without the last 30 % of its lines."""
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(lines[: len(lines) * 7 // 10])


@pytest.mark.real
@pytest.mark.parametrize("source_id", SOURCES)
def test_file_cut_at_the_end_of_a_line_is_refused(shared_raw, tmp_path, source_id):
    texts = [path for path in (shared_raw / source_id).iterdir() if path.suffix in TEXTS]
    assert texts
    for path in texts:
        if path.name in SAMPLES:
            continue
        raw = tmp_path / path.stem
        shutil.copytree(shared_raw / source_id, raw / source_id)
        (raw / source_id / path.name).unlink()
        (raw / source_id / path.name).write_bytes(cut(path))
        with pytest.raises(WrongFile) as refusal:
            built(raw, raw, source_id)
        assert refusal.value.file == path.name
