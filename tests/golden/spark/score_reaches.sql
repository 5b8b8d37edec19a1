WITH stage_0 AS (
  SELECT
    `subject`,
    CAST(`a` AS BIGINT) AS `a`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `a` IS NULL THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    CASE
      WHEN `a` IS NULL
      THEN CAST(NULL AS BIGINT)
      WHEN `a` >= CAST(100000 AS BIGINT)
      THEN CAST(20 AS BIGINT)
      WHEN `a` >= CAST(10000 AS BIGINT)
      THEN CAST(10 AS BIGINT)
      WHEN `a` >= CAST(1000 AS BIGINT)
      THEN CAST(5 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END AS `_2`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE
      WHEN (
        CASE WHEN `_2` IS NULL THEN CAST(0 AS BIGINT) ELSE `_2` END + CASE WHEN `_2` IS NULL THEN CAST(0 AS BIGINT) ELSE `_2` END
      ) >= CAST(20 AS BIGINT)
      THEN TRUE
      WHEN NOT (
        (
          CASE WHEN `_2` IS NULL THEN CAST(20 AS BIGINT) ELSE `_2` END + CASE WHEN `_2` IS NULL THEN CAST(20 AS BIGINT) ELSE `_2` END
        ) >= CAST(20 AS BIGINT)
      )
      THEN FALSE
      ELSE CAST(NULL AS BOOLEAN)
    END AS `_3`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    `_3` AS `asked`,
    CASE WHEN `_3` IS NULL THEN `_1` ELSE CAST(0 AS BIGINT) END AS `asked.open`
  FROM stage_2
)
SELECT
  `subject`,
  `asked`,
  `asked.open`
FROM stage_3
