"""The models of pack files, and the JSON Schemas made of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from gaoxin.packs.jsonschema import document_schema, schema_files, write_schemas
from gaoxin.packs.schemas import DOCUMENTS, ENTRIES, Locator
from tests.house.repository import ROOT

PUBLISHED = ROOT / "docs" / "reference" / "schemas"


def models(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield schema["title"], schema
    yield from schema.get("$defs", {}).items()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_published_schema_is_current(kind: str) -> None:
    published = (PUBLISHED / f"{kind}.json").read_text("utf-8")
    assert published == schema_files()[f"{kind}.json"], "run: gaoxin check --schemas docs/reference/schemas"


def test_no_schema_of_a_kind_that_is_gone_is_published() -> None:
    assert {path.name for path in PUBLISHED.glob("*.json")} == set(schema_files())


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_field_is_described_in_both_languages(kind: str) -> None:
    for title, model in models(document_schema(kind)):
        for name, field in model.get("properties", {}).items():
            about = field.get("description", "")
            assert about, f"{kind}: {title}.{name} has no description"
            if name not in {"en", "detail_en", "reason_en"}:
                assert about.endswith(")"), f"{kind}: {title}.{name} lacks the Chinese term in brackets"


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_model_accepts_a_key_it_does_not_know(kind: str) -> None:
    for title, model in models(document_schema(kind)):
        if model.get("type") == "object":
            assert model["additionalProperties"] is False, f"{kind}: {title}"


@pytest.mark.parametrize("kind", ENTRIES)
def test_entries_stand_in_a_list_of_the_document(kind: str) -> None:
    assert ENTRIES[kind] in DOCUMENTS[kind].model_fields


@pytest.mark.parametrize("model", DOCUMENTS.values(), ids=lambda model: model.__name__)
def test_documents_are_frozen(model: type[BaseModel]) -> None:
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


def test_keys_that_are_words_of_python_keep_their_name_in_the_schema() -> None:
    assert "assert" in document_schema("cross_checks")["$defs"]["CrossCheck"]["properties"]
    assert {"from", "to"} <= set(document_schema("calendar")["$defs"]["Holiday"]["properties"])


def test_schemas_are_written_to_a_new_folder(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "a" / "b")
    assert len(written) == len(DOCUMENTS)
    assert json.loads(written[0].read_text("utf-8"))["$schema"].startswith("https://json-schema.org/")


def test_place_in_a_source_reads_as_words() -> None:
    place = Locator.model_validate({"paragraph": 3, "sentence": 1})
    assert (place.label("zh"), place.label("en")) == ("第3段第1句", "paragraph 3, sentence 1")
