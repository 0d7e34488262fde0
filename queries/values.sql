-- One row: the value of a measure in a place for a people group, in one period; "not published" where there is none.
-- example: {"measure": "acs_poverty", "period": "2015-2019", "places": ["06037", "06", "US"], "group": "everyone"}
WITH known AS (
    SELECT place_id, value, low, high, level, standard_error, numerator, denominator, status, grade, origin
    FROM observation
    WHERE measure_id = $measure AND period = $period AND people_group = $group
)
SELECT place.place_id, place.title AS place_title, place.full_name, place.level AS place_level,
       place.from_vintage, place.to_vintage,
       known.value, known.low, known.high, known.level, known.standard_error,
       known.numerator, known.denominator,
       coalesce(known.status, 'not published') AS status, known.grade, known.origin
FROM place
LEFT JOIN known USING (place_id)
WHERE place.place_id IN (SELECT unnest($places))
ORDER BY place.place_id
