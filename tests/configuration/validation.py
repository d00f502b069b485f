"""What an editor's program says of a configuration file: its YAML as JSON, held against the schema."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from bot.configuration.parse import parse
from bot.configuration.schema import File, schema
from bot.configuration.tree import Listing, Node, Scalar

VALIDATORS = {file: Draft202012Validator(schema(file)) for file in File}


def complaints(file: File, text: str) -> list[str]:
    """Give what the schema finds wrong with a file, each with its path; the file must be YAML."""
    root, faults = parse(text)
    assert root is not None
    assert not faults
    return complaints_of(file, as_json(root))


def complaints_of(file: File, value: object) -> list[str]:
    """Give what the schema finds wrong with a value."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[file].iter_errors(value)]


def as_json(node: Node) -> Any:
    """Give a tree as an editor's program sees it: a key without value is null."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [as_json(item) for item in node.items]
    return {entry.key.text: as_json(entry.value) for entry in node.entries}


def written(value: object) -> str:
    """Write a value as a YAML file; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
