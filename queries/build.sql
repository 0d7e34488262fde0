-- One row: the build of this database.
-- example: {}
SELECT data_version, built_at, code_version
FROM build
ORDER BY built_at
