-- One row: a county of any vintage, a state or the nation, with the newest count of its residents.
-- example: {}
WITH residents AS (
    SELECT place_id, arg_max(value, ends) AS population
    FROM observation
    JOIN period USING (measure_id, period)
    WHERE measure_id IN ('pep_population', 'acs_population')
      AND people_group = 'everyone' AND value IS NOT NULL
    GROUP BY place_id
)
SELECT place_id, level, name, full_name, title, kind, state_abbr, from_vintage, to_vintage,
       coalesce(population, 0) AS population
FROM place
LEFT JOIN residents USING (place_id)
WHERE level <> 'region'
ORDER BY place_id
