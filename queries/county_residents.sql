-- One row a county: its residents, from the source on the nearest map of counties that covers most, then nearest in time.
-- example: {"vintage": 2019, "day": "2019-07-01"}
WITH counted AS (
    SELECT observation.measure_id, measure.title, observation.period, observation.place_id, observation.value,
           abs(period.county_vintage - $vintage) AS maps_off,
           -- Twice the days from the asked day to the middle of the period.
           abs(date_diff('day', period.starts, CAST($day AS DATE))
               + date_diff('day', period.ends, CAST($day AS DATE))) AS days_off
    FROM observation
    JOIN period USING (measure_id, period)
    JOIN measure USING (measure_id)
    JOIN place USING (place_id)
    WHERE observation.measure_id IN ('pep_population', 'acs_population', 'svi_population', 'census2010_population')
      AND observation.people_group = 'everyone'
      AND place.level = 'county'
),
nearest AS (
    SELECT measure_id, period
    FROM counted
    GROUP BY measure_id, period, maps_off, days_off
    ORDER BY maps_off, count(value) DESC, days_off, measure_id DESC, period
    LIMIT 1
)
SELECT counted.place_id, counted.value AS residents, counted.title, counted.period
FROM counted
JOIN nearest USING (measure_id, period)
ORDER BY counted.place_id
