"""Signs of life of the background workers (后台进程)."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a worker was last alive; `/healthz` warns when the newest is old."""

    worker = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()
    doing = models.CharField(max_length=80, blank=True)
