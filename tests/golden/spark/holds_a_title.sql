WITH stage_0 AS (
  SELECT
    `subject`,
    `events`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `events` IS NULL THEN CAST(32 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    ARRAY_MAX(
      TRANSFORM(
        `events`,
        x -> COALESCE(CAST(x.`kind` IN ('hnte') AS BIGINT) * CAST(2 AS BIGINT), CAST(1 AS BIGINT))
      )
    ) AS `_2`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE
      WHEN `_2` = CAST(2 AS BIGINT)
      THEN TRUE
      WHEN `_2` = CAST(1 AS BIGINT)
      THEN CAST(NULL AS BOOLEAN)
      WHEN `events` IS NULL
      THEN CAST(NULL AS BOOLEAN)
      ELSE FALSE
    END AS `asked`,
    `_1` | CASE
      WHEN COALESCE(`_2` = CAST(1 AS BIGINT), FALSE)
      THEN CAST(32 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END AS `asked.open`
  FROM stage_1
)
SELECT
  `subject`,
  `asked`,
  `asked.open`
FROM stage_2
