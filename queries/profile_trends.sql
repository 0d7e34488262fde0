-- One row: a value of a place in one of the periods that may be compared, everyone counted.
-- example: {"place": "06037"}
SELECT measure_id, period, starts, ends, value, low, high, level, standard_error, numerator,
       denominator, status, grade, origin, file, line
FROM observation
JOIN period USING (measure_id, period)
JOIN measure USING (measure_id)
WHERE place_id = $place AND people_group = 'everyone' AND periods = 'comparable'
ORDER BY measure_id, ends
