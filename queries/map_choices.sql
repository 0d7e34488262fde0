-- One row a measure, period and people group that has county numbers, ordered by domain, then title.
-- A count of events, people or homes, which grows with the county, is left out where a rate or share of the
-- same has county numbers.
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
),
rated AS (
    SELECT DISTINCT measure.concept
    FROM measure
    SEMI JOIN counted USING (measure_id)
    WHERE measure.scale IS NOT NULL
),
mapped AS (
    SELECT measure.*
    FROM measure
    WHERE NOT (
        measure.scale IS NULL
        AND measure.decimals = 0
        AND measure.prefix = ''
        AND measure.made IN ('counted', 'survey')
        AND measure.concept IN (FROM rated)
    )
)
SELECT counted.measure_id, counted.period, counted.people_group, counted.counties,
       mapped.title, mapped.domain, people_group.title AS group_title, period.ends
FROM counted
JOIN mapped USING (measure_id)
JOIN people_group USING (people_group)
JOIN period USING (measure_id, period)
ORDER BY mapped.domain IN ('health outcomes', 'people'), mapped.domain, lower(mapped.title),
         mapped.measure_id, period.ends DESC, people_group.position, counted.period
