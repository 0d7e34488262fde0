-- One row a place of a level, on the map of counties that the period uses: what is known of a measure there.
-- example: {"measure": "acs_poverty", "period": "2015-2019", "group": "everyone", "level": "county"}
WITH asked AS (
    SELECT county_vintage
    FROM period
    WHERE measure_id = $measure AND period = $period
),
known AS (
    SELECT place_id, value, low, high, level, standard_error, status, grade
    FROM observation
    WHERE measure_id = $measure AND period = $period AND people_group = $group
)
SELECT place.place_id, place.title AS place_title, known.value, known.low, known.high, known.level,
       known.standard_error, coalesce(known.status, 'not published') AS status, known.grade
FROM place
JOIN asked ON asked.county_vintage BETWEEN place.from_vintage AND place.to_vintage
LEFT JOIN known USING (place_id)
WHERE place.level = $level
ORDER BY place.place_id
