"""Fill a ledger for the freeze benchmark: enterprises × metrics × years, straight in, all invented."""

from __future__ import annotations

import itertools
import random
import sys

from gaoxin.web import opening

opening.connect()

from django.db import transaction  # noqa: E402 (Django is set up first)

from gaoxin.web.ledger import bulk, models  # noqa: E402
from gaoxin.web.ledger.moments import stamp  # noqa: E402
from gaoxin.web.ledger.sources import form_source  # noqa: E402

PERIODS = [str(year) for year in range(2016, 2026)]
ENTERPRISES = 20_000

wanted = int(sys.argv[1])
draw = random.Random(7)
zone = models.Subject.objects.get(code="zone/sandbox")
metrics = list(models.Metric.objects.exclude(dimension="").values_list("pk", flat=True))[
    : -(-wanted // (ENTERPRISES * len(PERIODS)))
]
with transaction.atomic():
    models.Subject.objects.bulk_create(
        (
            models.Subject(
                kind="enterprise",
                code=f"enterprise/bench-{number}",
                name=f"测算企业{number:05d}",
                zone=zone,
                parent=zone,
                synthetic=True,
            )
            for number in range(ENTERPRISES)
        ),
        batch_size=1000,
    )
    subjects = (
        models.Subject.objects.filter(code__startswith="enterprise/bench-")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    rows = (
        (subject, metric, period, draw.randrange(10**9))
        for subject in subjects
        for metric in metrics
        for period in PERIODS
    )
    batch = bulk.reserve_batch_id()
    loaded = bulk.load(
        ("subject_id", "metric_id", "period", "number"),
        itertools.islice(rows, wanted),
        constants={
            "batch_id": batch,
            "source_id": form_source(zone, "enterprise").pk,
            "status": "synthetic",
            "dimension": "money",
        },
    )
    models.Batch.objects.create(id=batch, kind="sandbox", zone=zone, by_name="bench", at=stamp(), rows=loaded)
print(loaded, "observations")
