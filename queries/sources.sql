-- One row a source, with how many of its measures and observations this database holds and how many measures its download would add.
-- example: {}
WITH held AS (
    SELECT source_id, count(DISTINCT measure_id) AS measures, count(DISTINCT period.period) AS periods,
           max(period.ends) AS newest
    FROM measure
    JOIN period USING (measure_id)
    GROUP BY source_id
),
missing AS (
    SELECT source_id, count(*) AS measures, string_agg(title, '; ' ORDER BY title) AS titles,
           string_agg(DISTINCT domain, ', ' ORDER BY domain) AS domains
    FROM measure_not_loaded
    GROUP BY source_id
)
SELECT source.*, coalesce(held.measures, 0) AS measures, held.newest,
       coalesce(missing.measures, 0) AS measures_not_loaded,
       coalesce(missing.titles, '') AS titles_not_loaded,
       coalesce(missing.domains, '') AS domains_not_loaded
FROM source
LEFT JOIN held USING (source_id)
LEFT JOIN missing USING (source_id)
ORDER BY source.title, source.source_id
