WITH stage_0 AS (
  SELECT
    `subject`,
    CAST(`a` AS BIGINT) AS `a`,
    CAST(`b` AS BIGINT) AS `b`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `a` IS NULL THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    CASE WHEN `b` IS NULL THEN CAST(2 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_2`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    (
      CASE WHEN `b` <> CAST(0 AS BIGINT) THEN `a` ELSE CAST(NULL AS BIGINT) END * CAST(20 AS BIGINT)
    ) >= `b` AS `asked`,
    (
      `_1` | `_2`
    ) | CASE
      WHEN COALESCE(`b` = CAST(0 AS BIGINT), FALSE)
      THEN CAST(2 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END AS `asked.open`
  FROM stage_1
)
SELECT
  `subject`,
  `asked`,
  `asked.open`
FROM stage_2
