-- One row a county of the period's vintage: what is known of a measure there; "not published" where the source has no row.
-- example: {"measure": "acs_poverty", "period": "2015-2019", "group": "everyone"}
WITH asked AS (
    SELECT measure_id, period, county_vintage
    FROM period
    WHERE measure_id = $measure AND period = $period
),
known AS (
    SELECT place_id, value, low, high, level, standard_error, status, grade
    FROM observation
    WHERE measure_id = $measure AND period = $period AND people_group = $group
)
SELECT place.place_id, place.full_name, place.title, place.state_id,
       known.value, known.low, known.high, known.level AS interval_level, known.standard_error,
       coalesce(known.status, 'not published') AS status, known.grade,
       asked.county_vintage
FROM place
JOIN asked ON asked.county_vintage BETWEEN place.from_vintage AND place.to_vintage
LEFT JOIN known USING (place_id)
WHERE place.level = 'county'
ORDER BY place.place_id
