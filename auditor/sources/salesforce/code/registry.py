"""The readers of code, by file suffix, and of the descriptors beside it, by metadata suffix."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sources.salesforce.code.apex import read_class, read_trigger
from auditor.sources.salesforce.code.aura import read_aura_markup
from auditor.sources.salesforce.code.lwc import read_bundle_script, read_template, read_web_component_meta
from auditor.sources.salesforce.code.visualforce import read_visualforce_component, read_visualforce_page
from auditor.sources.salesforce.parsed import Reader, TextReader

TEXT_READERS: Mapping[str, TextReader] = {
    "cls": read_class,
    "trigger": read_trigger,
    "page": read_visualforce_page,
    "component": read_visualforce_component,
    "cmp": read_aura_markup,
    "aura-app": read_aura_markup,
    "evt": read_aura_markup,
    "intf": read_aura_markup,
    "design": read_aura_markup,
    "js": read_bundle_script,
    "ts": read_bundle_script,
    "html": read_template,
}
XML_READERS: Mapping[str, Reader] = {"js-meta": read_web_component_meta}
