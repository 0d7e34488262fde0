-- One row: a ZIP code and a county it lies in.
-- example: {}
SELECT DISTINCT zip, place_id
FROM place_name
WHERE zip IS NOT NULL
ORDER BY zip, place_id
