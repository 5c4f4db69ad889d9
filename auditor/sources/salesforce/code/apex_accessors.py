"""Methods of SObject that take a field by its name: `record.get('F__c')`, `record.put('F__c', value)`.

Source: Apex reference guide, SObject class.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.apex_chain import Chain
from auditor.sources.salesforce.code.apex_lexer import Token, string_value
from auditor.sources.salesforce.code.apex_scope import Scope
from auditor.sources.salesforce.code.apex_types import TypeRef
from auditor.sources.salesforce.code.collecting import Collector, Spot
from auditor.sources.salesforce.code.names import is_custom_field, is_relationship
from auditor.sources.salesforce.parsed import Grammar

_ACCESSES = {
    "get": Access.READS,
    "isset": Access.READS,
    "getsobject": Access.READS,
    "getsobjects": Access.READS,
    "put": Access.WRITES,
    "putsobject": Access.WRITES,
    "adderror": Access.REQUIRES,
}


def may_be_record(scope: Scope, ref: TypeRef | None) -> bool:
    """Whether a value may be a record: it is one, or its type is not known."""
    return ref is None or ref.key == "sobject" or bool(scope.object_of(ref))


def note_accessor(notes: Collector, scope: Scope, chain: Chain, arguments: Sequence[Token]) -> bool:
    """Note the field that a call names, from the first two tokens of its arguments; whether it names one.

    Certain where the record's object is known, else possible.
    """
    method, (token, after) = chain.method.lower(), arguments
    access = _ACCESSES.get(method)
    ends = (",",) if method == "adderror" else (",", ")")
    if access is None or token.kind != "string" or after.text not in ends:
        return False
    name, at = string_value(token), token.offset + 1
    target = scope.object_of(chain.type)
    if chain.describes:
        notes.path(chain.describes, name, Spot(at, Access.READS, Certainty.POSSIBLE, "describe"))
    elif target and name.isidentifier():
        notes.path(target, name, Spot(at, access), Grammar.CHILDREN if method == "getsobjects" else Grammar.PATH)
    elif may_be_record(scope, chain.type) and (is_custom_field(name) or is_relationship(name)):
        notes.word(name, Spot(at, access, Certainty.POSSIBLE))
    else:
        return False
    return True
