"""People groups: those described, and those joined by "+"."""

from etl.staging import joined_group, people_group_table


def joined(*parts):
    known = people_group_table().set_index("people_group").to_dict("index")
    return joined_group("+".join(parts), {part: known[part] for part in parts})


def test_joined_group_reads_as_words_and_sorts_by_its_parts():
    group = joined("white", "hispanic_origin", "female", "age_1_4")
    assert group["title"] == "White, Hispanic or Latino, female, 1 to 4 years old"
    assert group["dimension"] == "race_ethnicity+ethnicity+sex+age"
    assert group["position"] < joined("white", "hispanic_origin", "male", "age_1_4")["position"]


def test_joined_groups_overlap_where_every_part_is_the_same_or_overlaps():
    overlaps = joined("black_nh", "age_1_4")["overlapping"]
    assert {"black+age_1_4", "black_nh+age_under_5", "black+age_under_15"} <= set(overlaps)
    assert "black_nh+age_1_4" not in overlaps
    assert "white_nh+age_1_4" not in overlaps


def test_every_overlap_of_a_described_group_is_described_and_mutual():
    groups = people_group_table().set_index("people_group")["overlapping"]
    for group, overlaps in groups.items():
        for other in overlaps:
            assert group in groups[other], (group, other)
