-- One row a county of the period's vintage: a measure's number there; "not published" where the source has no row.
-- example: {"measure": "acs_poverty", "period": "2015-2019", "group": "everyone"}
WITH asked AS (
    SELECT county_vintage
    FROM period
    WHERE measure_id = $measure AND period = $period
),
known AS (
    SELECT place_id, value, standard_error, status, grade
    FROM observation
    WHERE measure_id = $measure AND period = $period AND people_group = $group
)
SELECT place.place_id, place.title, place.state_id,
       CASE place.kind WHEN 'County' THEN place.name ELSE place.full_name END
           || coalesce(', ' || place.state_abbr, '') AS brief_title,
       known.value, known.standard_error, coalesce(known.status, 'not published') AS status, known.grade
FROM place
JOIN asked ON asked.county_vintage BETWEEN place.from_vintage AND place.to_vintage
LEFT JOIN known USING (place_id)
WHERE place.level = 'county'
ORDER BY place.place_id
