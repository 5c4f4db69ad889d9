"""Standard objects of sales and marketing: their commonly used fields. See `standard` for the notation.

Source: Object Reference for the Salesforce Platform, "Standard Objects" (API 60–66), written down by hand and
compared with the schema that jsforce ships (`src/types/standard-schema.ts`, commit e744dad).
"""

from __future__ import annotations

SALES = (
    """Account @audit @viewed @owner @recordtype @activity @currency Name MasterRecordId>Account Type:picklist
    ParentId>Account/ChildAccounts @address:Billing @address:Shipping Phone:phone Fax:phone AccountNumber
    Website:url PhotoUrl:url Sic Industry:picklist AnnualRevenue:currency NumberOfEmployees:int
    Ownership:picklist TickerSymbol Description:textarea Rating:picklist Site AccountSource:picklist
    SicDesc Jigsaw JigsawCompanyId CleanStatus:picklist DunsNumber Tradestyle NaicsCode NaicsDesc
    YearStarted DandbCompanyId>DandBCompany OperatingHoursId>OperatingHours IsPersonAccount:boolean
    IsPartner:boolean IsCustomerPortal:boolean ChannelProgramName ChannelProgramLevelName Tier
    IsExcludedFromRealign:boolean PersonContactId>Contact FirstName LastName MiddleName Salutation:picklist
    Suffix PersonEmail:email PersonTitle PersonDepartment PersonMobilePhone:phone PersonHomePhone:phone
    PersonOtherPhone:phone PersonAssistantName PersonAssistantPhone:phone PersonBirthdate:date
    PersonLeadSource:picklist PersonDoNotCall:boolean PersonHasOptedOutOfEmail:boolean
    PersonHasOptedOutOfFax:boolean PersonIndividualId>Individual PersonEmailBouncedReason
    PersonEmailBouncedDate:datetime PersonLastCURequestDate:datetime PersonLastCUUpdateDate:datetime
    PersonPronouns:picklist PersonGenderIdentity:picklist @address:PersonMailing @address:PersonOther""",
    """Contact @audit @viewed @owner @recordtype @activity @currency Name MasterRecordId>Contact
    AccountId>Account/Contacts FirstName LastName MiddleName Salutation:picklist Suffix @address:Mailing
    @address:Other Phone:phone Fax:phone MobilePhone:phone HomePhone:phone OtherPhone:phone
    AssistantPhone:phone ReportsToId>Contact Email:email Title Department AssistantName LeadSource:picklist
    Birthdate:date Description:textarea HasOptedOutOfEmail:boolean HasOptedOutOfFax:boolean
    DoNotCall:boolean LastCURequestDate:datetime LastCUUpdateDate:datetime EmailBouncedReason
    EmailBouncedDate:datetime IsEmailBounced:boolean PhotoUrl:url Jigsaw JigsawContactId
    CleanStatus:picklist IndividualId>Individual/Contacts IsPriorityRecord:boolean ContactSource:picklist
    TitleType:picklist DepartmentGroup:picklist BuyerAttributes:multipicklist Pronouns:picklist
    GenderIdentity:picklist IsPersonAccount:boolean CanAllowPortalSelfReg:boolean ActivityMetricId
    FirstCallDateTime:datetime FirstEmailDateTime:datetime""",
    """Opportunity @audit @viewed @owner @recordtype @activity @currency AccountId>Account/Opportunities
    IsPrivate:boolean Name Description:textarea StageName:picklist Amount:currency Probability:percent
    ExpectedRevenue:currency TotalOpportunityQuantity:double CloseDate:date Type:picklist NextStep
    LeadSource:picklist IsClosed:boolean IsWon:boolean ForecastCategory:picklist
    ForecastCategoryName:picklist CampaignId>Campaign/Opportunities HasOpportunityLineItem:boolean
    Pricebook2Id>Pricebook2/Opportunities PushCount:int LastStageChangeDate:datetime FiscalQuarter:int
    FiscalYear:int Fiscal ContactId>Contact/Opportunities ContractId>Contract PartnerAccountId>Account
    SyncedQuoteId>Quote HasOpenActivity:boolean HasOverdueTask:boolean Territory2Id>Territory2
    IsExcludedFromTerritory2Filter:boolean LastAmountChangedHistoryId>OpportunityHistory
    LastCloseDateChangedHistoryId>OpportunityHistory IsPriorityRecord:boolean IsSplit:boolean IqScore:int""",
    """Lead @audit @viewed @owner @recordtype @activity @currency MasterRecordId>Lead LastName FirstName
    MiddleName Salutation:picklist Suffix Name Title Company @address: Phone:phone MobilePhone:phone
    Fax:phone Email:email Website:url PhotoUrl:url Description:textarea LeadSource:picklist Status:picklist
    Industry:picklist Rating:picklist AnnualRevenue:currency NumberOfEmployees:int
    HasOptedOutOfEmail:boolean HasOptedOutOfFax:boolean DoNotCall:boolean IsConverted:boolean
    ConvertedDate:date ConvertedAccountId>Account ConvertedContactId>Contact
    ConvertedOpportunityId>Opportunity IsUnreadByOwner:boolean Jigsaw JigsawContactId CleanStatus:picklist
    CompanyDunsNumber DandbCompanyId>DandBCompany EmailBouncedReason EmailBouncedDate:datetime
    IndividualId>Individual/Leads IsPriorityRecord:boolean LastTransferDate:date PartnerAccountId>Account
    ScoreIntelligenceId Pronouns:picklist GenderIdentity:picklist FirstCallDateTime:datetime
    FirstEmailDateTime:datetime ActivityMetricId""",
    """Campaign @audit @viewed OwnerId>User @recordtype @activity @currency Name
    ParentId>Campaign/ChildCampaigns Type:picklist Status:picklist StartDate:date EndDate:date
    ExpectedRevenue:currency BudgetedCost:currency ActualCost:currency ExpectedResponse:percent
    NumberSent:double IsActive:boolean Description:textarea NumberOfLeads:int NumberOfConvertedLeads:int
    NumberOfContacts:int NumberOfResponses:int NumberOfOpportunities:int NumberOfWonOpportunities:int
    AmountAllOpportunities:currency AmountWonOpportunities:currency HierarchyNumberOfLeads:int
    HierarchyNumberOfConvertedLeads:int HierarchyNumberOfContacts:int HierarchyNumberOfResponses:int
    HierarchyNumberOfOpportunities:int HierarchyNumberOfWonOpportunities:int
    HierarchyAmountAllOpportunities:currency HierarchyAmountWonOpportunities:currency
    HierarchyNumberSent:double HierarchyExpectedRevenue:currency HierarchyBudgetedCost:currency
    HierarchyActualCost:currency CampaignMemberRecordTypeId>RecordType CampaignImageId>ContentAsset
    TenantId""",
    """CampaignMember @audit @recordtype @currency CampaignId>Campaign/CampaignMembers
    LeadId>Lead/CampaignMembers ContactId>Contact/CampaignMembers AccountId>Account/CampaignMembers
    LeadOrContactId>Lead|Contact LeadOrContactOwnerId>User|Group Status:picklist HasResponded:boolean
    FirstRespondedDate:date Name FirstName LastName Salutation:picklist Title Street City State PostalCode
    Country Email:email Phone:phone Fax:phone MobilePhone:phone Description:textarea DoNotCall:boolean
    HasOptedOutOfEmail:boolean HasOptedOutOfFax:boolean LeadSource:picklist CompanyOrAccount Type""",
    """CampaignMemberStatus @audit CampaignId>Campaign/CampaignMemberStatuses Label SortOrder:int
    IsDefault:boolean HasResponded:boolean""",
    """CampaignInfluence @audit OpportunityId>Opportunity/CampaignInfluences
    CampaignId>Campaign/CampaignInfluences ContactId>Contact/CampaignInfluences ModelId Influence:percent
    RevenueShare:currency""",
    """Product2 @audit @viewed @recordtype @currency Name ProductCode Description:textarea IsActive:boolean
    Family:picklist ExternalDataSourceId ExternalId DisplayUrl:url QuantityUnitOfMeasure:picklist
    IsArchived:boolean StockKeepingUnit Type:picklist ProductClass:picklist CanUseQuantitySchedule:boolean
    CanUseRevenueSchedule:boolean IsSerialized:boolean SellerId SourceProductId>Product2 TaxPolicyId
    BillingPolicyId ConfigureDuringSale:picklist NumberOfQuantityInstallments:int
    NumberOfRevenueInstallments:int QuantityInstallmentPeriod:picklist RevenueInstallmentPeriod:picklist
    QuantityScheduleType:picklist RevenueScheduleType:picklist BasedOnId IsSoldOnlyWithOtherProds:boolean""",
    """Pricebook2 @audit @viewed @currency Name IsActive:boolean IsArchived:boolean Description:textarea
    IsStandard:boolean ValidFrom:datetime ValidTo:datetime""",
    """PricebookEntry @audit @currency Name Pricebook2Id>Pricebook2/PricebookEntries
    Product2Id>Product2/PricebookEntries UnitPrice:currency IsActive:boolean UseStandardPrice:boolean
    ProductCode IsArchived:boolean ProductSellingModelId""",
    """OpportunityLineItem @audit @viewed @currency OpportunityId>Opportunity/OpportunityLineItems
    SortOrder:int PricebookEntryId>PricebookEntry/OpportunityLineItems Product2Id>Product2 ProductCode Name
    Quantity:double Discount:percent Subtotal:currency TotalPrice:currency UnitPrice:currency
    ListPrice:currency ServiceDate:date Description HasRevenueSchedule:boolean HasQuantitySchedule:boolean
    HasSchedule:boolean""",
    """OpportunityLineItemSchedule @audit
    OpportunityLineItemId>OpportunityLineItem/OpportunityLineItemSchedules Type:picklist Revenue:currency
    Quantity:double Description ScheduleDate:date""",
    """OpportunityContactRole @audit @currency OpportunityId>Opportunity/OpportunityContactRoles
    ContactId>Contact/OpportunityContactRoles Role:picklist IsPrimary:boolean""",
    """OpportunityTeamMember @audit @currency OpportunityId>Opportunity/OpportunityTeamMembers UserId>User
    Name PhotoUrl:url Title TeamMemberRole:picklist OpportunityAccessLevel:picklist""",
    """OpportunitySplit @audit @currency OpportunityId>Opportunity/OpportunitySplits SplitOwnerId>User
    SplitPercentage:percent SplitAmount:currency SplitNote SplitTypeId""",
    """OpportunityCompetitor @audit OpportunityId>Opportunity/OpportunityCompetitors CompetitorName Strengths
    Weaknesses""",
    """OpportunityHistory Id IsDeleted:boolean OpportunityId>Opportunity/OpportunityHistories CreatedById>User
    CreatedDate:datetime StageName:picklist Amount:currency ExpectedRevenue:currency CloseDate:date
    Probability:percent ForecastCategory:picklist SystemModstamp:datetime PrevAmount:currency
    PrevCloseDate:date""",
    """Partner @audit OpportunityId>Opportunity AccountFromId>Account AccountToId>Account Role:picklist
    IsPrimary:boolean ReversePartnerId>Partner""",
    """AccountPartner @audit AccountFromId>Account/AccountPartnersFrom AccountToId>Account/AccountPartnersTo
    OpportunityId>Opportunity/AccountPartners Role:picklist IsPrimary:boolean
    ReversePartnerId>AccountPartner""",
    """OpportunityPartner @audit OpportunityId>Opportunity/OpportunityPartnersFrom
    AccountToId>Account/OpportunityPartnersTo Role:picklist IsPrimary:boolean
    ReversePartnerId>OpportunityPartner""",
    """AccountContactRelation @audit @currency AccountId>Account/AccountContactRelations
    ContactId>Contact/AccountContactRelations Roles:multipicklist IsDirect:boolean IsActive:boolean
    StartDate:date EndDate:date""",
    """AccountContactRole @audit AccountId>Account/AccountContactRoles ContactId>Contact/AccountContactRoles
    Role:picklist IsPrimary:boolean""",
    """AccountTeamMember @audit @currency AccountId>Account/AccountTeamMembers UserId>User PhotoUrl:url Title
    TeamMemberRole:picklist AccountAccessLevel:picklist OpportunityAccessLevel:picklist
    CaseAccessLevel:picklist ContactAccessLevel:picklist""",
    """Quote @audit @viewed @owner @recordtype @currency Name OpportunityId>Opportunity/Quotes
    Pricebook2Id>Pricebook2/Quotes ContactId>Contact/Quotes AccountId>Account/Quotes ContractId>Contract
    QuoteNumber IsSyncing:boolean ShippingHandling:currency Tax:currency Status:picklist
    ExpirationDate:date Description:textarea Subtotal:currency TotalPrice:currency LineItemCount:int
    Discount:percent GrandTotal:currency BillingName ShippingName QuoteToName AdditionalName
    @address:Billing @address:Shipping @address:QuoteTo @address:Additional Email:email Phone:phone
    Fax:phone CanCreateQuoteLineItems:boolean RelatedWorkId""",
    """QuoteLineItem @audit @viewed @currency LineNumber QuoteId>Quote/QuoteLineItems
    PricebookEntryId>PricebookEntry OpportunityLineItemId>OpportunityLineItem Quantity:double
    UnitPrice:currency Discount:percent Description ServiceDate:date Product2Id>Product2/QuoteLineItems
    SortOrder:int HasRevenueSchedule:boolean HasQuantitySchedule:boolean HasSchedule:boolean
    ListPrice:currency Subtotal:currency TotalPrice:currency""",
    """QuoteDocument @audit QuoteId>Quote/QuoteDocuments Name Document:base64 Discount:percent
    GrandTotal:currency ContentVersionDocumentId>ContentVersion""",
    """Order @audit @viewed @owner @recordtype @currency ContractId>Contract/Orders AccountId>Account/Orders
    Pricebook2Id>Pricebook2/Orders OriginalOrderId>Order/Orders EffectiveDate:date EndDate:date
    IsReductionOrder:boolean Status:picklist Description:textarea CustomerAuthorizedById>Contact
    CustomerAuthorizedDate:date CompanyAuthorizedById>User CompanyAuthorizedDate:date Type:picklist
    @address:Billing @address:Shipping Name PoDate:date PoNumber OrderReferenceNumber
    BillToContactId>Contact ShipToContactId>Contact ActivatedDate:datetime ActivatedById>User
    StatusCode:picklist OrderNumber TotalAmount:currency OpportunityId>Opportunity/Orders
    QuoteId>Quote/Orders RelatedOrderId""",
    """OrderItem @audit @viewed @currency Product2Id>Product2 OrderId>Order/OrderItems
    PricebookEntryId>PricebookEntry/OrderItems OriginalOrderItemId>OrderItem/ChildOrderItems
    AvailableQuantity:double Quantity:double UnitPrice:currency ListPrice:currency TotalPrice:currency
    ServiceDate:date EndDate:date Description OrderItemNumber QuoteLineItemId>QuoteLineItem""",
    """Contract @audit @viewed @owner @recordtype @activity @currency AccountId>Account/Contracts
    Pricebook2Id>Pricebook2/Contracts OwnerExpirationNotice:picklist StartDate:date EndDate:date
    @address:Billing @address:Shipping ContractTerm:int Status:picklist
    CompanySignedId>User/ContractsSigned CompanySignedDate:date CustomerSignedId>Contact/ContractsSigned
    CustomerSignedTitle CustomerSignedDate:date SpecialTerms:textarea ActivatedById>User
    ActivatedDate:datetime StatusCode:picklist Description:textarea Name ContractNumber
    LastApprovedDate:datetime""",
    """ContractContactRole @audit ContractId>Contract/ContractContactRoles
    ContactId>Contact/ContractContactRoles Role:picklist IsPrimary:boolean""",
    """Territory2 @audit Name Territory2TypeId Territory2ModelId ParentTerritory2Id>Territory2
    Description:textarea ForecastUserId>User AccountAccessLevel:picklist OpportunityAccessLevel:picklist
    CaseAccessLevel:picklist ContactAccessLevel:picklist DeveloperName""",
    """DandBCompany @audit Name DunsNumber Street City State PostalCode Country Phone:phone Fax:phone URL:url
    SalesVolume:currency EmployeesTotal:double PrimaryNaics PrimarySic""",
    """Individual @audit @viewed OwnerId>User @recordtype LastName FirstName Salutation:picklist MiddleName
    Suffix Name HasOptedOutTracking:boolean HasOptedOutProfiling:boolean HasOptedOutProcessing:boolean
    HasOptedOutSolicit:boolean ShouldForget:boolean SendIndividualData:boolean CanStorePiiElsewhere:boolean
    HasOptedOutGeoTracking:boolean BirthDate:date DeathDate:date ConvictionsCount:int ChildrenCount:int
    MilitaryService:picklist IsHomeOwner:boolean Occupation Website:url IndividualsAge:picklist
    MasterRecordId>Individual ConsumerCreditScore:int ConsumerCreditScoreProviderName InfluencerRating:int""",
)
