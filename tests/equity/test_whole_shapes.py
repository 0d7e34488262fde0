"""Shapes that are missing or cut short are noticed before a page needs them, and are built anew."""

import shutil

import pytest

from equity import shapes


@pytest.fixture
def folder(tmp_path, starter_database, monkeypatch):
    """A copy of the built shapes in place of the app's own."""
    copied = shutil.copytree(starter_database.parent / "static", tmp_path / "static")
    monkeypatch.setattr(shapes, "STATIC", copied)
    return copied


def test_shapes_as_built_are_whole(folder):
    assert shapes.all_there()


@pytest.mark.parametrize("kept", [0, 1, 200_000], ids="{} bytes kept".format)
def test_shapes_cut_short_are_not_there(folder, kept):
    path = folder / "counties_2022.json"
    path.write_bytes(path.read_bytes()[:kept])
    assert not shapes.all_there()


def test_missing_shapes_are_not_there(folder):
    (folder / "counties_2020.json").unlink()
    assert not shapes.all_there()
