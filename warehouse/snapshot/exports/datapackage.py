"""A Frictionless Data Package beside the Parquet files: every mart, column, key and hash, for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from warehouse import durable
from warehouse.snapshot.exports.marks import edition_name, moment, title_of
from warehouse.snapshot.exports.tables import Column, Table, tables_of

DATA_PACKAGE = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_XML_SCHEMA = "http://www.w3.org/2001/XMLSchema#"


def describe_parquet(folder: Path, facts: dict[str, Any]) -> Path:
    """Write `datapackage.json` for the Parquet files of the edition in `folder`; returns where.

    `facts` is what the edition's manifest says.
    """
    package = {
        "$schema": _PROFILE,
        "name": f"minsheng-{facts['period']}-r{facts['revision']}",
        "title": title_of(facts),
        "description": (
            "Progress of a district's promises to its residents: one Parquet file a table. Figures are "
            "decimal, a missing figure is null and never zero, and a rate is divided last: "
            "do not add or average one."
        ),
        "version": edition_name(facts),
        "created": moment(facts["published_at"]),
        "sample": facts["is_sample"],
        "freshness": facts["freshness"],
        "planVersion": facts["plan_version"],
        "codeVersion": facts["code_version"],
        "resources": [_resource(folder, table) for table in tables_of(folder)],
    }
    if facts["is_sample"]:
        # The samples are the project's own; under what terms real figures go is for the district to say.
        package["licenses"] = [{"name": "Apache-2.0", "title": "Sample data of the project, no real figures"}]
    path = folder / "parquet" / DATA_PACKAGE
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / "parquet" / f"{table.name}.parquet"
    return {
        "name": table.name,
        "type": "table",
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": table.description,
        "hash": f"sha256:{durable.sha256_of(path)}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    # An empty text is a text: only null is missing.
    schema: dict[str, Any] = {"missingValues": [], "fields": [_field(column) for column in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = table.primary_key
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [column]}}
            for column, other in table.references.items()
        ]
    return schema


def _type(column: Column) -> str:
    """Return a column's type; pandas, by which `frictionless` reads Parquet, has no integers with a null."""
    is_read_as_float = column.type.frictionless == "integer" and not column.required
    return "number" if is_read_as_float else column.type.frictionless


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _type(column),
        "description": column.description,
        "duckdbType": column.data_type,
    }
    if field["type"] == "number":
        field["rdfType"] = _XML_SCHEMA + column.type.csvw
    if column.required:
        field["constraints"] = {"required": True}
    return field
