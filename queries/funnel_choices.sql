-- One row a measure and period, newest first, of rates that rest on counts of events in many counties.
-- example: {}
SELECT measure.measure_id, measure.title, measure.domain, observation.period, period.ends, count(*) AS counties
FROM observation
JOIN measure USING (measure_id)
JOIN period USING (measure_id, period)
JOIN place USING (place_id)
WHERE place.level = 'county' AND people_group = 'everyone'
  AND measure.made = 'counted' AND measure.grade_rule = 'events' AND measure.scale IS NOT NULL
  AND measure.adjustment <> 'age-adjusted' AND measure.may_rank
  AND observation.value IS NOT NULL AND observation.numerator IS NOT NULL
GROUP BY ALL
HAVING count(*) >= 500
ORDER BY measure.title, period.ends DESC
