"""Report types and what their columns mean. The notation of aliases is that of `data_aliases`.

Source of the names and of the objects they span: "Get a List of Report Types" in the Reports and Dashboards REST
API guide (v39–67), whose labels say it ("Opportunities with Products"); of the columns: "Report Fields" of the
same guide, and reports of the repositories named in `data_aliases`.
"""

from __future__ import annotations

REPORT_TYPES = {
    "AccountList": ("Account",),
    "ContactList": ("Contact", "Account"),
    "LeadList": ("Lead",),
    "CaseList": ("Case", "Account", "Contact"),
    "Opportunity": ("Opportunity", "Account"),
    "OpportunityProduct": ("Opportunity", "OpportunityLineItem", "Product2", "Account"),
    "OpportunityContact": ("OpportunityContactRole", "Opportunity", "Contact", "Account"),
    "CampaignList": ("Campaign",),
    "CampaignMember": ("CampaignMember", "Campaign", "Contact", "Lead"),
    "CampaignContact": ("CampaignMember", "Campaign", "Contact", "Account"),
    "CampaignLead": ("CampaignMember", "Campaign", "Lead"),
    "Activity": ("Activity", "Account", "Contact"),
    "ContractList": ("Contract",),
    "OrderList": ("Order",),
    "ProductList": ("Product2",),
    "SolutionList": ("Solution",),
    "User": ("User",),
}
"""Standard report types and the objects that they span, the one that a bare name means first."""

MIXED_REPORT_TYPES = {
    "AccountPartner": ("AccountPartner", "Account"),
    "AccountTeam": ("AccountTeamMember", "Account"),
    "AccountContactRole": ("AccountContactRole", "Account", "Contact"),
    "AccountAsset": ("Asset", "Account", "Product2"),
    "ContactAsset": ("Asset", "Contact", "Account", "Product2"),
    "AccountAuditHistory": ("Account",),
    "ContactAuditHistory": ("Contact",),
    "OpportunityPartner": ("OpportunityPartner", "Opportunity", "Account"),
    "OpportunityCompetitor": ("OpportunityCompetitor", "Opportunity", "Account"),
    "OpportunityHistory": ("OpportunityHistory", "Opportunity", "Account"),
    "OpportunityFieldAuditHistory": ("Opportunity",),
    "OpportunityTrend": ("Opportunity", "Account"),
    "OpportunityContactProduct": ("OpportunityContactRole", "Opportunity", "OpportunityLineItem", "Contact"),
    "CaseHistory": ("Case", "Account", "Contact"),
    "CaseContactRole": ("Case", "Contact"),
    "CaseAsset": ("Case", "Asset"),
    "CaseSolution": ("Case", "Solution"),
    "CaseAuditHistory": ("Case",),
    "SolutionCategory": ("Solution",),
    "SolutionAuditHistory": ("Solution",),
    "OpportunityLead": ("Lead", "Opportunity", "Account", "Contact"),
    "LeadAuditHistory": ("Lead",),
    "EventAttendee": ("Event",),
    "EmailStatus": ("EmailStatus", "Activity"),
    "AccountActivity": ("Activity", "Account"),
    "ContactActivity": ("Activity", "Contact", "Account"),
    "OpportunityActivity": ("Activity", "Opportunity", "Account"),
    "LeadActivity": ("Activity", "Lead"),
    "CaseActivity": ("Activity", "Case", "Account", "Contact"),
    "SolutionActivity": ("Activity", "Solution"),
    "ContractActivity": ("Activity", "Contract"),
    "ProductActivity": ("Activity", "Product2"),
    "ContractAuditHistory": ("Contract",),
    "ContractOrder": ("Contract", "Order", "Account"),
    "ContractOrderItem": ("Contract", "Order", "OrderItem", "Account"),
    "ContractContactRole": ("ContractContactRole", "Contract", "Contact"),
    "OrderItemList": ("Order", "OrderItem", "Product2"),
    "OrderAuditHistory": ("Order",),
    "ProductOpportunity": ("Product2", "OpportunityLineItem", "Opportunity"),
    "PricebookProduct": ("Pricebook2", "PricebookEntry", "Product2"),
    "ProductAsset": ("Product2", "Asset"),
    "AssetWithProduct": ("Asset", "Product2", "Account", "Contact"),
    "AssetCase": ("Asset", "Case", "Account"),
    "ReportList": ("Report",),
    "DocumentList": ("Document",),
}
"""Types whose columns no sample settles: a bare name counts only where one object of theirs alone has it."""

BARE_IN_REPORTS = {
    "Opportunity": "ACCOUNT_NAME=Account.Name ACCOUNT_ID=AccountId ACCOUNT_RECORDTYPE=Account.RecordTypeId "
    "FULL_NAME=Owner.Name ROLLUP_DESCRIPTION=Owner.UserRole.RollupDescription ALIAS=Owner.Alias "
    "OWNER_MANAGER=Owner.Manager.Name ACCOUNT_OWNER=Account.Owner.Name ACCOUNT_OWNER_ALIAS=Account.Owner.Alias "
    "ACCOUNT_CREATED_DATE=Account.CreatedDate ACCOUNT_LAST_UPDATE=Account.LastModifiedDate "
    "ACCOUNT_LAST_ACTIVITY=Account.LastActivityDate",
    "OpportunityContactRole": "CONTACT_ACCOUNT.NAME=Contact.Account.Name FIRST_NAME=Contact.FirstName "
    "LAST_NAME=Contact.LastName",
    "CampaignMember": "FIRST_NAME=FirstName LAST_NAME=LastName",
}
"""By the first object of a report type: what a bare name means there, before the object's own aliases."""

CUSTOM_ENTITY = """
    NAME=Name ID=Id CREATED_DATE=CreatedDate CREATED_NAME=CreatedBy.Name CREATED_ALIAS=CreatedBy.Alias
    LAST_UPDATE=LastModifiedDate LAST_UPDATE_NAME=LastModifiedBy.Name LAST_UPDATE_ALIAS=LastModifiedBy.Alias
    OWNER_NAME=Owner.Name OWNER_ALIAS=Owner.Alias RECORDTYPE=RecordTypeId LAST_ACTIVITY=LastActivityDate
"""
"""What follows `CUST_` and `CHILD_` in reports on custom objects."""

FOREIGN_PREFIXES = {"OPP_": "Opportunity", "CNTC_": "Contact", "ACC_": "Account", "CMP_": "Campaign"}
"""What follows `FK_` in a report over a lookup: a part that names the object, then that object's alias."""
