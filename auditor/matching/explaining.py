"""Matches in words: which signals spoke, most first."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.matching.signals import AMONG, OWN

_SENTENCES = {signal.name: signal.sentence for signal in OWN + AMONG}
_OF_OBJECTS = {
    "name": "the names mean the same",
    "erp_name": "the CRM object says the ERP object's name",
    "crm_name": "the ERP object says the CRM object's name",
    "fields": "the fields say the same words",
    "erp_fields": "the CRM says most of what the ERP's fields say",
    "pairs": "field for field they match",
    "wrong_side": "the ERP object is of the buying side",
    "size": "the ERP object has many fields",
}
_EXTERNAL = "an external id joins it with the ERP's key"
_MOST = 4


def said_of_fields(counted: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """What spoke for or against a pair of fields, most first; `but` before what spoke against."""
    return _said(counted, _SENTENCES)


def said_of_objects(counted: Sequence[tuple[str, float]], joined: bool = False) -> tuple[str, ...]:
    """The same for two objects; `joined`: an external id joins them."""
    return ((_EXTERNAL,) if joined else ()) + _said(counted, _OF_OBJECTS)


def _said(counted: Sequence[tuple[str, float]], sentences: dict[str, str]) -> tuple[str, ...]:
    ordered = sorted(counted[:_MOST], key=lambda each: each[1] < 0)
    return tuple(sentences[name] if value > 0 else f"but {sentences[name]}" for name, value in ordered)
