-- One row: how many people of a group live in a place, by one of the measures that count residents by group.
-- example: {"place": "06037", "measures": ["census2010_race_ethnicity"]}
SELECT measure_id, period, ends, people_group, numerator AS people, source.title AS source_title
FROM observation
JOIN period USING (measure_id, period)
JOIN measure USING (measure_id)
JOIN source USING (source_id)
WHERE place_id = $place AND measure_id IN (SELECT unnest($measures)) AND numerator IS NOT NULL
ORDER BY ends DESC, measure_id, people_group
