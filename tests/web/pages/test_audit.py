"""The audit trail in words: what a load of the packs changed is told, not counted only (审计页)."""

from __future__ import annotations

import pytest
from django.test import Client

from gaoxin.web.ledger import models
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.packs import load_packs
from tests.web.builders import an_auditor
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(signed_in: SignedIn) -> Client:
    return signed_in(an_auditor(("weifang", "daqing", "chuxiong")))


def test_what_a_load_changed_in_the_catalogue_is_read_on_the_page(auditor: Client) -> None:
    models.Subject.objects.filter(code="zone/weifang").update(name="旧名高新区")
    load_packs(library())
    body = auditor.get("/audit/?action=packs").content.decode()
    assert "主体有变：zone/weifang 名称 旧名高新区→潍坊" in body
    assert "新增 0 个数，更新 0 个" in body


def test_what_is_no_longer_in_the_packs_is_read_on_the_page(auditor: Client) -> None:
    models.Metric.objects.bulk_create(models.Metric(code=f"metric_of_yore_{n}") for n in range(9))
    load_packs(library())
    body = auditor.get("/audit/?action=packs").content.decode()
    assert "内容包里已没有的指标（库中保留）：metric_of_yore_0" in body
    assert "metric_of_yore_7 等 9 项" in body  # eight are named
