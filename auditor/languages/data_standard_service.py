"""Standard objects of service, activities, files and administration. See `standard` for the notation.

Source: Object Reference for the Salesforce Platform, "Standard Objects" (API 60–66), written down by hand and
compared with the schema that jsforce ships (`src/types/standard-schema.ts`, commit e744dad).
"""

from __future__ import annotations

SERVICE = (
    """Case @audit @viewed @owner @recordtype @currency MasterRecordId>Case CaseNumber ContactId>Contact/Cases
    AccountId>Account/Cases AssetId>Asset/Cases ProductId>Product2/Cases SourceId ParentId>Case/Cases
    BusinessHoursId>BusinessHours/Cases SuppliedName SuppliedEmail:email SuppliedPhone SuppliedCompany
    Type:picklist Status:picklist Reason:picklist Origin:picklist Subject Priority:picklist
    Description:textarea IsClosed:boolean ClosedDate:datetime IsEscalated:boolean
    HasCommentsUnreadByOwner:boolean HasSelfServiceComments:boolean IsClosedOnCreate:boolean
    IsSelfServiceClosed:boolean EntitlementId>Entitlement/Cases ServiceContractId>ServiceContract
    SlaStartDate:datetime SlaExitDate:datetime IsStopped:boolean StopStartDate:datetime MilestoneStatus
    ContactPhone:phone ContactMobile:phone ContactEmail:email ContactFax:phone Comments:textarea
    Language:picklist IsVisibleInSelfService:boolean CommunityId>Network QuestionId CreatorFullPhotoUrl:url
    CreatorSmallPhotoUrl:url CreatorName FeedItemId>FeedItem""",
    """CaseComment @audit ParentId>Case/CaseComments IsPublished:boolean CommentBody:textarea
    IsNotificationSelected:boolean CreatorName CreatorFullPhotoUrl:url CreatorSmallPhotoUrl:url""",
    """CaseMilestone @audit CaseId>Case/CaseMilestones StartDate:datetime TargetDate:datetime
    CompletionDate:datetime MilestoneTypeId IsCompleted:boolean IsViolated:boolean TargetResponseInMins:int
    TimeRemainingInMins TimeSinceTargetInMins ElapsedTimeInMins:int BusinessHoursId>BusinessHours""",
    """CaseTeamMember @audit ParentId>Case/TeamMembers MemberId>User|Contact TeamTemplateMemberId TeamRoleId""",
    """Solution @audit @viewed @owner @recordtype @currency SolutionNumber SolutionName IsPublished:boolean
    IsPublishedInPublicKb:boolean Status:picklist IsReviewed:boolean SolutionNote:textarea TimesUsed:int
    IsHtml:boolean""",
    """Asset @audit @viewed @owner @recordtype @currency ContactId>Contact/Assets AccountId>Account/Assets
    ParentId>Asset/ChildAssets RootAssetId>Asset Product2Id>Product2/Assets ProductCode
    IsCompetitorProduct:boolean Name SerialNumber InstallDate:date PurchaseDate:date UsageEndDate:date
    LifecycleStartDate:datetime LifecycleEndDate:datetime Status:picklist Price:currency Quantity:double
    Description:textarea LocationId>Location AssetProvidedById>Account/ProvidedAssets
    AssetServicedById>Account/ServicedAssets IsInternal:boolean AssetLevel:int StockKeepingUnit
    HasLifecycleManagement:boolean CurrentMrr:currency CurrentLifecycleEndDate:datetime
    CurrentQuantity:double CurrentAmount:currency TotalLifecycleAmount:currency ExternalIdentifier
    @address: StatusReason:picklist Uuid ManufactureDate:date ConsequenceOfFailure:picklist""",
    """Entitlement @audit @viewed @currency Name AccountId>Account/Entitlements AssetId>Asset/Entitlements
    AssetWarrantyId Type:picklist StartDate:date EndDate:date SlaProcessId BusinessHoursId>BusinessHours
    IsPerIncident:boolean CasesPerEntitlement:int RemainingCases:int Status:picklist
    ServiceContractId>ServiceContract/Entitlements ContractLineItemId>ContractLineItem/Entitlements
    LocationId>Location WorkOrdersPerEntitlement:int RemainingWorkOrders:int
    SvcApptBookingWindowsId>OperatingHours""",
    """ServiceContract @audit @viewed @owner @recordtype @currency Name AccountId>Account/ServiceContracts
    ContactId>Contact/ServiceContracts Term:int StartDate:date EndDate:date ActivationDate:datetime
    ApprovalStatus:picklist Description:textarea @address:Billing @address:Shipping
    Pricebook2Id>Pricebook2/ServiceContracts ShippingHandling:currency Tax:currency Subtotal:currency
    TotalPrice:currency LineItemCount:int ContractNumber SpecialTerms:textarea Discount:percent
    GrandTotal:currency Status:picklist ParentServiceContractId>ServiceContract/ChildServiceContracts
    RootServiceContractId>ServiceContract/DescendantServiceContracts""",
    """ContractLineItem @audit @viewed @currency LineItemNumber
    ServiceContractId>ServiceContract/ContractLineItems Product2Id>Product2/ContractLineItems
    AssetId>Asset/ContractLineItems StartDate:date EndDate:date Description PricebookEntryId>PricebookEntry
    Quantity:double UnitPrice:currency Discount:percent ListPrice:currency Subtotal:currency
    TotalPrice:currency Status:picklist ParentContractLineItemId>ContractLineItem/ChildContractLineItems
    RootContractLineItemId>ContractLineItem/DescendantContractLineItems LocationId>Location""",
    """WorkOrder @audit @viewed @owner @recordtype @currency WorkOrderNumber CaseId>Case/WorkOrders
    EntitlementId>Entitlement/WorkOrders ServiceContractId>ServiceContract/WorkOrders
    AccountId>Account/WorkOrders ContactId>Contact/WorkOrders AssetId>Asset/WorkOrders StartDate:datetime
    EndDate:datetime Subject RootWorkOrderId>WorkOrder/DescendantWorkOrders Status:picklist
    Priority:picklist Tax:currency Subtotal:currency TotalPrice:currency LineItemCount:int
    Pricebook2Id>Pricebook2/WorkOrders Discount:percent GrandTotal:currency
    ParentWorkOrderId>WorkOrder/ChildWorkOrders Description:textarea IsClosed:boolean @address:
    LocationId>Location WorkTypeId>WorkType Duration:double DurationType:picklist DurationInMinutes:double
    ServiceTerritoryId>ServiceTerritory StatusCategory:picklist SlaStartDate:datetime SlaExitDate:datetime
    IsStopped:boolean StopStartDate:datetime MilestoneStatus BusinessHoursId>BusinessHours""",
    """WorkOrderLineItem @audit @viewed @recordtype @currency LineItemNumber
    WorkOrderId>WorkOrder/WorkOrderLineItems AssetId>Asset/WorkOrderLineItems
    OrderId>Order/WorkOrderLineItems Status:picklist Product2Id>Product2/WorkOrderLineItems
    PricebookEntryId>PricebookEntry/WorkOrderLineItems Quantity:double UnitPrice:currency Discount:percent
    ListPrice:currency Subtotal:currency TotalPrice:currency StartDate:datetime EndDate:datetime
    Description:textarea Subject Priority:picklist Duration:double DurationType:picklist
    WorkTypeId>WorkType IsClosed:boolean LocationId>Location StatusCategory:picklist @address:
    ServiceTerritoryId>ServiceTerritory ParentWorkOrderLineItemId>WorkOrderLineItem/ChildWorkOrderLineItems""",
    """WorkType @audit @viewed @owner Name Description:textarea EstimatedDuration:double DurationType:picklist
    DurationInMinutes:double ShouldAutoCreateSvcAppt:boolean""",
    """ServiceAppointment @audit @viewed @owner @recordtype AppointmentNumber
    ParentRecordId>Account|Asset|Lead|Opportunity|WorkOrder|WorkOrderLineItem ParentRecordType
    AccountId>Account/ServiceAppointments ContactId>Contact/ServiceAppointments WorkTypeId>WorkType
    ParentRecordStatusCategory:picklist Status:picklist StatusCategory:picklist Subject
    Description:textarea EarliestStartTime:datetime DueDate:datetime SchedStartTime:datetime
    SchedEndTime:datetime ActualStartTime:datetime ActualEndTime:datetime ArrivalWindowStartTime:datetime
    ArrivalWindowEndTime:datetime Duration:double DurationType:picklist DurationInMinutes:double
    ActualDuration:double ServiceTerritoryId>ServiceTerritory @address:""",
    """ServiceResource @audit @viewed Name RelatedRecordId>User ResourceType:picklist Description:textarea
    IsActive:boolean LocationId>Location AccountId>Account""",
    """ServiceTerritory @audit @viewed @owner Name ParentTerritoryId>ServiceTerritory TopLevelTerritoryId
    Description:textarea OperatingHoursId>OperatingHours IsActive:boolean @address:""",
    """Location @audit @viewed @owner Name LocationType:picklist Description:textarea
    ParentLocationId>Location RootLocationId>Location TimeZone:picklist IsMobile:boolean
    IsInventoryLocation:boolean ExternalReference Latitude:double Longitude:double Location:location""",
    """OperatingHours @audit @viewed Name Description:textarea TimeZone:picklist""",
    """BusinessHours Id Name IsActive:boolean IsDefault:boolean TimeZoneSidKey:picklist CreatedDate:datetime
    CreatedById>User LastModifiedDate:datetime LastModifiedById>User SystemModstamp:datetime
    MondayStartTime:time MondayEndTime:time TuesdayStartTime:time TuesdayEndTime:time
    WednesdayStartTime:time WednesdayEndTime:time ThursdayStartTime:time ThursdayEndTime:time
    FridayStartTime:time FridayEndTime:time SaturdayStartTime:time SaturdayEndTime:time
    SundayStartTime:time SundayEndTime:time""",
    """Task @audit @recordtype @currency WhoId>Contact|Lead/Tasks
    WhatId>Account|Asset|Campaign|Case|Contract|Opportunity|Order|Product2|Quote|Solution/Tasks
    WhoCount:int WhatCount:int Subject:combobox ActivityDate:date Status:picklist Priority:picklist
    IsHighPriority:boolean OwnerId>User|Group Description:textarea Type:picklist AccountId>Account
    IsClosed:boolean IsArchived:boolean CallDurationInSeconds:int CallType:picklist CallDisposition
    CallObject ReminderDateTime:datetime IsReminderSet:boolean RecurrenceActivityId>Task/RecurringTasks
    IsRecurrence:boolean RecurrenceStartDateOnly:date RecurrenceEndDateOnly:date
    RecurrenceTimeZoneSidKey:picklist RecurrenceType:picklist RecurrenceInterval:int
    RecurrenceDayOfWeekMask:int RecurrenceDayOfMonth:int RecurrenceInstance:picklist
    RecurrenceMonthOfYear:picklist RecurrenceRegeneratedType:picklist TaskSubtype:picklist
    CompletedDateTime:datetime IsVisibleInSelfService:boolean""",
    """Event @audit @recordtype @currency WhoId>Contact|Lead/Events
    WhatId>Account|Asset|Campaign|Case|Contract|Opportunity|Order|Product2|Quote|Solution/Events
    WhoCount:int WhatCount:int Subject:combobox Location IsAllDayEvent:boolean ActivityDateTime:datetime
    ActivityDate:date DurationInMinutes:int StartDateTime:datetime EndDateTime:datetime EndDate:date
    Description:textarea AccountId>Account OwnerId>User Type:picklist IsPrivate:boolean ShowAs:picklist
    IsChild:boolean IsGroupEvent:boolean GroupEventType:picklist IsArchived:boolean
    RecurrenceActivityId>Event/RecurringEvents IsRecurrence:boolean RecurrenceStartDateTime:datetime
    RecurrenceEndDateOnly:date RecurrenceTimeZoneSidKey:picklist RecurrenceType:picklist
    RecurrenceInterval:int RecurrenceDayOfWeekMask:int RecurrenceDayOfMonth:int RecurrenceInstance:picklist
    RecurrenceMonthOfYear:picklist ReminderDateTime:datetime IsReminderSet:boolean EventSubtype:picklist
    IsRecurrence2Exclusion:boolean Recurrence2PatternText:textarea Recurrence2PatternVersion:picklist
    IsRecurrence2:boolean IsRecurrence2Exception:boolean Recurrence2PatternStartDate:datetime
    Recurrence2PatternTimeZone IsVisibleInSelfService:boolean ServiceAppointmentId>ServiceAppointment""",
    """Activity @audit @recordtype @currency WhoId>Contact|Lead
    WhatId>Account|Asset|Campaign|Case|Contract|Opportunity|Order|Product2|Quote|Solution Subject:combobox
    ActivityDate:date Status:picklist Priority:picklist OwnerId>User|Group Description:textarea
    Type:picklist AccountId>Account IsClosed:boolean IsArchived:boolean Location StartDateTime:datetime
    EndDateTime:datetime IsAllDayEvent:boolean""",
    """EmailMessage @audit @viewed ParentId>Case/EmailMessages ActivityId>Task TextBody:textarea
    HtmlBody:textarea Headers:textarea Subject Name FromName FromAddress:email FromId
    ValidatedFromAddress:picklist ToAddress CcAddress BccAddress Incoming:boolean HasAttachment:boolean
    Status:picklist MessageDate:datetime MessageIdentifier ThreadIdentifier
    ReplyToEmailMessageId>EmailMessage IsExternallyVisible:boolean IsClientManaged:boolean
    RelatedToId>Account|Case|Contract|Opportunity|Order IsTracked:boolean IsOpened:boolean
    FirstOpenedDate:datetime LastOpenedDate:datetime IsBounced:boolean EmailTemplateId>EmailTemplate""",
    """EmailTemplate @audit Name DeveloperName NamespacePrefix OwnerId>User FolderId>Folder FolderName
    BrandTemplateId EnhancedLetterheadId TemplateStyle:picklist IsActive:boolean TemplateType:picklist
    Encoding Description Subject HtmlValue:textarea Body:textarea TimesUsed:int LastUsedDate:datetime
    ApiVersion:double Markup:textarea UiType:picklist RelatedEntityType:picklist IsBuilderContent:boolean""",
    """EmailStatus @audit TaskId>Task/EmailStatuses WhoId>Contact|Lead/EmailStatuses TimesOpened:int
    FirstOpenDate:datetime LastOpenDate:datetime EmailTemplateName""",
    """ContentVersion @audit ContentDocumentId>ContentDocument/ContentVersions IsLatest:boolean ContentUrl:url
    ContentBodyId VersionNumber Title Description:textarea ReasonForChange SharingOption:picklist
    SharingPrivacy:picklist PathOnClient RatingCount:int ContentModifiedDate:datetime
    ContentModifiedById>User PositiveRatingCount:int NegativeRatingCount:int FeaturedContentBoost:int
    OwnerId>User TagCsv FileType PublishStatus:picklist VersionData:base64 ContentSize:int FileExtension
    FirstPublishLocationId>Account|Case|Contact|Contract|Lead|Opportunity|User Origin:picklist
    ContentLocation:picklist TextPreview ExternalDocumentInfo1 ExternalDocumentInfo2 Checksum
    IsMajorVersion:boolean IsAssetEnabled:boolean RecordTypeId>RecordType""",
    """ContentDocument @audit @viewed IsArchived:boolean ArchivedById>User ArchivedDate:date OwnerId>User
    Title PublishStatus:picklist LatestPublishedVersionId>ContentVersion ParentId Description:textarea
    ContentSize:int FileType FileExtension SharingOption:picklist SharingPrivacy:picklist
    ContentModifiedDate:datetime ContentAssetId>ContentAsset""",
    """ContentDocumentLink Id
    LinkedEntityId>Account|Case|Contact|Contract|Lead|Opportunity|Order|User/ContentDocumentLinks
    ContentDocumentId>ContentDocument/ContentDocumentLinks IsDeleted:boolean SystemModstamp:datetime
    ShareType:picklist Visibility:picklist""",
    """ContentAsset @audit DeveloperName Language:picklist MasterLabel NamespacePrefix
    ContentDocumentId>ContentDocument IsVisibleByExternalUsers:boolean""",
    """Attachment @audit ParentId>Account|Campaign|Case|Contact|Contract|Lead|Opportunity|Solution/Attachments
    Name IsPrivate:boolean ContentType BodyLength:int Body:base64 OwnerId>User Description""",
    """Note @audit ParentId>Account|Contact|Contract|Lead|Opportunity/Notes Title IsPrivate:boolean
    Body:textarea OwnerId>User""",
    """Document @audit @viewed FolderId>Folder Name DeveloperName NamespacePrefix ContentType Type
    IsPublic:boolean BodyLength:int Body:base64 Url:url Description Keywords IsInternalUseOnly:boolean
    AuthorId>User IsBodySearchable:boolean""",
    """Folder Id Name DeveloperName AccessType:picklist IsReadonly:boolean Type:picklist NamespacePrefix
    ParentId>Folder/SubFolders CreatedDate:datetime CreatedById>User LastModifiedDate:datetime
    LastModifiedById>User SystemModstamp:datetime""",
    """FeedItem @audit ParentId>Account|Case|Contact|Lead|Opportunity|User Type:picklist Title Body:textarea
    LinkUrl:url IsRichText:boolean RelatedRecordId InsertedById>User BestCommentId CommentCount:int
    LikeCount:int Visibility:picklist Status:picklist""",
    """Topic Id Name Description:textarea CreatedDate:datetime CreatedById>User TalkingAbout:int
    NetworkId>Network ManagedTopicType:picklist SystemModstamp:datetime""",
    """Idea @audit @viewed @recordtype Title Body:textarea NumComments:int VoteScore:double VoteTotal:double
    ParentIdeaId>Idea Status:picklist Categories:multipicklist CommunityId LastCommentDate:datetime
    CreatorName IsHtml:boolean IsMerged:boolean""",
    """KnowledgeArticleVersion @audit @viewed KnowledgeArticleId OwnerId>User IsLatestVersion:boolean
    PublishStatus:picklist VersionNumber:int IsVisibleInApp:boolean IsVisibleInPkb:boolean
    IsVisibleInCsp:boolean IsVisibleInPrm:boolean UrlName Title Summary:textarea Language:picklist
    ArticleNumber ArticleType FirstPublishedDate:datetime LastPublishedDate:datetime
    ArticleCreatedDate:datetime ArticleCreatedById>User ArticleTotalViewCount:int
    ArticleCaseAttachCount:int SourceId ValidationStatus:picklist ArchivedById>User ArchivedDate:datetime
    AssignedToId>User|Group AssignedById>User AssignmentDate:datetime AssignmentDueDate:datetime
    AssignmentNote:textarea ArticleMasterLanguage:picklist @recordtype""",
)

ADMINISTRATION = (
    """User Id Username LastName FirstName MiddleName Suffix Name CompanyName Division Department Title
    @address: Email:email EmailPreferencesAutoBcc:boolean SenderEmail:email SenderName Signature
    StayInTouchSubject Phone:phone Fax:phone MobilePhone:phone Extension:phone Alias CommunityNickname
    BadgeText IsActive:boolean TimeZoneSidKey:picklist UserRoleId>UserRole/Users LocaleSidKey:picklist
    ReceivesInfoEmails:boolean ReceivesAdminInfoEmails:boolean EmailEncodingKey:picklist
    ProfileId>Profile/Users UserType:picklist LanguageLocaleKey:picklist EmployeeNumber
    DelegatedApproverId>User|Group ManagerId>User/ManagedUsers LastLoginDate:datetime
    LastPasswordChangeDate:datetime CreatedDate:datetime CreatedById>User LastModifiedDate:datetime
    LastModifiedById>User SystemModstamp:datetime ForecastEnabled:boolean CallCenterId
    ContactId>Contact/Users AccountId>Account/Users AboutMe:textarea FullPhotoUrl:url SmallPhotoUrl:url
    MediumPhotoUrl:url IsProfilePhotoActive:boolean DigestFrequency:picklist
    DefaultGroupNotificationFrequency:picklist LastViewedDate:datetime LastReferencedDate:datetime
    FederationIdentifier IndividualId>Individual IsPortalEnabled:boolean IsPrmSuperUser:boolean
    CurrencyIsoCode:picklist DefaultCurrencyIsoCode:picklist UserPermissionsMarketingUser:boolean
    UserPermissionsOfflineUser:boolean UserPermissionsKnowledgeUser:boolean
    UserPermissionsSupportUser:boolean UserPermissionsInteractionUser:boolean
    UserPermissionsSFContentUser:boolean BannerPhotoUrl:url NumberOfFailedLogins:int
    PasswordExpirationDate:datetime IsExtIndicatorVisible:boolean OutOfOfficeMessage""",
    """Profile Id Name UserLicenseId>UserLicense UserType:picklist Description CreatedDate:datetime
    CreatedById>User LastModifiedDate:datetime LastModifiedById>User SystemModstamp:datetime
    LastViewedDate:datetime LastReferencedDate:datetime PermissionsModifyAllData:boolean
    PermissionsViewAllData:boolean PermissionsApiEnabled:boolean PermissionsCustomizeApplication:boolean""",
    """UserRole Id Name ParentRoleId>UserRole RollupDescription OpportunityAccessForAccountOwner:picklist
    CaseAccessForAccountOwner:picklist ContactAccessForAccountOwner:picklist ForecastUserId>User
    MayForecastManagerShare:boolean LastModifiedDate:datetime LastModifiedById>User SystemModstamp:datetime
    DeveloperName PortalAccountId>Account PortalType:picklist PortalAccountOwnerId>User PortalRole:picklist""",
    """UserLicense Id LicenseDefinitionKey TotalLicenses:int Status:picklist UsedLicenses:int Name MasterLabel
    CreatedDate:datetime LastModifiedDate:datetime SystemModstamp:datetime""",
    """RecordType Id Name DeveloperName NamespacePrefix Description BusinessProcessId SobjectType:picklist
    IsActive:boolean IsPersonType:boolean CreatedById>User CreatedDate:datetime LastModifiedById>User
    LastModifiedDate:datetime SystemModstamp:datetime""",
    """Group Id Name DeveloperName RelatedId>User|UserRole Type:picklist Email:email OwnerId>User|Organization
    DoesSendEmailToMembers:boolean DoesIncludeBosses:boolean CreatedDate:datetime CreatedById>User
    LastModifiedDate:datetime LastModifiedById>User SystemModstamp:datetime Description:textarea
    QueueRoutingConfigId""",
    """GroupMember Id GroupId>Group/GroupMembers UserOrGroupId>User|Group SystemModstamp:datetime""",
    """QueueSobject Id QueueId>Group/QueueSobjects SobjectType:picklist CreatedById>User
    SystemModstamp:datetime""",
    """Organization Id Name Division @address: Phone:phone Fax:phone PrimaryContact
    DefaultLocaleSidKey:picklist TimeZoneSidKey:picklist LanguageLocaleKey:picklist
    ReceivesInfoEmails:boolean ReceivesAdminInfoEmails:boolean FiscalYearStartMonth:int
    UsesStartDateAsFiscalYearName:boolean DefaultAccountAccess:picklist DefaultContactAccess:picklist
    DefaultOpportunityAccess:picklist DefaultLeadAccess:picklist DefaultCaseAccess:picklist
    DefaultCalendarAccess:picklist DefaultPricebookAccess:picklist DefaultCampaignAccess:picklist
    SystemModstamp:datetime ComplianceBccEmail:email UiSkin:picklist SignupCountryIsoCode
    TrialExpirationDate:datetime NumKnowledgeService:int OrganizationType:picklist NamespacePrefix
    InstanceName IsSandbox:boolean WebToCaseDefaultOrigin MonthlyPageViewsUsed:int
    MonthlyPageViewsEntitlement:int IsReadOnly:boolean CreatedDate:datetime CreatedById>User
    LastModifiedDate:datetime LastModifiedById>User""",
    """PermissionSet Id Name Label LicenseId ProfileId>Profile IsOwnedByProfile:boolean IsCustom:boolean
    Description NamespacePrefix Type:picklist PermissionSetGroupId HasActivationRequired:boolean
    CreatedDate:datetime CreatedById>User LastModifiedDate:datetime LastModifiedById>User
    SystemModstamp:datetime""",
    """PermissionSetAssignment Id PermissionSetId>PermissionSet/Assignments PermissionSetGroupId
    AssigneeId>User/PermissionSetAssignments SystemModstamp:datetime ExpirationDate:datetime
    IsActive:boolean""",
    """Report @audit @viewed OwnerId>Folder|User FolderName Name Description DeveloperName NamespacePrefix
    LastRunDate:datetime Format:picklist""",
    """Dashboard @audit @viewed FolderId>Folder FolderName Title DeveloperName NamespacePrefix Description
    LeftSize:picklist MiddleSize:picklist RightSize:picklist TextColor:int BackgroundStart:int
    BackgroundEnd:int TitleColor:int TitleSize:int Type:picklist RunningUserId>User ColorPalette:picklist
    ChartTheme:picklist""",
    """Network Id Name CreatedDate:datetime CreatedById>User LastModifiedDate:datetime LastModifiedById>User
    SystemModstamp:datetime Status:picklist Description UrlPathPrefix""",
    """Name Id Name FirstName LastName MiddleName Suffix Type Title Alias Email:email Phone:phone
    IsActive:boolean ProfileId>Profile UserRoleId>UserRole RecordTypeId>RecordType Username""",
)
