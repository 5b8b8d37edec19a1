WITH stage_0 AS (
  SELECT
    `subject`,
    CAST(`code` AS STRING) AS `code`
  FROM population
), stage_1 AS (
  SELECT
    *,
    CASE WHEN `code` IS NULL THEN CAST(16 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS `_1`
  FROM stage_0
), stage_2 AS (
  SELECT
    *,
    (
      SUBSTRING(`code`, 1, 1) IN ('D')
    ) OR (
      SUBSTRING(`code`, 1, 2) IN ('C1')
    ) AS `asked`,
    `_1` AS `asked.open`
  FROM stage_1
)
SELECT
  `subject`,
  `asked`,
  `asked.open`
FROM stage_2
