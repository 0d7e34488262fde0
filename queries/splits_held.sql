-- One row: a measure that has numbers for two or more groups of a dimension in a place, with its newest such period.
-- example: {"places": ["06037", "06", "US"]}
WITH held AS (
    SELECT measure_id, place_id, dimension, period, ends, count(value) AS groups_held
    FROM observation
    JOIN period USING (measure_id, period)
    JOIN people_group USING (people_group)
    JOIN measure USING (measure_id)
    WHERE place_id IN (SELECT unnest($places)) AND dimension <> 'everyone' AND better <> 'neither'
    GROUP BY ALL
    HAVING count(value) >= 2
)
SELECT measure_id, place_id, dimension, arg_max(period, ends) AS period, count(*) AS periods, max(groups_held) AS groups_held
FROM held
GROUP BY measure_id, place_id, dimension
ORDER BY measure_id, place_id, dimension
