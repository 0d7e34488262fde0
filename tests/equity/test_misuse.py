"""What a measure must not be used for follows from its card."""

from equity import misuse
from etl.sources import SOURCE_IDS, measure_table

COUNTED = {
    "made": "counted",
    "model_inputs": [],
    "periods": "comparable",
    "may_rank": True,
    "adjustment": "not applicable",
}


def test_a_plain_count_has_only_the_rules_that_hold_for_all():
    assert misuse.must_not(COUNTED) == list(misuse.ALWAYS)


def test_a_model_names_what_it_is_built_on_and_may_not_judge_programs():
    rules = misuse.must_not(
        COUNTED | {"made": "modelled", "model_inputs": ["age", "sex", "income"]}
    )
    assert "program" in rules[0]
    assert any("age, sex and income" in rule for rule in rules)


def test_years_ranks_and_age_adjustment_each_have_their_rule():
    overlapping = misuse.must_not(COUNTED | {"periods": "overlapping"})
    unranked = misuse.must_not(COUNTED | {"may_rank": False})
    crude = misuse.must_not(COUNTED | {"adjustment": "crude"})
    adjusted = misuse.must_not(COUNTED | {"adjustment": "age-adjusted"})
    assert "trend" in overlapping[0]
    assert "rank" in unranked[0]
    assert "not age-adjusted" in crude[0]
    assert "how many people" in adjusted[0]


def test_model_inputs_are_named_in_words_for_every_measure_there_is():
    inputs = {
        name
        for source_id in SOURCE_IDS
        for names in measure_table(source_id)["model_inputs"]
        for name in names
    }
    named = misuse.built_on({"model_inputs": sorted(inputs)})
    assert len(inputs) > 5
    assert "_" not in named
