-- One row: the value of a measure in a place for a people group in a period; all its groups and periods, newest first.
-- example: {"measure": "nchs_life_expectancy", "place": "US"}
SELECT period, starts, ends, county_vintage,
       people_group, dimension, people_group.title AS group_title, people_group.position AS group_position, overlapping,
       value, low, high, level, standard_error, numerator, denominator, status, grade, origin
FROM observation
JOIN period USING (measure_id, period)
JOIN people_group USING (people_group)
WHERE measure_id = $measure AND place_id = $place
ORDER BY ends DESC, period, group_position, people_group
