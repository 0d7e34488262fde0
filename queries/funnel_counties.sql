-- One row a county of the period's vintage: its number with events and people, its residents, and why a number is missing.
-- example: {"measure": "pep_death_rate", "period": "2019", "group": "everyone"}
WITH asked AS (
    SELECT measure_id, period, county_vintage
    FROM period
    WHERE measure_id = $measure AND period = $period
),
known AS (
    SELECT place_id, value, low, high, level, standard_error, numerator, denominator, status, grade
    FROM observation
    WHERE measure_id = $measure AND period = $period AND people_group = $group
),
residents AS (
    SELECT place_id, arg_max(value, (measure_id = 'pep_population', ends)) AS residents
    FROM observation
    JOIN period USING (measure_id, period)
    WHERE measure_id IN ('pep_population', 'acs_population', 'svi_population', 'census2010_population')
      AND people_group = 'everyone'
    GROUP BY place_id
)
SELECT place.place_id, place.full_name, place.title AS place_title, place.state_id,
       known.value, known.low, known.high, known.level, known.standard_error,
       known.numerator, known.denominator, residents.residents,
       coalesce(known.status, 'not published') AS status, known.grade,
       asked.county_vintage
FROM place
JOIN asked ON asked.county_vintage BETWEEN place.from_vintage AND place.to_vintage
LEFT JOIN known USING (place_id)
LEFT JOIN residents USING (place_id)
WHERE place.level = 'county'
ORDER BY place.place_id
