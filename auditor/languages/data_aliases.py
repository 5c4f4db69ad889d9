"""Column names of reports, list views, related lists and search layouts that are no field names.

Nowhere documented as a list. Sources: the describe answers in the vendor's Reports and Dashboards REST API guide
(`OPPORTUNITY_NAME`, `EXP_AMOUNT`, `NEXT_STEP`, …), the samples of the Metadata API guide (Report, ListView,
Layout), and list views, layouts and reports of public repositories (SalesforceFoundation/Cumulus, PMM,
Volunteers-for-Salesforce and EDA, bcgov/MoH-SAT), whose labels and filters say what a column is. A column whose
meaning none of them settles is left out on purpose, and is then reported as unresolved.

Notation: `ALIAS=Path`, the path as in SOQL from the object named; `ALIAS=` stands for no field at all (a value
that Salesforce computes).
"""

from __future__ import annotations

_ADDRESS = (
    "STREET=Street CITY=City STATE=State ZIP=PostalCode COUNTRY=Country STATE_CODE=StateCode "
    "COUNTRY_CODE=CountryCode"
)


def _address(alias: str, field: str) -> str:
    pairs = (pair.split("=") for pair in _ADDRESS.split())
    return " ".join(f"{alias}_{end}={field}{part}" for end, part in pairs)


COMMON = """
    CREATED_MONTH=CreatedDate CREATED_DATE=CreatedDate
    CREATED_DATEONLY=CreatedDate CREATED_DATE_DATE_ONLY=CreatedDate
    LAST_UPDATE=LastModifiedDate LAST_UPDATE_DATE_ONLY=LastModifiedDate
    CREATED=CreatedBy.Name CREATED_ALIAS=CreatedBy.Alias
    CREATEDBY_USER=CreatedBy.Name CREATEDBY_USER.ALIAS=CreatedBy.Alias UPDATEDBY_USER=LastModifiedBy.Name
    UPDATEDBY_USER.ALIAS=LastModifiedBy.Alias LAST_UPDATE_BY=LastModifiedBy.Name
    LAST_UPDATE_BY_ALIAS=LastModifiedBy.Alias RECORDTYPE=RecordTypeId OBJECT_ID=Id
    CURRENCY_ISO_CODE=CurrencyIsoCode OWNER.ALIAS=Owner.Alias OWNER.FIRST_NAME=Owner.FirstName
    OWNER.LAST_NAME=Owner.LastName OWNER_NAME=Owner.Name OWNER_FULL_NAME=Owner.Name OWNER_ALIAS=Owner.Alias
    LAST_ACTIVITY=LastActivityDate
"""
"""Names that mean the same on every object that has such a field."""

OBJECTS = {
    "Account": f"""
    NAME=Name SITE=Site PHONE1=Phone PHONE2=Fax TYPE=Type INDUSTRY=Industry RATING=Rating OWNERSHIP=Ownership
    SALES=AnnualRevenue EMPLOYEES=NumberOfEmployees ACCOUNT_NUMBER=AccountNumber URL=Website
    DESCRIPTION=Description ACCOUNT_ID=Id ID=Id ACC_NAME=Name PARENT_NAME=Parent.Name USERS.NAME=Owner.Name
    PC_PHONE3=PersonMobilePhone PC_PHONE4=PersonHomePhone PC_PHONE5=PersonOtherPhone
    PC_PHONE6=PersonAssistantPhone {_address("PC_ADDRESS1", "PersonOther")}
    {_address("PC_ADDRESS2", "PersonMailing")}
    {_address("ADDRESS1", "Billing")} {_address("ADDRESS2", "Shipping")}""",
    "Contact": f"""
    NAME=Name FULL_NAME=Name CONTACT_ID=Id FIRST_NAME=FirstName LAST_NAME=LastName SALUTATION=Salutation
    TITLE=Title DEPARTMENT=Department EMAIL=Email PHONE1=Phone PHONE2=Fax PHONE3=MobilePhone PHONE4=HomePhone
    PHONE5=OtherPhone PHONE6=AssistantPhone ASSISTANT=AssistantName BIRTHDATE=Birthdate LEAD_SOURCE=LeadSource
    DESCRIPTION=Description EMAIL_OPT_OUT=HasOptedOutOfEmail ACCOUNT_NAME=Account.Name
    REPORTS_TO.NAME=ReportsTo.Name CNTC_FIRST_NAME=FirstName CNTC_LAST_NAME=LastName CNTC_TITLE=Title
    CNTC_ADDR1_LINE1=OtherStreet CNTC_ADDR2_LINE1=MailingStreet
    {_address("CNTC_ADDR1", "Other")} {_address("CNTC_ADDR2", "Mailing")}
    {_address("ADDRESS1", "Other")} {_address("ADDRESS2", "Mailing")}""",
    "Lead": """
    NAME=Name FULL_NAME=Name LEAD_ID=Id FIRST_NAME=FirstName LAST_NAME=LastName SALUTATION=Salutation TITLE=Title
    COMPANY=Company EMAIL=Email PHONE=Phone MOBILE_PHONE=MobilePhone FAX=Fax STREET=Street CITY=City STATE=State
    ZIP=PostalCode COUNTRY=Country STATE_CODE=StateCode COUNTRY_CODE=CountryCode STATUS=Status RATING=Rating
    LEAD_SOURCE=LeadSource INDUSTRY=Industry ANNUAL_REVENUE=AnnualRevenue EMPLOYEES=NumberOfEmployees
    URL=Website DESCRIPTION=Description UNREAD=IsUnreadByOwner CONVERTED=IsConverted
    CONVERTED_DATE=ConvertedDate OWNER=Owner.Name
    EMAIL_BOUNCED_DATE=EmailBouncedDate OWNER_ROLE_DISPLAY=Owner.UserRole.RollupDescription""",
    "Opportunity": """
    NAME=Name OPPORTUNITY_NAME=Name OPPORTUNITY_ID=Id AMOUNT=Amount CLOSE_DATE=CloseDate CLOSE_DATE2=CloseDate
    CLOSE_MONTH=CloseDate PRIVATE=IsPrivate STAGE_NAME=StageName PROBABILITY=Probability EXP_AMOUNT=ExpectedRevenue
    NEXT_STEP=NextStep LEAD_SOURCE=LeadSource TYPE=Type FORECAST_CATEGORY=ForecastCategoryName CLOSED=IsClosed
    WON=IsWon DESCRIPTION=Description FISCAL_QUARTER=Fiscal FISCAL_YEAR=FiscalYear
    CAMPAIGN_SOURCE=CampaignId OPP_AMOUNT=Amount OPP_CLOSE_DATE=CloseDate OPP_STAGE_NAME=StageName
    OPP_TYPE=Type OPP_PROBABILITY=Probability OPP_WON=IsWon OPP_CLOSED=IsClosed OPP_RECORDTYPE=RecordTypeId
    OPP_OWNER_NAME=Owner.Name LAST_STAGE_CHANGE_DATE=LastStageChangeDate AGE= STAGE_DURATION=""",
    "Case": """
    CASE_NUMBER=CaseNumber CASE_ID=Id CASE_STATUS=Status CASE_PRIORITY=Priority CASE_TYPE=Type
    CASE_RECORDTYPE=RecordTypeId SUBJECT=Subject STATUS=Status PRIORITY=Priority ORIGIN=Origin TYPE=Type
    REASON=Reason CLOSED=IsClosed CLOSED_DATE=ClosedDate CLOSED_DATEONLY=ClosedDate DESCRIPTION=Description
    OWNER=Owner.Name AGE=""",
    "Campaign": """
    NAME=Name CAMPAIGN_NAME=Name CAMPAIGN_ID=Id CAMPAIGN_TYPE=Type STATUS=Status START_DATE=StartDate
    END_DATE=EndDate ACTIVE=IsActive ACTUAL_COST=ActualCost BUDGETED_COST=BudgetedCost
    EXP_REVENUE=ExpectedRevenue NUM_SENT=NumberSent NUM_CONTACTS=NumberOfContacts NUM_LEADS=NumberOfLeads
    NUM_RESPONSES=NumberOfResponses NUM_OPPORTUNITIES=NumberOfOpportunities
    NUM_WON_OPPORTUNITIES=NumberOfWonOpportunities AMOUNT_ALL=AmountAllOpportunities
    AMOUNT_WON=AmountWonOpportunities PARENT_NAME=Parent.Name DESCRIPTION=Description CMP_ACTIVE=IsActive
    CAMPAIGN_STATUS=Status CMP_STATUS=Status CMP_TYPE=Type CMP_START_DATE=StartDate CMP_END_DATE=EndDate ROI=
    TOTAL_NUM_LEADS=HierarchyNumberOfLeads TOT_CONTACTS=HierarchyNumberOfContacts
    TOT_CONVERTED_LEADS=HierarchyNumberOfConvertedLeads TOT_NUM_RESPONSES=HierarchyNumberOfResponses
    TOT_OPPORTUNITIES=HierarchyNumberOfOpportunities TOT_WON_OPPORTUNITIES=HierarchyNumberOfWonOpportunities
    TOT_ACTUAL_COST=HierarchyActualCost TOT_BUDGETED_COST=HierarchyBudgetedCost
    TOT_AMOUNT_ALL=HierarchyAmountAllOpportunities TOT_AMOUNT_WON=HierarchyAmountWonOpportunities
    TOT_EXP_REVENUE=HierarchyExpectedRevenue TOT_NUM_SENT=HierarchyNumberSent""",
    "CampaignMember": """
    STATUS=Status MEMBER_STATUS=Status RESPONDED=HasResponded FIRST_ASSOCIATED_DATE=CreatedDate
    FIRST_NAME=FirstName LAST_NAME=LastName TITLE=Title COMPANY=CompanyOrAccount STATE=State MEMBER_TYPE=Type
    LC_OWNER=LeadOrContactOwnerId""",
    "CampaignMemberStatus": "HASRESPONDED=HasResponded ISDEFAULT=IsDefault LABEL=Label "
    "LASTMODIFIEDBY=LastModifiedBy.Name LASTMODIFIEDDATE=LastModifiedDate",
    "Activity": """
    SUBJECT=Subject DUE_DATE=ActivityDate STATUS=Status PRIORITY=Priority WHO_NAME=Who.Name WHAT_NAME=What.Name
    CLOSED=IsClosed IS_CLOSED=IsClosed TYPE=Type DESCRIPTION=Description LOCATION=Location
    START_DATE_TIME=StartDateTime END_DATE_TIME=EndDateTime ALL_DAY=IsAllDayEvent ASSIGNED=Owner.Name
    CONTACT=Who.Name ACCOUNT=Account.Name TASK=""",
    "Task": """
    SUBJECT=Subject DUE_DATE=ActivityDate STATUS=Status PRIORITY=Priority WHO_NAME=Who.Name WHAT_NAME=What.Name
    CLOSED=IsClosed IS_CLOSED=IsClosed IS_RECURRENCE=IsRecurrence TYPE=Type DESCRIPTION=Description""",
    "Event": """
    SUBJECT=Subject DUE_DATE=ActivityDate LOCATION=Location START_DATE_TIME=StartDateTime
    END_DATE_TIME=EndDateTime END_DATE=EndDate ALL_DAY=IsAllDayEvent WHO_NAME=Who.Name WHAT_NAME=What.Name
    TYPE=Type DESCRIPTION=Description""",
    "Contract": """
    NAME=Name CONTRACT_NUMBER=ContractNumber STATUS=Status STATUS_CODE=StatusCode START_DATE=StartDate
    END_DATE=EndDate CONTRACT_TERM=ContractTerm OWNERALIAS=Owner.Alias""",
    "Order": "NAME=Name ORDER_NUMBER=OrderNumber STATUS=Status STATUS_CODE=StatusCode "
    "EFFECTIVE_DATE=EffectiveDate END_DATE=EndDate TOTAL_AMOUNT=TotalAmount TYPE=Type DESCRIPTION=Description",
    "OpportunityLineItem": "PRODUCT_NAME=Product2.Name PRODUCT_CODE=ProductCode QUANTITY=Quantity "
    "UNIT_PRICE=UnitPrice TOTAL_PRICE=TotalPrice LIST_PRICE=ListPrice SERVICE_DATE=ServiceDate",
    "OpportunityContactRole": "ROLE=Role PRIMARY=IsPrimary ContactAccountName=Contact.Account.Name "
    "ContactEmail=Contact.Email ContactName=Contact.Name ContactPhone=Contact.Phone ContactTitle=Contact.Title",
    "AccountContactRole": "ContactEmail=Contact.Email ContactName=Contact.Name ContactPhone=Contact.Phone "
    "ContactTitle=Contact.Title ContactAccountName=Contact.Account.Name",
    "ContractContactRole": "ContactEmail=Contact.Email ContactName=Contact.Name ContactPhone=Contact.Phone "
    "ContactTitle=Contact.Title ContactAccountName=Contact.Account.Name",
    "AccountContactRelation": "ROLES=Roles IS_ACTIVE=IsActive IS_DIRECT=IsDirect START_DATE=StartDate "
    "END_DATE=EndDate",
    "AccountTeamMember": "MEMBER_NAME=User.Name TEAM_MEMBER_ROLE=TeamMemberRole",
    "OpportunityTeamMember": "MemberName=User.Name OppAccessLevel=OpportunityAccessLevel",
    "AccountPartner": "PARTNER.PRIMARY=IsPrimary PARTNER.ROLE=Role ACCOUNT.NAME=AccountTo.Name",
    "OpportunityPartner": "PARTNER.PRIMARY=IsPrimary PARTNER.ROLE=Role ACCOUNT.NAME=AccountTo.Name",
    "CampaignInfluence": "REVENUE_SHARE=RevenueShare",
    "EmailStatus": "EMAIL_STATUS.CREATED_DATE=CreatedDate EMAIL_STATUS.FIRST_OPEN_DATE=FirstOpenDate "
    "EMAIL_STATUS.LAST_OPEN_DATE=LastOpenDate EMAIL_STATUS.TIMES_OPENED=TimesOpened "
    "ACTIVITY.SUBJECT=Task.Subject",
    "Product2": "NAME=Name DESCRIPTION=Description FAMILY=Family FAMILY_ENUM=Family ACTIVE=IsActive "
    "CUSTOMER_PRODUCT_ID=ProductCode EXTERNAL_ID=ExternalId EXTERNAL_DATA_SOURCE=ExternalDataSourceId",
    "Pricebook2": "NAME=Name DESCRIPTION=Description IS_ACTIVE=IsActive",
    "PricebookEntry": "USE_STANDARD_PRICE=UseStandardPrice UNIT_PRICE=UnitPrice",
    "Quote": "NAME=Name EXPIRATIONDATE=ExpirationDate ISSYNCING=IsSyncing SUBTOTAL=Subtotal TOTALPRICE=TotalPrice "
    "PHONE=Phone EMAIL=Email STATUS=Status DISCOUNT=Discount GRANDTOTAL=GrandTotal",
    "QuoteLineItem": "DISCOUNT=Discount LIST_PRICE=ListPrice PRODUCT2=Product2.Name QUANTITY=Quantity "
    "SUBTOTAL=Subtotal TOTAL_PRICE=TotalPrice UNIT_PRICE=UnitPrice",
    "QuoteDocument": "NAME=Name DISCOUNT=Discount GRANDTOTAL=GrandTotal",
    "Asset": "NAME=Name SERIAL_NUMBER=SerialNumber INSTALL_DATE=InstallDate PURCHASE_DATE=PurchaseDate "
    "STATUS=Status QUANTITY=Quantity PRICE=Price DESCRIPTION=Description",
    "Solution": "ISSUE=SolutionName SOLUTION_NUMBER=SolutionNumber STATUS=Status TIMES_USED=TimesUsed RELEVANCE=",
    "Individual": "NAME=Name FULL_NAME=Name FIRST_NAME=FirstName LAST_NAME=LastName",
    "Idea": "TITLE=Title BODY=Body CATEGORIES=Categories STATUS=Status NUM_COMMENTS=NumComments "
    "LAST_COMMENT_DATE=LastCommentDate CREATED_BY_NICKNAME=CreatedBy.CommunityNickname",
    "ContentVersion": "TITLE=Title OWNER=Owner.Name CONTENT_SIZE=ContentSize FILE_EXTENSION=FileExtension",
    "KnowledgeArticleVersion": "TITLE=Title ABSTRACT=Summary ARTICLE_NUMBER=ArticleNumber LANGUAGE=Language "
    "PUBLISH_STATUS=PublishStatus",
    "User": """
    NAME=Name FULL_NAME=Name FIRST_NAME=FirstName LAST_NAME=LastName ALIAS=Alias USERNAME=Username EMAIL=Email
    TITLE=Title PHONE=Phone CELL=MobilePhone EXTENSION=Extension ACTIVE=IsActive LAST_LOGIN=LastLoginDate
    FORECAST_ENABLED=ForecastEnabled MANAGER=Manager.Name ROLE=UserRole.Name PROFILE=Profile.Name""",
    "Profile": "NAME=Name",
    "UserRole": "NAME=Name",
}
"""By object: its aliases, which list views write with the prefix below and reports often without."""

PREFIXES = {
    "ACCOUNT": "Account",
    "SALES.ACCOUNT": "Account",
    "CONTACT": "Contact",
    "LEAD": "Lead",
    "OPPORTUNITY": "Opportunity",
    "CASES": "Case",
    "CAMPAIGN": "Campaign",
    "CM": "CampaignMember",
    "ACTIVITY": "Activity",
    "TASK": "Task",
    "EVENT": "Event",
    "CONTRACT": "Contract",
    "ORDERS": "Order",
    "ACCCONRELATION": "AccountContactRelation",
    "PRODUCT": "Product2",
    "PRODUCT2": "Product2",
    "PRICEBOOK2": "Pricebook2",
    "PB_ENTRY": "PricebookEntry",
    "QUOTE": "Quote",
    "QUOTE_LI": "QuoteLineItem",
    "QUOTE_DOC": "QuoteDocument",
    "ASSET": "Asset",
    "SOLUTION": "Solution",
    "INDIVIDUAL": "Individual",
    "IDEA": "Idea",
    "VERSION": "ContentVersion",
    "CORE.USERS": "User",
    "USERS": "User",
    "CORE.PROFILE": "Profile",
    "CORE.USER_ROLE": "UserRole",
}

BARE_IN_LISTS = {
    "Case": "NAME=Contact.Name",
    "Opportunity": "LAST_ACTIVITY_DATETIME=LastActivityDate",
    "Contract": "CONTRACT_TERM=ContractTerm",
}
"""Where a name without prefix means something of its own in a list of that object."""

RELATED_LISTS = {
    "RelatedAccountList": "Account",
    "RelatedContactList": "Contact",
    "RelatedContactListIndividual": "Contact",
    "RelatedLeadListIndividual": "Lead",
    "RelatedOpportunityList": "Opportunity",
    "RelatedCaseList": "Case",
    "RelatedActivityList": "Activity",
    "RelatedHistoryList": "Activity",
    "RelatedCampaignList": "CampaignMember",
    "RelatedCampaignMemberList": "CampaignMember",
    "RelatedCampaignMemberStatusList": "CampaignMemberStatus",
    "RelatedCampaignHierarchyList": "Campaign",
    "RelatedAccountCampaignList": "Campaign",
    "RelatedCampaignInfluence2CampaignList": "CampaignInfluence",
    "RelatedEmailStatusList": "EmailStatus",
    "RelatedAccountContactRelationList": "AccountContactRelation",
    "RelatedContactAccountRelationList": "AccountContactRelation",
    "RelatedAccountSalesTeam": "AccountTeamMember",
    "RelatedOpportunitySalesTeam": "OpportunityTeamMember",
    "RelatedOpportunitySplits": "OpportunitySplit",
    "RelatedLineItemList": "OpportunityLineItem",
    "RelatedQuoteList": "Quote",
    "RelatedQuoteLineItemList": "QuoteLineItem",
    "RelatedQuoteDocumentList": "QuoteDocument",
    "RelatedOrderList": "Order",
    "RelatedOrderItemList": "OrderItem",
    "RelatedContractList": "Contract",
    "RelatedAssetList": "Asset",
    "RelatedSolutionList": "Solution",
    "RelatedProcessHistoryList": "ProcessInstanceHistory",
}
RELATED_LISTS_BY_PARENT = {
    ("Account", "RelatedContactRoleList"): "AccountContactRole",
    ("Opportunity", "RelatedContactRoleList"): "OpportunityContactRole",
    ("Contract", "RelatedContactRoleList"): "ContractContactRole",
    ("Account", "RelatedPartnerList"): "AccountPartner",
    ("Opportunity", "RelatedPartnerList"): "OpportunityPartner",
}
"""The object whose records a standard related list shows."""
