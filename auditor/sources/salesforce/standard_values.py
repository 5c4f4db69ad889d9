"""Which shared list of values a standard picklist has.

Source: Metadata API developer guide, "StandardValueSet Names and Standard Picklist Fields".
"""

from __future__ import annotations

from collections.abc import Mapping

STANDARD_VALUE_SETS: Mapping[tuple[str, str], str] = {
    ("account", "accountsource"): "LeadSource",
    ("account", "industry"): "Industry",
    ("account", "ownership"): "AccountOwnership",
    ("account", "rating"): "AccountRating",
    ("account", "type"): "AccountType",
    ("accountcontactrelation", "roles"): "AccountContactMultiRoles",
    ("asset", "status"): "AssetStatus",
    ("campaign", "status"): "CampaignStatus",
    ("campaign", "type"): "CampaignType",
    ("campaignmember", "status"): "CampaignMemberStatus",
    ("case", "origin"): "CaseOrigin",
    ("case", "priority"): "CasePriority",
    ("case", "reason"): "CaseReason",
    ("case", "status"): "CaseStatus",
    ("case", "type"): "CaseType",
    ("contact", "leadsource"): "LeadSource",
    ("contact", "salutation"): "Salutation",
    ("contract", "status"): "ContractStatus",
    ("lead", "industry"): "Industry",
    ("lead", "leadsource"): "LeadSource",
    ("lead", "rating"): "AccountRating",
    ("lead", "salutation"): "Salutation",
    ("lead", "status"): "LeadStatus",
    ("opportunity", "forecastcategoryname"): "ForecastCategoryName",
    ("opportunity", "leadsource"): "LeadSource",
    ("opportunity", "stagename"): "OpportunityStage",
    ("opportunity", "type"): "OpportunityType",
    ("order", "status"): "OrderStatus",
    ("order", "type"): "OrderType",
    ("product2", "family"): "Product2Family",
    ("quote", "status"): "QuoteStatus",
    ("solution", "status"): "SolutionStatus",
    ("task", "priority"): "TaskPriority",
    ("task", "status"): "TaskStatus",
    ("workorder", "priority"): "WorkOrderPriority",
    ("workorder", "status"): "WorkOrderStatus",
}
"""By object and field in lower case."""
