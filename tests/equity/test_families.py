"""Measures that differ only by a cause are one entry of a list."""

from equity import families

CAUSES = ["Lung cancer", "diabetes", "Stroke", "falls", "Asthma", "Sepsis", "Kidney", "fire", "Flu"]
TITLES = {f"d{at}": f"Deaths per 100,000: {cause}" for at, cause in enumerate(CAUSES)}
OTHERS = {"poverty": "People in poverty", "svi": "Social vulnerability: households"}


def test_many_titles_with_one_beginning_are_a_family_from_a_to_z():
    found = families.families(OTHERS | TITLES)
    assert list(found) == ["Deaths per 100,000"]
    assert list(found["Deaths per 100,000"].values())[:3] == ["Asthma", "Diabetes", "Falls"]
    assert set(found["Deaths per 100,000"]) == set(TITLES)


def test_few_titles_with_one_beginning_stay_by_themselves():
    few = dict(list(TITLES.items())[: families.FEWEST - 1])
    assert families.families(OTHERS | few) == {}


def test_a_family_is_one_item_of_a_sentence():
    said = families.folded([*OTHERS.values(), *TITLES.values()])
    assert said == [*OTHERS.values(), "Deaths per 100,000 (9 causes)"]


def test_a_family_is_named_with_its_size():
    assert (
        families.family_title("Number of deaths", 9)
        == "Number of deaths, by cause (9 to choose from)"
    )
    assert families.member_label("Number of deaths") == "Cause of death"
