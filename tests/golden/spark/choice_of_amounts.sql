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
    CASE WHEN `a` IS NULL THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_2`,
    CASE WHEN `c@2025` IS NULL THEN CAST(8 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_3`,
    CASE
      WHEN COALESCE(NOT `p`, FALSE)
      THEN `c@2025`
      WHEN (
        `p` IS NULL
      )
      AND (
        NOT COALESCE((
          `a` * CAST(2 AS BIGINT)
        ) = `c@2025`, FALSE)
      )
      THEN CAST(NULL AS BIGINT) * CAST(2 AS BIGINT)
      ELSE `a` * CAST(2 AS BIGINT)
    END AS `_5`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE WHEN `p` THEN `_2` WHEN NOT `p` THEN `_3` ELSE `_1` | `_2` | `_3` END AS `_4`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    `_5` AS `asked.num`,
    CASE WHEN `_5` IS NULL THEN `_4` ELSE CAST(0 AS BIGINT) END AS `asked.open`
  FROM stage_2
)
SELECT
  `subject`,
  `asked.num`,
  `asked.open`
FROM stage_3
