-- One row: a town and a county it lies in, with what the ZIP codes tell of its size.
-- own_zip: it has a ZIP code that no other town shares; zips: its ZIP codes, shared ones in part;
-- zip_share: those as a part of the county's.
-- example: {}
WITH shared AS (
    SELECT zip, count(DISTINCT (name, state_abbr)) AS towns
    FROM place_name
    WHERE zip IS NOT NULL
    GROUP BY zip
), of_county AS (
    SELECT place_id, count(DISTINCT zip) AS zips
    FROM place_name
    WHERE zip IS NOT NULL
    GROUP BY place_id
)
SELECT name, state_abbr, place_id,
       coalesce(bool_or(towns = 1), false) AS own_zip,
       coalesce(sum(1 / towns), 0) AS zips,
       coalesce(sum(1 / towns) / any_value(of_county.zips), 0) AS zip_share
FROM place_name
LEFT JOIN shared USING (zip)
LEFT JOIN of_county USING (place_id)
GROUP BY name, state_abbr, place_id
ORDER BY name, state_abbr, place_id
