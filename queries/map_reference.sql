-- One row a county value that fixes the breaks: the newest comparable period, of everyone where there is such a group.
-- example: {"measure": "acs_poverty", "period": "2015-2019", "group": "everyone"}
WITH candidates AS (
    SELECT observation.people_group, observation.period, period.ends,
           observation.people_group = 'everyone' AS of_everyone,
           observation.people_group = $group AS of_group
    FROM observation
    JOIN period USING (measure_id, period)
    JOIN measure USING (measure_id)
    JOIN place USING (place_id)
    WHERE observation.measure_id = $measure
      AND place.level = 'county'
      AND observation.value IS NOT NULL
      AND (observation.people_group IN ('everyone', $group))
      AND (measure.periods = 'comparable' OR observation.period = $period)
    GROUP BY ALL
),
chosen AS (
    SELECT people_group, period
    FROM candidates
    ORDER BY of_everyone DESC, ends DESC, period
    LIMIT 1
)
SELECT observation.value, chosen.period, chosen.people_group
FROM observation
JOIN chosen USING (people_group, period)
JOIN place USING (place_id)
WHERE observation.measure_id = $measure AND place.level = 'county' AND observation.value IS NOT NULL
ORDER BY place_id
