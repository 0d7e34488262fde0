-- One row: a place by its code; no row when there is none.
-- example: {"place": "06037"}
SELECT *
FROM place
WHERE place_id = $place
ORDER BY place_id
