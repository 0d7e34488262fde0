-- One row: all values of a measure and people group in one period, of all places of a level, in rising order.
-- example: {"level": "county", "measures": ["acs_poverty"], "periods": ["2015-2019"]}
WITH chosen AS (
    SELECT unnest($measures) AS measure_id, unnest($periods) AS period
)
SELECT measure_id, period, people_group, list(value ORDER BY value) AS rising
FROM observation
JOIN chosen USING (measure_id, period)
JOIN place USING (place_id)
WHERE place.level = $level AND value IS NOT NULL AND people_group IN ('everyone', 'female', 'male')
GROUP BY measure_id, period, people_group
ORDER BY measure_id, period, people_group
