"""The readers of code, by file suffix, and of the descriptors beside it, by metadata suffix."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sources.salesforce.on_demand import reader
from auditor.sources.salesforce.parsed import Reader, TextReader

TEXT_READERS: Mapping[str, TextReader] = {
    "cls": reader("code.apex:read_class"),
    "trigger": reader("code.apex:read_trigger"),
    "page": reader("code.visualforce:read_visualforce_page"),
    "component": reader("code.visualforce:read_visualforce_component"),
    "cmp": reader("code.aura:read_aura_markup"),
    "aura-app": reader("code.aura:read_aura_markup"),
    "evt": reader("code.aura:read_aura_markup"),
    "intf": reader("code.aura:read_aura_markup"),
    "design": reader("code.aura:read_aura_markup"),
    "js": reader("code.lwc:read_bundle_script"),
    "ts": reader("code.lwc:read_bundle_script"),
    "html": reader("code.lwc:read_template"),
}
XML_READERS: Mapping[str, Reader] = {"js-meta": reader("code.lwc:read_web_component_meta")}
