"""Matches in words: which signals spoke, most first."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.matching.several import PART, SHARED
from auditor.matching.signals import AMONG, OWN

_SENTENCES = {signal.name: signal.sentence for signal in OWN + AMONG} | {
    "objects": "objects of the same name say it with the same words",
    SHARED: "another field of the CRM object repeats the same one",
    PART: "it is a part of what the CRM field holds as a whole",
}
_OF_WORDS = frozenset({"words", "labels", "context"})
"""Which words are counted differs; people need one of them."""
_OF_RIVALS = frozenset({"best_for_crm", "best_for_erp"})
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
    """What spoke for or against a pair of fields, most first; `but` before what spoke against.

    That nothing else comes near goes for nearly every pair that is told; it is said where nothing else speaks.
    """
    own = [(name, value) for name, value in counted if name not in _OF_RIVALS or value < 0]
    return _said(own if any(value > 0 for _, value in own) else counted, _SENTENCES)


def said_of_objects(counted: Sequence[tuple[str, float]], joined: bool = False) -> tuple[str, ...]:
    """The same for two objects; `joined`: an external id joins them."""
    return ((_EXTERNAL,) if joined else ()) + _said(counted, _OF_OBJECTS)


def _said(counted: Sequence[tuple[str, float]], sentences: dict[str, str]) -> tuple[str, ...]:
    first = next((name for name, value in counted if name in _OF_WORDS and value > 0), "")
    told = [(name, value) for name, value in counted if name == first or name not in _OF_WORDS]
    ordered = sorted(told[:_MOST], key=lambda each: each[1] < 0)
    return tuple(sentences[name] if value > 0 else f"but {sentences[name]}" for name, value in ordered)
