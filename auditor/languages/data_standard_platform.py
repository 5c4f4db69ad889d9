"""Standard objects of the platform itself: jobs, metadata, approvals, groups. See `standard` for the notation.

Source: Object Reference for the Salesforce Platform and Tooling API (the page of each object), API version 62.
"""

from __future__ import annotations

PLATFORM = (
    """AsyncApexJob Id CreatedDate:datetime CreatedById>User JobType:picklist ApexClassId>ApexClass Status:picklist
    JobItemsProcessed:int TotalJobItems:int NumberOfErrors:int CompletedDate:datetime MethodName ExtendedStatus
    ParentJobId>AsyncApexJob LastProcessed LastProcessedOffset:int CronTriggerId>CronTrigger""",
    """CronTrigger Id CronJobDetailId>CronJobDetail NextFireTime:datetime PreviousFireTime:datetime State
    StartTime:datetime EndTime:datetime CronExpression TimeZoneSidKey:picklist OwnerId>User
    LastModifiedById>User CreatedById>User CreatedDate:datetime TimesTriggered:int""",
    "CronJobDetail Id Name JobType:picklist",
    """ApexClass @audit NamespacePrefix Name ApiVersion:double Status:picklist IsValid:boolean BodyCrc:double
    Body:textarea LengthWithoutComments:int""",
    """ApexTrigger @audit NamespacePrefix Name TableEnumOrId:picklist ApiVersion:double Status:picklist
    IsValid:boolean BodyCrc:double Body:textarea LengthWithoutComments:int UsageBeforeInsert:boolean
    UsageAfterInsert:boolean UsageBeforeUpdate:boolean UsageAfterUpdate:boolean UsageBeforeDelete:boolean
    UsageAfterDelete:boolean UsageIsBulk:boolean UsageAfterUndelete:boolean""",
    """CurrencyType @audit IsoCode:picklist ConversionRate:double DecimalPlaces:int IsActive:boolean
    IsCorporate:boolean""",
    """DatedConversionRate @audit IsoCode:picklist StartDate:date NextStartDate:date ConversionRate:double""",
    """OrgWideEmailAddress @audit DisplayName Address:email IsAllowAllProfiles:boolean Purpose:picklist""",
    """CollaborationGroup @audit @viewed Name MemberCount:int OwnerId>User CollaborationType:picklist
    Description:textarea FullPhotoUrl:url MediumPhotoUrl:url SmallPhotoUrl:url LastFeedModifiedDate:datetime
    InformationTitle InformationBody:textarea HasPrivateFieldsAccess:boolean CanHaveGuests:boolean
    NetworkId>Network IsArchived:boolean IsAutoArchiveDisabled:boolean AnnouncementId GroupEmail:email
    BannerPhotoUrl:url IsBroadcast:boolean""",
    """CollaborationGroupMember @audit CollaborationGroupId>CollaborationGroup/GroupMembers
    MemberId>User/GroupMemberships CollaborationRole:picklist NotificationFrequency:picklist
    LastFeedAccessDate:datetime NetworkId>Network""",
    "LeadStatus @audit MasterLabel ApiName SortOrder:int IsDefault:boolean IsConverted:boolean",
    "CaseStatus @audit MasterLabel ApiName SortOrder:int IsDefault:boolean IsClosed:boolean",
    "TaskStatus @audit MasterLabel ApiName SortOrder:int IsDefault:boolean IsClosed:boolean",
    "TaskPriority @audit MasterLabel ApiName SortOrder:int IsDefault:boolean IsHighPriority:boolean",
    """OpportunityStage @audit MasterLabel ApiName IsActive:boolean SortOrder:int IsClosed:boolean IsWon:boolean
    ForecastCategory:picklist ForecastCategoryName:picklist DefaultProbability:percent Description""",
    """CustomNotificationType @audit DeveloperName Language:picklist MasterLabel NamespacePrefix
    CustomNotifTypeName Description Desktop:boolean Mobile:boolean""",
    """EntityDefinition Id DurableId LastModifiedDate:datetime LastModifiedById>User QualifiedApiName
    NamespacePrefix DeveloperName MasterLabel Label PluralLabel KeyPrefix PublisherId IsCustomizable:boolean
    IsApexTriggerable:boolean IsWorkflowEnabled:boolean IsCompactLayoutable:boolean IsCustomSetting:boolean
    IsDeprecatedAndHidden:boolean IsSearchable:boolean IsQueryable:boolean IsTriggerable:boolean
    DefaultCompactLayoutId HelpSettingPageName RunningUserEntityAccessId EditUrl DetailUrl NewUrl""",
    """FieldDefinition Id DurableId LastModifiedDate:datetime LastModifiedById>User QualifiedApiName
    EntityDefinitionId>EntityDefinition/Fields NamespacePrefix DeveloperName MasterLabel Label Length:int DataType
    ValueTypeId ServiceDataTypeId ExtraTypeInfo IsCalculated:boolean IsHighScaleNumber:boolean
    IsHtmlFormatted:boolean IsNameField:boolean IsNillable:boolean IsWorkflowFilterable:boolean
    IsCompactLayoutable:boolean IsFieldHistoryTracked:boolean IsIndexed:boolean IsListFilterable:boolean
    IsListSortable:boolean IsListVisible:boolean IsApiFilterable:boolean IsApiGroupable:boolean
    IsApiSortable:boolean IsPolymorphicForeignKey:boolean Precision:int Scale:int RelationshipName ReferenceTo
    ReferenceTargetField ControllingFieldDefinitionId>FieldDefinition Description BusinessOwnerId>User|Group
    BusinessStatus:picklist SecurityClassification:picklist ComplianceGroup PublisherId
    RunningUserFieldAccessId""",
    """EntityParticle Id DurableId QualifiedApiName EntityDefinitionId>EntityDefinition
    FieldDefinitionId>FieldDefinition NamespacePrefix DeveloperName MasterLabel Label Length:int DataType
    Name IsCalculated:boolean IsNillable:boolean IsCreatable:boolean IsUpdatable:boolean Precision:int
    Scale:int""",
    """TaskWhoRelation @audit RelationId>Contact|Lead TaskId>Task/TaskWhoRelations Type:picklist
    AccountId>Account""",
    """EventWhoRelation @audit RelationId>Contact|Lead EventId>Event/EventWhoRelations Type:picklist Status
    RespondedDate:datetime Response AccountId>Account""",
    """TaskRelation @audit RelationId>Contact|Lead|Account|Opportunity TaskId>Task/TaskRelations IsWhat:boolean
    AccountId>Account""",
    """EventRelation @audit RelationId>Contact|Lead|User|Account EventId>Event/EventRelations Status
    RespondedDate:datetime Response IsWhat:boolean IsInvitee:boolean IsParent:boolean AccountId>Account""",
    """UserAccountTeamMember @audit OwnerId>User UserId>User TeamMemberRole:picklist
    AccountAccessLevel:picklist OpportunityAccessLevel:picklist CaseAccessLevel:picklist
    ContactAccessLevel:picklist""",
    """UserTeamMember @audit OwnerId>User UserId>User TeamMemberRole:picklist
    OpportunityAccessLevel:picklist""",
    """UserRecordAccess Id UserId>User RecordId HasReadAccess:boolean HasEditAccess:boolean
    HasDeleteAccess:boolean HasTransferAccess:boolean HasAllAccess:boolean MaxAccessLevel:picklist""",
    """ProcessInstance @audit ProcessDefinitionId TargetObjectId Status:picklist CompletedDate:datetime
    LastActorId>User ElapsedTimeInDays:double ElapsedTimeInHours:double ElapsedTimeInMinutes:double
    SubmittedById>User""",
    """ProcessInstanceHistory Id IsPending:boolean ProcessInstanceId>ProcessInstance/StepsAndWorkitems
    TargetObjectId StepStatus:picklist OriginalActorId>User|Group ActorId>User|Group RemindersSent:int
    Comments CreatedDate:datetime CreatedById>User SystemModstamp:datetime ElapsedTimeInDays:double
    ElapsedTimeInHours:double ElapsedTimeInMinutes:double""",
    """ProcessInstanceWorkitem @audit ProcessInstanceId>ProcessInstance/Workitems OriginalActorId>User|Group
    ActorId>User|Group ElapsedTimeInDays:double ElapsedTimeInHours:double ElapsedTimeInMinutes:double""",
    """ProcessInstanceStep @audit ProcessInstanceId>ProcessInstance/Steps StepStatus:picklist
    OriginalActorId>User|Group ActorId>User|Group Comments StepNodeId""",
    """AttachedContentDocument Id IsDeleted:boolean LinkedEntityId ContentDocumentId>ContentDocument Title
    FileType FileExtension ContentSize:int ContentUrl:url SharingOption:picklist SharingPrivacy:picklist
    ExternalDataSourceName ExternalDataSourceType CreatedById>User CreatedDate:datetime""",
    """AttachedContentNote Id IsDeleted:boolean LinkedEntityId ContentDocumentId>ContentDocument Title
    TextPreview FileType FileExtension ContentSize:int CreatedById>User CreatedDate:datetime
    LastModifiedById>User LastModifiedDate:datetime""",
    """CombinedAttachment @audit ParentId RecordType Title FileType FileExtension ContentSize:int ContentUrl:url
    ExternalDataSourceName ExternalDataSourceType SharingOption:picklist""",
    """ContentDistribution @audit ContentVersionId>ContentVersion ContentDocumentId>ContentDocument
    RelatedRecordId Name OwnerId>User Password ExpiryDate:datetime DistributionPublicUrl:url
    ContentDownloadUrl:url PdfDownloadUrl:url ViewCount:int FirstViewDate:datetime LastViewDate:datetime
    PreferencesAllowPDFDownload:boolean PreferencesAllowOriginalDownload:boolean
    PreferencesPasswordRequired:boolean PreferencesNotifyOnVisit:boolean PreferencesLinkLatestVersion:boolean
    PreferencesAllowViewInBrowser:boolean PreferencesExpires:boolean
    PreferencesNotifyRndtnComplete:boolean""",
    """OutgoingEmail Id ExternalId ValidatedFromAddress:email ToAddress CcAddress BccAddress Subject
    HtmlBody:textarea TextBody:textarea RelatedToId WhoId>Contact|Lead EmailTemplateId>EmailTemplate
    InReplyTo""",
)
