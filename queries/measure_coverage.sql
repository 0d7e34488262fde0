-- One row: what one measure holds, in counts of periods, groups, places and statuses.
-- example: {"measure": "rucc_code"}
SELECT count(DISTINCT observation.period) AS periods,
       min(period.starts) AS starts,
       max(period.ends) AS ends,
       string_agg(DISTINCT period.county_vintage::VARCHAR, ', ' ORDER BY period.county_vintage::VARCHAR) AS county_vintages,
       count(DISTINCT observation.people_group) AS people_groups,
       string_agg(DISTINCT people_group.dimension, ', ' ORDER BY people_group.dimension) AS dimensions,
       count(DISTINCT observation.place_id) FILTER (place.level = 'county') AS counties,
       count(DISTINCT observation.place_id) FILTER (place.level = 'state') AS states,
       count(DISTINCT observation.place_id) FILTER (place.level = 'region') AS regions,
       count(DISTINCT observation.place_id) FILTER (place.level = 'nation') AS nations,
       count(*) AS observations,
       count(*) FILTER (observation.status = 'reported') AS reported,
       count(*) FILTER (observation.status = 'suppressed') AS suppressed,
       count(*) FILTER (observation.status = 'unreliable') AS unreliable,
       count(*) FILTER (observation.status = 'not collected') AS not_collected,
       count(*) FILTER (observation.status = 'not published') AS not_published,
       count(*) FILTER (observation.low IS NOT NULL) AS with_interval,
       string_agg(DISTINCT observation.origin, ', ' ORDER BY observation.origin) AS origins
FROM observation
JOIN period USING (measure_id, period)
JOIN place USING (place_id)
JOIN people_group USING (people_group)
WHERE measure_id = $measure
ORDER BY observations
