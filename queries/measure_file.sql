-- One row an observation of one measure, with a row "not published" for every place of a period and group that has none.
-- example: {"measure": "rucc_code"}
WITH mine AS (
    SELECT observation.*, place.level AS place_level
    FROM observation
    JOIN place USING (place_id)
    WHERE measure_id = $measure
),
asked AS (
    SELECT DISTINCT period, people_group, place_level
    FROM mine
),
expected AS (
    SELECT asked.period, asked.people_group, place.place_id
    FROM asked
    JOIN period ON period.measure_id = $measure AND period.period = asked.period
    JOIN place ON place.level = asked.place_level
              AND period.county_vintage BETWEEN place.from_vintage AND place.to_vintage
    UNION
    SELECT period, people_group, place_id
    FROM mine
)
SELECT $measure AS measure_id, expected.period, period.starts, period.ends, period.county_vintage,
       expected.place_id, place.title AS place, place.state_abbr AS state, place.level AS place_level,
       expected.people_group, people_group.title AS people_group_title,
       mine.value, mine.low, mine.high, mine.level AS interval_level, mine.standard_error,
       mine.numerator, mine.denominator,
       coalesce(mine.status, 'not published') AS status, mine.grade, mine.origin, mine.file, mine.line
FROM expected
LEFT JOIN mine USING (period, people_group, place_id)
JOIN period ON period.measure_id = $measure AND period.period = expected.period
JOIN place USING (place_id)
JOIN people_group ON people_group.people_group = expected.people_group
ORDER BY period.starts, expected.period, people_group.position, expected.people_group, expected.place_id
