"""Check what commands print against the schemas that the package carries."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import jsonschema


@cache
def _validator(command: str) -> jsonschema.protocols.Validator:
    schema = json.loads((files("tui.commands") / "schemas" / f"{command}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check(command: str, value: object) -> None:
    """Fail where the value isn't what the command's schema says."""
    _validator(command).validate(value)
