"""What a measure must not be used for, in sentences, from what its card says of it."""

from collections.abc import Mapping

from equity import words

ALWAYS = (
    "Do not read it as a fact about any one person: it describes a place or a whole group.",
    "Do not read two figures that go together as one causing the other.",
)
# What models are built on, in words; a name that is plain already needs no entry.
INPUTS = {
    "race_ethnicity": "race or ethnicity",
    "acs_poverty": "survey answers on poverty",
    "acs_child_poverty": "survey answers on child poverty",
    "acs_median_household_income": "survey answers on income",
    "pep_population": "population estimates",
    "qcew_jobs": "counts of jobs",
    "saipe_child_poverty": "modelled child poverty",
    "saipe_median_household_income": "modelled household income",
}
YEARS = {
    "not comparable": "Do not compare one period with another.",
    "overlapping": "Do not draw a trend from periods that share years.",
}


def may_order(measure: Mapping[str, object]) -> bool:
    """Say whether places may be put in order by a measure: not by labels and indices, nor by what may not be ranked."""
    return bool(measure["may_rank"]) and measure["made"] != "classified"


def must_not(measure: Mapping[str, object]) -> list[str]:
    """Give the rules for one measure (a row of the table `measure`), most special first.

    They follow METHODS.md section 6: models, years, ranks, adjustment, then what holds for all.
    """
    rules = []
    if measure["made"] == "modelled":
        rules.append(
            "Do not use it to judge whether a local program worked: a model cannot see the program."
        )
        rules.append("Do not rank or single out places by small differences.")
    if len(measure["model_inputs"]):
        rules.append(
            f"Do not relate it to {built_on(measure)}: the model is built on that, "
            "so they go together by design."
        )
    if measure["periods"] in YEARS:
        rules.append(YEARS[measure["periods"]])
    if not may_order(measure):
        rules.append("Do not rank places by it.")
    if measure["adjustment"] == "crude":
        rules.append(
            "Do not blame or praise a place for it without looking at ages: it is not age-adjusted."
        )
    if measure["adjustment"] == "age-adjusted":
        rules.append(
            "Do not use it to say how many people are affected: it is adjusted for comparing only."
        )
    return [*rules, *ALWAYS]


def built_on(measure: Mapping[str, object]) -> str:
    """Name what a modelled measure is built on: "age, sex and race and ethnicity"."""
    return words.listed([INPUTS.get(name, name) for name in measure["model_inputs"]])
