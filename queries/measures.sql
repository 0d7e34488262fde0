-- One row a measure that this database holds, with its newest period and its source's credit.
-- example: {}
WITH newest AS (
    SELECT measure_id, arg_max(period, ends) AS period, count(*) AS periods
    FROM period
    GROUP BY measure_id
)
SELECT measure.*, newest.period AS newest_period, newest.periods AS period_count,
       source.title AS source_title, source.publisher, source.citation, source.licence
FROM measure
JOIN newest USING (measure_id)
JOIN source USING (source_id)
ORDER BY measure.domain, measure.title
