-- One row a people group: those named, and all of a dimension that is named.
-- example: {"groups": ["race_ethnicity", "female"]}
SELECT people_group, dimension, title, position, overlapping
FROM people_group
WHERE people_group IN (SELECT unnest($groups)) OR dimension IN (SELECT unnest($groups))
ORDER BY position, people_group
