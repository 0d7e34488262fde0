-- One row: a value of a place in one of the periods that may be compared, everyone counted.
-- Of periods that share months the shorter stays, else the earlier. Population estimates of two
-- decades start from two censuses, so only those of the newest decade make a trend.
-- example: {"place": "06037"}
WITH told AS (
    SELECT observation.*, starts, ends, source_id
    FROM observation
    JOIN period USING (measure_id, period)
    JOIN measure USING (measure_id)
    WHERE place_id = $place AND people_group = 'everyone' AND periods = 'comparable'
), apart AS (
    SELECT *
    FROM told
    WHERE NOT EXISTS (
        SELECT 1
        FROM told AS other
        WHERE other.measure_id = told.measure_id
          AND other.starts < told.ends AND told.starts < other.ends
          AND (date_diff('month', other.starts, other.ends), other.starts)
              < (date_diff('month', told.starts, told.ends), told.starts)
    )
)
SELECT measure_id, period, starts, ends, value, low, high, level, standard_error, numerator,
       denominator, status, grade, origin, file, line
FROM apart
QUALIFY source_id <> 'census_pep'
     OR left(period, 3) = max(left(period, 3)) OVER (PARTITION BY measure_id)
ORDER BY measure_id, ends
