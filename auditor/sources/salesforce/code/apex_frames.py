"""The brackets that are open at one place of an Apex file."""

from __future__ import annotations

from auditor.dataclasses import dataclass, field
from auditor.sources.salesforce.code.apex_chain import Chain
from auditor.sources.salesforce.code.apex_structure import ClassInfo
from auditor.sources.salesforce.code.apex_types import TypeRef


@dataclass(slots=True)
class Frame:
    """One open bracket. `kind`: `call`, `index`, `group`, `control`, `init` or `block`."""

    kind: str
    chain: Chain | None = None
    created: str = ""
    """The object whose constructor this is: `name = value` in it writes a field."""
    dml: str = ""
    """The DML that a call does with its first argument (`Database.insert(`)."""
    puts: bool = False
    """Whether the first argument names a field that is written (`record.put(`)."""
    value: TypeRef | None = None
    bound: list[str] = field(default_factory=list)
    owner: ClassInfo | None = None
    cast: TypeRef | None = None
