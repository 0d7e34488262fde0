-- One row: a place and what it lies in: the county, its state, its federal region, the nation; nearest first.
-- example: {"place": "06037"}
WITH chosen AS (
    SELECT *
    FROM place
    WHERE place_id = $place
)
SELECT place.place_id, place.level, place.title, place.full_name
FROM place, chosen
WHERE place.place_id IN (chosen.place_id, chosen.state_id, chosen.hhs_region, 'US')
ORDER BY list_position(['county', 'state', 'region', 'nation'], place.level)
