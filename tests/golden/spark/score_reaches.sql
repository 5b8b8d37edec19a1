WITH stage_0 AS (
  SELECT
    `subject`,
    CAST(`a` AS BIGINT) AS `a`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `a` IS NULL THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    `a` AS `_2`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    `_1` AS `_3`,
    CASE
      WHEN `_2` IS NULL
      THEN CAST(NULL AS BIGINT)
      WHEN `_2` >= CAST(100000 AS BIGINT)
      THEN CAST(20 AS BIGINT)
      WHEN `_2` >= CAST(10000 AS BIGINT)
      THEN CAST(10 AS BIGINT)
      WHEN `_2` >= CAST(1000 AS BIGINT)
      THEN CAST(5 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END AS `_4`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    `_3` AS `_5`,
    CASE
      WHEN (
        CASE WHEN `_4` IS NULL THEN CAST(0 AS BIGINT) ELSE `_4` END + CASE WHEN `_4` IS NULL THEN CAST(0 AS BIGINT) ELSE `_4` END
      ) >= CAST(20 AS BIGINT)
      THEN TRUE
      WHEN NOT (
        (
          CASE WHEN `_4` IS NULL THEN CAST(20 AS BIGINT) ELSE `_4` END + CASE WHEN `_4` IS NULL THEN CAST(20 AS BIGINT) ELSE `_4` END
        ) >= CAST(20 AS BIGINT)
      )
      THEN FALSE
      ELSE CAST(NULL AS BOOLEAN)
    END AS `_6`
  FROM stage_2
), stage_4 AS (
  SELECT
    *,
    `_6` AS `asked`,
    CASE WHEN `_6` IS NULL THEN `_5` ELSE CAST(0 AS BIGINT) END AS `asked.open`
  FROM stage_3
)
SELECT
  `subject`,
  `asked`,
  `asked.open`
FROM stage_4
