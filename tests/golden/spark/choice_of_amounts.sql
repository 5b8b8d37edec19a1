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
    CASE WHEN `c@2025` IS NULL THEN CAST(8 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_4`,
    `a` AS `_6`,
    `c@2025` AS `_8`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE WHEN `_2` THEN `_3` WHEN NOT `_2` THEN `_4` ELSE `_1` | `_3` | `_4` END AS `_5`,
    `_3` AS `_7`,
    `_4` AS `_9`,
    CASE
      WHEN `_2`
      THEN `_6` * CAST(2 AS BIGINT)
      WHEN NOT `_2`
      THEN `_8`
      WHEN (
        `_6` * CAST(2 AS BIGINT)
      ) = `_8`
      THEN `_6` * CAST(2 AS BIGINT)
      ELSE CAST(NULL AS BIGINT) * CAST(2 AS BIGINT)
    END AS `_10`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    `_10` AS `asked.num`,
    CASE WHEN NOT (
      `_10` IS NULL
    ) THEN CAST(0 AS BIGINT) ELSE `_5` END AS `asked.open`
  FROM stage_2
)
SELECT
  `subject`,
  `asked.num`,
  `asked.open`
FROM stage_3
