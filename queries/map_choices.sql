-- One row a measure, period and people group that has county numbers.
-- example: {}
WITH counties AS (
    SELECT place_id
    FROM place
    WHERE level = 'county'
),
counted AS (
    SELECT measure_id, period, people_group, count(value) AS counties
    FROM observation
    SEMI JOIN counties USING (place_id)
    GROUP BY measure_id, period, people_group
    HAVING count(value) > 0
)
SELECT counted.measure_id, counted.period, counted.people_group, counted.counties,
       measure.title, measure.domain, people_group.title AS group_title, period.ends
FROM counted
JOIN measure USING (measure_id)
JOIN people_group USING (people_group)
JOIN period USING (measure_id, period)
ORDER BY measure.domain, measure.title, period.ends DESC, people_group.position, counted.period
