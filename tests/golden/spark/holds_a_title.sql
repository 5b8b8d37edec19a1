WITH stage_0 AS (
  SELECT
    `subject`,
    `events`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `events` IS NULL THEN CAST(32 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    CASE
      WHEN `events` IS NULL
      THEN CAST(NULL AS BIGINT)
      ELSE COALESCE(
        ARRAY_MAX(
          TRANSFORM(
            `events`,
            x -> COALESCE(
              CAST(x.`kind` IN ('hnte') AS BIGINT) * CAST(4294967296 AS BIGINT),
              CAST(1 AS BIGINT)
            )
          )
        ),
        CAST(0 AS BIGINT)
      )
    END AS `_2`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE
      WHEN `_2` >= CAST(4294967296 AS BIGINT)
      THEN TRUE
      WHEN `_2` = CAST(0 AS BIGINT)
      THEN FALSE
      ELSE CAST(NULL AS BOOLEAN)
    END AS `_3`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    `_3` AS `asked`,
    `_1` | CASE
      WHEN (
        `_3` IS NULL
      ) AND (
        NOT (
          `events` IS NULL
        )
      )
      THEN CAST(32 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END AS `asked.open`
  FROM stage_2
)
SELECT
  `subject`,
  `asked`,
  `asked.open`
FROM stage_3
