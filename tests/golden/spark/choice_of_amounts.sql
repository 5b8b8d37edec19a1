WITH stage_0 AS (
  SELECT
    `subject`,
    CAST(`a` AS BIGINT) AS `a`,
    CAST(`c@2025` AS BIGINT) AS `c@2025`,
    CAST(`p` AS BOOLEAN) AS `p`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `p` IS NULL THEN CAST(256 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    `p` AS `_2`,
    CASE WHEN `a` IS NULL THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_3`,
    CASE WHEN `c@2025` IS NULL THEN CAST(8 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_4`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE WHEN `_2` THEN `_3` WHEN NOT `_2` THEN `_4` ELSE `_1` | `_3` | `_4` END AS `_5`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    CASE
      WHEN `_2`
      THEN `a` * CAST(2 AS BIGINT)
      WHEN NOT `_2`
      THEN `c@2025`
      ELSE CAST(NULL AS BIGINT) * CAST(2 AS BIGINT)
    END AS `asked.num`,
    `_5` AS `asked.open`
  FROM stage_2
)
SELECT
  `subject`,
  `asked.num`,
  `asked.open`
FROM stage_3
