-- One row: a measure that a source could bring but this database does not hold, and how to get it.
-- example: {}
SELECT measure_not_loaded.domain, measure_not_loaded.title, source_id,
       source.title AS source_title, source.get_it
FROM measure_not_loaded
JOIN source USING (source_id)
ORDER BY measure_not_loaded.domain, source.title, measure_not_loaded.title
