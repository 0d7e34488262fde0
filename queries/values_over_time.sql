-- One row: a measure in one of the asked places for a people group, in each period that has a row.
-- example: {"measure": "pep_death_rate", "places": ["06037", "06", "US"], "group": "everyone"}
SELECT place_id, place.full_name, place.title AS place_title, period, starts, ends, county_vintage,
       value, low, high, observation.level, standard_error, status, grade, source_id
FROM observation
JOIN period USING (measure_id, period)
JOIN measure USING (measure_id)
JOIN place USING (place_id)
WHERE measure_id = $measure AND people_group = $group AND place_id IN (SELECT unnest($places))
ORDER BY place_id, ends, period
