-- One row a pair of counties that share a border on the map of counties of a year; each pair stands both ways.
-- example: {"vintage": 2019}
SELECT place_id, neighbour_id
FROM neighbour
JOIN place USING (place_id)
WHERE county_vintage = $vintage AND place.level = 'county'
ORDER BY place_id, neighbour_id
