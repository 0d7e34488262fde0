-- One row a period and people group of a measure, newest first, with how many places of a level have a number.
-- example: {"measure": "acs_poverty", "level": "county"}
SELECT period, ends, county_vintage, people_group, people_group.dimension, people_group.title AS group_title,
       count(value) AS values_held
FROM observation
JOIN period USING (measure_id, period)
JOIN people_group USING (people_group)
JOIN place USING (place_id)
WHERE measure_id = $measure AND place.level = $level
GROUP BY ALL
HAVING count(value) > 0
ORDER BY ends DESC, period, people_group
