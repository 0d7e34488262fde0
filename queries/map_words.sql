-- One row: a measure's words, the asked period and group, its source's credit and the US value where there is one.
-- example: {"measure": "acs_poverty", "period": "2015-2019", "group": "everyone"}
WITH nation AS (
    SELECT measure_id, value, origin
    FROM observation
    WHERE measure_id = $measure AND period = $period AND people_group = $group AND place_id = 'US'
)
SELECT measure.*, source.title AS source_title, source.publisher, source.citation,
       period.period, period.county_vintage, people_group.title AS group_title,
       people_group.people_group, nation.value AS us_value,
       nation.origin AS us_origin, build.data_version
FROM measure
JOIN source USING (source_id)
JOIN period USING (measure_id)
JOIN people_group ON people_group.people_group = $group
CROSS JOIN build
LEFT JOIN nation USING (measure_id)
WHERE measure.measure_id = $measure AND period.period = $period
ORDER BY measure.measure_id
