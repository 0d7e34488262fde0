"""Clusters on the map page and one map a group: by keyboard, without faults for axe, shapes fetched once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import driving

CLUSTERS = "/explore?measure=acs_poverty&period=2015-2019&place=46102&neighbors=true"
MAPS = "/disparities?maps=true&mapped=nci_cancer_deaths"


def drawn(page: Page, title: str) -> Page:
    """Wait until a map shows what its title says."""
    page.locator(f'.county-map[data-drawn*="{title}"]').first.wait_for()
    driving.settle(page)
    return page


def faults(page: Page) -> list[str]:
    """What axe finds wrong, in words."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize(("size", "scheme"), [("laptop", "light"), ("phone", "dark")])
def test_clusters_are_read_drawn_and_free_of_faults(visit, size, scheme):
    page = drawn(visit(CLUSTERS, size=size, scheme=scheme), "clusters")
    legend = page.locator(".county-map", has_text="Like its neighbors?")
    expect(legend.locator(".legend li").first).to_contain_text("High, with high neighbors")
    expect(page.get_by_role("heading", name="beside high neighbors")).to_be_visible()
    assert faults(page) == []


def test_clusters_open_by_keyboard(visit):
    page = drawn(visit(CLUSTERS.replace("&neighbors=true", "")), "poverty")
    switch = page.get_by_role("switch", name="Do neighbors look alike?")
    switch.focus()
    page.keyboard.press("Space")
    drawn(page, "clusters")
    assert "neighbors=true" in page.url
    stage = page.locator(".county-map", has_text="Like its neighbors?").locator(".stage")
    stage.focus()
    page.keyboard.press("ArrowRight")
    expect(stage.locator("..").locator("..").locator("..").locator(".said")).not_to_be_empty()


def test_small_maps_share_a_scale_and_fetch_the_shapes_once(visit):
    page = visit("/explore")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(MAPS)
    drawn(page, "Female")
    drawn(page, "Male")
    maps = page.locator(".county-map.small")
    expect(maps).to_have_count(2)
    labels = [
        maps.nth(k).locator(".legend ul").first.locator("li span:not(.count)").all_inner_texts()
        for k in range(2)
    ]
    assert labels[0] == labels[1]
    assert len([url for url in fetched if "counties_" in url]) <= 1
    boxes = [maps.nth(k).bounding_box() for k in range(2)]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] < boxes[1]["x"]
    assert faults(page) == []


def test_small_maps_stand_in_turn_on_a_phone(visit):
    page = drawn(visit(MAPS, size="phone"), "Male")
    boxes = [page.locator(".county-map.small").nth(k).bounding_box() for k in range(2)]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert boxes[0]["y"] < boxes[1]["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
