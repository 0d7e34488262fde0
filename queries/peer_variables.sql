-- One row: a county or state and what makes it like others, and by which measure where two may serve;
-- null where not published.
-- example: {}
WITH held AS (
    SELECT place_id, place.level AS place_level, people_group, measure_id, period, ends, value
    FROM observation
    JOIN period USING (measure_id, period)
    JOIN place USING (place_id)
    WHERE measure_id IN ('pep_population', 'acs_population', 'rucc_code', 'acs_poverty',
                         'saipe_poverty', 'pep_65_and_over', 'svi_age_65', 'acs_race_ethnicity',
                         'census2010_race_ethnicity')
      AND value IS NOT NULL
), covered AS (
    -- Places are alike in one and the same period: a period that only some places have makes no peers.
    SELECT measure_id, place_level, period, count(DISTINCT place_id) AS places
    FROM held
    GROUP BY measure_id, place_level, period
    QUALIFY places >= 0.9 * max(places) OVER (PARTITION BY measure_id, place_level)
), newest AS (
    SELECT place_id, people_group, measure_id, arg_max(value, ends) AS value
    FROM held
    SEMI JOIN covered USING (measure_id, place_level, period)
    GROUP BY place_id, people_group, measure_id
), mix AS (
    SELECT place_id,
           max(value) FILTER (people_group = 'white_nh') AS white_nh,
           max(value) FILTER (people_group = 'black_nh') AS black_nh,
           max(value) FILTER (people_group = 'hispanic') AS hispanic,
           max(value) FILTER (people_group = 'aian_nh') AS aian_nh,
           max(value) FILTER (people_group IN ('asian_pacific_nh', 'asian_nh')) AS asian_nh
    FROM newest
    WHERE measure_id = (
        SELECT measure_id FROM covered
        WHERE measure_id IN ('acs_race_ethnicity', 'census2010_race_ethnicity')
          AND place_level = 'county'
        ORDER BY places >= 3000 DESC, measure_id
        LIMIT 1
    )
    GROUP BY place_id
), one AS (
    SELECT place_id,
           coalesce(max(value) FILTER (measure_id = 'pep_population'),
                    max(value) FILTER (measure_id = 'acs_population')) AS population,
           max(value) FILTER (measure_id = 'rucc_code') AS rurality,
           coalesce(max(value) FILTER (measure_id = 'acs_poverty'),
                    max(value) FILTER (measure_id = 'saipe_poverty')) AS poverty,
           coalesce(max(value) FILTER (measure_id = 'pep_65_and_over'),
                    max(value) FILTER (measure_id = 'svi_age_65')) AS age,
           coalesce(max(measure_id) FILTER (measure_id = 'pep_population'),
                    max(measure_id) FILTER (measure_id = 'acs_population')) AS population_measure,
           coalesce(max(measure_id) FILTER (measure_id = 'acs_poverty'),
                    max(measure_id) FILTER (measure_id = 'saipe_poverty')) AS poverty_measure,
           coalesce(max(measure_id) FILTER (measure_id = 'pep_65_and_over'),
                    max(measure_id) FILTER (measure_id = 'svi_age_65')) AS age_measure
    FROM newest
    WHERE people_group = 'everyone'
    GROUP BY place_id
)
SELECT place.place_id, level, title, from_vintage, to_vintage, population, rurality, poverty, age,
       white_nh, black_nh, hispanic, aian_nh, asian_nh,
       population_measure, poverty_measure, age_measure
FROM place
LEFT JOIN one USING (place_id)
LEFT JOIN mix USING (place_id)
WHERE level IN ('county', 'state')
ORDER BY place.place_id
