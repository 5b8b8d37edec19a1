WITH stage_0 AS (
  SELECT
    `subject`,
    `events`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `events` IS NULL THEN CAST(32 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`,
    EXISTS(
      `events`,
      x -> (
        TRUE IS NULL
      )
      OR (
        COALESCE(TRUE, FALSE) AND (
          CAST(x.`amount` AS BIGINT) IS NULL
        )
      )
    ) AS `_2`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    CASE
      WHEN `_2`
      THEN CAST(NULL AS DECIMAL(38, 0))
      ELSE AGGREGATE(
        `events`,
        CAST(0 AS DECIMAL(38, 0)),
        (total, x) -> CAST(total + CAST(CASE
          WHEN COALESCE(TRUE, FALSE)
          THEN COALESCE(CAST(x.`amount` AS BIGINT), CAST(0 AS BIGINT))
          ELSE CAST(0 AS BIGINT)
        END AS DECIMAL(38, 0)) AS DECIMAL(38, 0))
      )
    END AS `_3`
  FROM stage_1
), stage_3 AS (
  SELECT
    *,
    `_3` AS `asked.num`,
    `_1` | CASE WHEN COALESCE(`_2`, FALSE) THEN CAST(32 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `asked.open`
  FROM stage_2
)
SELECT
  `subject`,
  `asked.num`,
  `asked.open`
FROM stage_3
