"""The JSON Schema of what a fact may be put to: a value, a list of values, or tests, told apart by type alone."""

from __future__ import annotations

from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.literals import FITTING
from auditor.policy.syntax import Operator

Schema = dict[str, object]

PARAMETER = r"\{[a-z][a-z0-9_]*\}"
TEXT: Schema = {"type": "string", "minLength": 1}
_SPAN = rf"^([0-9]{{1,5}}[dwmy]|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{PARAMETER})$"
_SHARE = rf"^((100|[0-9]{{1,2}}(\.[0-9]+)?) ?%|{PARAMETER})$"
_EXISTENCE = (Operator.PRESENT, Operator.ABSENT)
_SEVERAL = (Operator.IN, Operator.NOT_IN)
_TEXTUAL = (Operator.MATCHES, Operator.GLOB, Operator.CONTAINS)


def tests_schema(fact: FactSpec) -> Schema:
    """What may stand behind a fact in a condition; it depends on the type and the values of the fact alone."""
    single = _single(fact)
    types = _types(single)
    bare = [] if fact.type in (FactType.DATE, FactType.TEXTS) else types
    lists = [] if fact.type in (FactType.DATE, FactType.BOOLEAN) else ["array"]
    tests = {str(operator): _operand(operator, single) for operator in Operator if operator in FITTING[fact.type]}
    found: Schema = {
        "type": list(dict.fromkeys([*bare, "string", *lists, "object"] if bare else [*lists, "object"])),
        "properties": tests,
        "additionalProperties": False,
        "minProperties": 1,
    }
    if lists:
        found |= {"items": single, "minItems": 1}
    if bare:
        found |= {key: value for key, value in single.items() if key != "type"}
    return found


def _types(schema: Schema) -> list[str]:
    types = schema["type"]
    assert isinstance(types, list)
    return types


def _single(fact: FactSpec) -> Schema:
    """One value of a fact, or a parameter that stands for one."""
    match fact.type:
        case FactType.BOOLEAN:
            return {"type": ["boolean", "string"], "pattern": f"^{PARAMETER}$"}
        case FactType.INTEGER:
            return {"type": ["integer", "string"], "pattern": f"^{PARAMETER}$"}
        case FactType.SHARE:
            return {"type": ["number", "string"], "minimum": 0, "maximum": 1, "pattern": _SHARE}
        case FactType.ENUM:
            literal = {"type": "string", "not": {"pattern": PARAMETER}}
            return {"type": ["string"], "if": literal, "then": {"enum": list(fact.values)}}
        case FactType.TEXT | FactType.TEXTS:
            return {"type": ["string"]}
        case FactType.DATE:
            return {"type": ["string"], "pattern": _SPAN}


def _operand(operator: Operator, single: Schema) -> Schema:
    if operator in _EXISTENCE:
        return {"type": ["boolean", "string"], "pattern": f"^{PARAMETER}$"}
    if operator in _SEVERAL:
        return {"type": ["array", "string"], "items": single, "minItems": 1, "pattern": f"^{PARAMETER}$"}
    return TEXT if operator in _TEXTUAL else single


_COUNTED: Schema = {"type": ["integer", "string"], "pattern": f"^{PARAMETER}$"}
COUNT: dict[str, Schema] = {
    str(operator): _operand(operator, _COUNTED)
    for operator in Operator
    if operator in FITTING[FactType.INTEGER] and operator not in _EXISTENCE
}
"""The tests of a count of neighbours."""
