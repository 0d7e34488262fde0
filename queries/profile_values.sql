-- One row: a value of a place of the profile, in the newest period that the chosen place has.
-- Each dimension has its own newest period: a file of one race must not hide the figure of everyone.
-- example: {"place": "06037", "places": ["06037", "06", "US"]}
WITH chosen AS (
    SELECT measure_id, dimension, arg_max(period, ends) AS period, max(ends) AS ends,
           arg_max(county_vintage, ends) AS county_vintage
    FROM observation
    JOIN period USING (measure_id, period)
    JOIN people_group USING (people_group)
    WHERE place_id = $place
    GROUP BY measure_id, dimension
)
SELECT observation.measure_id, observation.period, chosen.ends, chosen.county_vintage,
       place_id, people_group, dimension,
       people_group.title AS group_title, people_group.position AS group_position,
       overlapping,
       value, low, high, level, standard_error, numerator, denominator, status, grade,
       observation.origin, file, line
FROM observation
JOIN people_group USING (people_group)
JOIN chosen USING (measure_id, period, dimension)
WHERE place_id IN (SELECT unnest($places))
ORDER BY observation.measure_id, group_position, place_id
