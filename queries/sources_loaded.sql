-- One row: a source that this database holds, how many measures it brings, and its newest period.
-- example: {}
SELECT source.source_id, source.title, source.publisher, count(DISTINCT measure_id) AS measures,
       arg_max(period.period, period.ends) AS newest_period
FROM source
JOIN measure USING (source_id)
JOIN period USING (measure_id)
GROUP BY source.source_id, source.title, source.publisher
ORDER BY max(period.ends) DESC, source.title
