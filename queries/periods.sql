-- One row a period of the asked measures, newest first.
-- example: {"measures": ["acs_poverty", "pep_population"]}
SELECT measure_id, period, starts, ends, county_vintage
FROM period
WHERE measure_id IN (SELECT unnest($measures))
ORDER BY measure_id, ends DESC, period
