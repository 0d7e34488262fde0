-- One row a place that is named.
-- example: {"places": ["06037", "06", "US"]}
SELECT *
FROM place
WHERE place_id IN (SELECT unnest($places))
ORDER BY place_id
