-- One row: a measure that other places of the level have and this one has not, with the borders it uses.
-- example: {"place": "09110", "level": "county"}
WITH here AS (
    SELECT DISTINCT measure_id
    FROM observation
    WHERE place_id = $place
), elsewhere AS (
    SELECT DISTINCT measure_id
    FROM observation
    JOIN place USING (place_id)
    WHERE place.level = $level AND measure_id NOT IN (SELECT measure_id FROM here)
)
SELECT measure_id, short_title, measure.title, publisher, domain,
       arg_max(period, ends) AS period, arg_max(county_vintage, ends) AS county_vintage
FROM elsewhere
JOIN measure USING (measure_id)
JOIN source USING (source_id)
JOIN period USING (measure_id)
GROUP BY measure_id, short_title, measure.title, publisher, domain
ORDER BY measure.title
