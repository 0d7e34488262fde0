-- One row: a measure that any place of a level has, with its newest period and the borders that uses.
-- example: {"level": "county"}
WITH held AS (
    SELECT DISTINCT measure_id
    FROM observation
    SEMI JOIN (FROM place WHERE place.level = $level) USING (place_id)
)
SELECT measure_id, short_title, measure.title, publisher, domain,
       arg_max(period, ends) AS period, arg_max(county_vintage, ends) AS county_vintage
FROM held
JOIN measure USING (measure_id)
JOIN source USING (source_id)
JOIN period USING (measure_id)
GROUP BY measure_id, short_title, measure.title, publisher, domain
ORDER BY measure.title
