-- One row a period and people group for which a measure has county numbers, newest first.
-- example: {"measure": "acs_poverty"}
WITH counties AS (
    SELECT place_id
    FROM place
    WHERE level = 'county'
),
counted AS (
    SELECT period, people_group, count(value) AS counties
    FROM observation
    SEMI JOIN counties USING (place_id)
    WHERE measure_id = $measure
    GROUP BY period, people_group
    HAVING count(value) > 0
)
SELECT counted.period, counted.people_group, counted.counties, people_group.title AS group_title,
       period.starts, period.ends, period.county_vintage
FROM counted
JOIN people_group USING (people_group)
JOIN period ON period.measure_id = $measure AND period.period = counted.period
ORDER BY period.ends DESC, counted.period, people_group.position, counted.people_group
