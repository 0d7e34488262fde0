-- One row a period and people group of a measure, newest first, with how many of the asked places have a number.
-- example: {"measure": "acs_poverty", "places": ["06037", "06", "US"]}
SELECT period, ends, county_vintage, people_group, people_group.dimension, people_group.title AS group_title,
       count(value) AS values_held, count(*) AS rows_held
FROM observation
JOIN period USING (measure_id, period)
JOIN people_group USING (people_group)
WHERE measure_id = $measure AND place_id IN (SELECT unnest($places))
GROUP BY ALL
ORDER BY ends DESC, period, people_group
