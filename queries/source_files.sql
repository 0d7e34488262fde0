-- One row a file that a source was built from.
-- example: {"source": "census_pep"}
SELECT file, origin, bytes, retrieved, url, sha256
FROM source_file
WHERE source_id = $source
ORDER BY origin, file
