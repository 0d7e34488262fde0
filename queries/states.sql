-- One row a state, the District of Columbia or Puerto Rico.
-- example: {}
SELECT place_id, name, state_abbr
FROM place
WHERE level = 'state'
ORDER BY name
