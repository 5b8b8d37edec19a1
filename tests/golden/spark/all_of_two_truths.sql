WITH stage_0 AS (
  SELECT
    `subject`,
    CAST(`p` AS BOOLEAN) AS `p`,
    CAST(`q` AS BOOLEAN) AS `q`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `p` IS NULL THEN CAST(256 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    CASE WHEN `q` IS NULL THEN CAST(1024 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_2`,
    `p` AND `q` AS `_3`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE WHEN `_3` IS NULL THEN `_1` | `_2` ELSE CAST(0 AS BIGINT) END AS `_4`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    `_3` AS `asked`,
    `_4` AS `asked.open`
  FROM stage_2
)
SELECT
  `subject`,
  `asked`,
  `asked.open`
FROM stage_3
