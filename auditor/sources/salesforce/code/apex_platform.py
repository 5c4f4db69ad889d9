"""Names of the platform in Apex that are no classes of anybody's.

Source: Apex reference guide, namespaces and the classes of the System namespace.
"""

from __future__ import annotations

_WORDS = (
    "aggregateresult apexpages approval assert asyncexception auth aurahandledexception batchable"
    " batchablecontext blob boolean cache callable calloutexception canvas chatteranswers collator comparable"
    " comparator connectapi continuation crypto database datasource datetime date decimal dml dmlexception dom"
    " double email emailexception encodingutil enum eventbus exception finalizer finalizercontext flow formula"
    " formulaeval handledexception http httpcalloutmock httprequest httpresponse id"
    " illegalargumentexception installcontext installhandler integer invocable iterable iterator json"
    " jsonexception jsongenerator jsonparser jsontoken label limitexception limits list listexception long map"
    " matcher math mathexception messaging metadata noaccessexception nodatafoundexception"
    " nullpointerexception object orglimit orglimits page pagereference pattern process queryexception"
    " queueable queueablecontext quickaction request reports restcontext restrequest restresponse"
    " sandboxcontext sandboxpostcopy savepoint schedulable schedulablecontext schema search security"
    " securityexception selectoption set site slack sobject sobjectaccessdecision sobjectexception sobjectfield"
    " sobjecttype string stringexception stubprovider support system test this super time timezone"
    " triggeroperation trigger type typeexception uninstallcontext uninstallhandler url userinfo"
    " userprovisioning uuid version visualforceexception void wave webservicecallout webservicemock"
    " xmlexception xmlstreamreader xmlstreamwriter accesslevel accesstype"
)
_NAMES = frozenset(_WORDS.split())


def is_platform(name: str) -> bool:
    """Whether a type, or the namespace that it begins with, belongs to the platform."""
    return name.partition(".")[0].lower() in _NAMES
