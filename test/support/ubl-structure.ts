/**
 * The order and cardinality of what UBL 2.1 allows in the types that our e-invoices use; facts, not the text. Basic elements
 * (cbc) stand before the bar, aggregates (cac) after it: `ID` exactly once, `UUID?` at most once, `Note*` any number of times,
 * `InvoiceLine+` at least once. ext:UBLExtensions, which may come first in a document, is left out. Where each was taken
 * down: src/modules/invoices/einvoice/schema/README.md.
 * Source: https://docs.oasis-open.org/ubl/os-UBL-2.1/xsd/common/UBL-CommonAggregateComponents-2.1.xsd and ../maindoc/
 */
export const UBL_TYPES: Readonly<Record<string, string>> = {
  Invoice: `
    UBLVersionID? CustomizationID? ProfileID? ProfileExecutionID? ID CopyIndicator? UUID? IssueDate IssueTime? DueDate?
    InvoiceTypeCode? Note* TaxPointDate? DocumentCurrencyCode? TaxCurrencyCode? PricingCurrencyCode? PaymentCurrencyCode?
    PaymentAlternativeCurrencyCode? AccountingCostCode? AccountingCost? LineCountNumeric? BuyerReference? |
    InvoicePeriod* OrderReference? BillingReference* DespatchDocumentReference* ReceiptDocumentReference*
    StatementDocumentReference* OriginatorDocumentReference* ContractDocumentReference* AdditionalDocumentReference*
    ProjectReference* Signature* AccountingSupplierParty AccountingCustomerParty PayeeParty? BuyerCustomerParty?
    SellerSupplierParty? TaxRepresentativeParty? Delivery* DeliveryTerms? PaymentMeans* PaymentTerms* PrepaidPayment*
    AllowanceCharge* TaxExchangeRate? PricingExchangeRate? PaymentExchangeRate? PaymentAlternativeExchangeRate? TaxTotal*
    WithholdingTaxTotal* LegalMonetaryTotal InvoiceLine+`,
  CreditNote: `
    UBLVersionID? CustomizationID? ProfileID? ProfileExecutionID? ID CopyIndicator? UUID? IssueDate IssueTime? TaxPointDate?
    CreditNoteTypeCode? Note* DocumentCurrencyCode? TaxCurrencyCode? PricingCurrencyCode? PaymentCurrencyCode?
    PaymentAlternativeCurrencyCode? AccountingCostCode? AccountingCost? LineCountNumeric? BuyerReference? |
    InvoicePeriod* DiscrepancyResponse* OrderReference? BillingReference* DespatchDocumentReference*
    ReceiptDocumentReference* ContractDocumentReference* AdditionalDocumentReference* StatementDocumentReference*
    OriginatorDocumentReference* Signature* AccountingSupplierParty AccountingCustomerParty PayeeParty?
    BuyerCustomerParty? SellerSupplierParty? TaxRepresentativeParty? Delivery* DeliveryTerms* PaymentMeans* PaymentTerms*
    TaxExchangeRate? PricingExchangeRate? PaymentExchangeRate? PaymentAlternativeExchangeRate? AllowanceCharge* TaxTotal*
    LegalMonetaryTotal CreditNoteLine+`,
  Address: `
    ID? AddressTypeCode? AddressFormatCode? Postbox? Floor? Room? StreetName? AdditionalStreetName? BlockName? BuildingName?
    BuildingNumber? InhouseMail? Department? MarkAttention? MarkCare? PlotIdentification? CitySubdivisionName? CityName?
    PostalZone? CountrySubentity? CountrySubentityCode? Region? District? TimezoneOffset? |
    AddressLine* Country? LocationCoordinate*`,
  BillingReference: `
    | InvoiceDocumentReference? SelfBilledInvoiceDocumentReference? CreditNoteDocumentReference?
    SelfBilledCreditNoteDocumentReference? DebitNoteDocumentReference? ReminderDocumentReference?
    AdditionalDocumentReference? BillingReferenceLine*`,
  Branch: `ID? Name? | FinancialInstitution? Address?`,
  Contact: `ID? Name? Telephone? Telefax? ElectronicMail? Note* | OtherCommunication*`,
  Country: `IdentificationCode? Name? |`,
  CreditNoteLine: `
    ID UUID? Note* CreditedQuantity? LineExtensionAmount? TaxPointDate? AccountingCostCode? AccountingCost?
    PaymentPurposeCode? FreeOfChargeIndicator? |
    InvoicePeriod* OrderLineReference* DiscrepancyResponse* DespatchLineReference* ReceiptLineReference* BillingReference*
    DocumentReference* PricingReference? OriginatorParty? Delivery* PaymentTerms* TaxTotal* AllowanceCharge* Item? Price?
    DeliveryTerms* SubCreditNoteLine* ItemPriceExtension?`,
  CustomerParty: `
    CustomerAssignedAccountID? SupplierAssignedAccountID? AdditionalAccountID* |
    Party? DeliveryContact? AccountingContact? BuyerContact?`,
  Delivery: `
    ID? Quantity? MinimumQuantity? MaximumQuantity? ActualDeliveryDate? ActualDeliveryTime? LatestDeliveryDate?
    LatestDeliveryTime? ReleaseID? TrackingID? |
    DeliveryAddress? DeliveryLocation? AlternativeDeliveryLocation? RequestedDeliveryPeriod? PromisedDeliveryPeriod?
    EstimatedDeliveryPeriod? CarrierParty? DeliveryParty? NotifyParty* Despatch? DeliveryTerms* MinimumDeliveryUnit?
    MaximumDeliveryUnit? Shipment?`,
  DocumentReference: `
    ID CopyIndicator? UUID? IssueDate? IssueTime? DocumentTypeCode? DocumentType? XPath* LanguageID? LocaleCode? VersionID?
    DocumentStatusCode? DocumentDescription* | Attachment? ValidityPeriod? IssuerParty? ResultOfVerification?`,
  FinancialAccount: `
    ID? Name? AliasName? AccountTypeCode? AccountFormatCode? CurrencyCode? PaymentNote* |
    FinancialInstitutionBranch? Country?`,
  InvoiceLine: `
    ID UUID? Note* InvoicedQuantity? LineExtensionAmount TaxPointDate? AccountingCostCode? AccountingCost?
    PaymentPurposeCode? FreeOfChargeIndicator? |
    InvoicePeriod* OrderLineReference* DespatchLineReference* ReceiptLineReference* BillingReference* DocumentReference*
    PricingReference? OriginatorParty? Delivery* PaymentTerms* AllowanceCharge* TaxTotal* WithholdingTaxTotal* Item Price?
    DeliveryTerms? SubInvoiceLine* ItemPriceExtension?`,
  Item: `
    Description* PackQuantity? PackSizeNumeric? CatalogueIndicator? Name? HazardousRiskIndicator? AdditionalInformation*
    Keyword* BrandName* ModelName* |
    BuyersItemIdentification? SellersItemIdentification? ManufacturersItemIdentification* StandardItemIdentification?
    CatalogueItemIdentification? AdditionalItemIdentification* CatalogueDocumentReference?
    ItemSpecificationDocumentReference* OriginCountry? CommodityClassification* TransactionConditions* HazardousItem*
    ClassifiedTaxCategory* AdditionalItemProperty* ManufacturerParty* InformationContentProviderParty? OriginAddress*
    ItemInstance* Certificate* Dimension*`,
  Location: `
    ID? Description* Conditions* CountrySubentity? CountrySubentityCode? LocationTypeCode? InformationURI? Name? |
    ValidityPeriod* Address? SubsidiaryLocation* LocationCoordinate*`,
  MonetaryTotal: `
    LineExtensionAmount? TaxExclusiveAmount? TaxInclusiveAmount? AllowanceTotalAmount? ChargeTotalAmount? PrepaidAmount?
    PayableRoundingAmount? PayableAmount PayableAlternativeAmount? |`,
  Party: `
    MarkCareIndicator? MarkAttentionIndicator? WebsiteURI? LogoReferenceID? EndpointID? IndustryClassificationCode? |
    PartyIdentification* PartyName* Language? PostalAddress? PhysicalLocation? PartyTaxScheme* PartyLegalEntity* Contact?
    Person* AgentParty? ServiceProviderParty* PowerOfAttorney* FinancialAccount?`,
  PartyLegalEntity: `
    RegistrationName? CompanyID? RegistrationDate? RegistrationExpirationDate? CompanyLegalFormCode? CompanyLegalForm?
    SoleProprietorshipIndicator? CompanyLiquidationStatusCode? CorporateStockAmount? FullyPaidSharesIndicator? |
    RegistrationAddress? CorporateRegistrationScheme? HeadOfficeParty? ShareholderParty*`,
  PartyTaxScheme: `
    RegistrationName? CompanyID? TaxLevelCode? ExemptionReasonCode? ExemptionReason* | RegistrationAddress? TaxScheme`,
  PaymentMeans: `
    ID? PaymentMeansCode PaymentDueDate? PaymentChannelCode? InstructionID? InstructionNote* PaymentID* |
    CardAccount? PayerFinancialAccount? PayeeFinancialAccount? CreditAccount? PaymentMandate? TradeFinancing?`,
  PaymentTerms: `
    ID? PaymentMeansID* PrepaidPaymentReferenceID? Note* ReferenceEventCode? SettlementDiscountPercent?
    PenaltySurchargePercent? PaymentPercent? Amount? SettlementDiscountAmount? PenaltyAmount? PaymentTermsDetailsURI?
    PaymentDueDate? InstallmentDueDate? InvoicingPartyReference? |
    SettlementPeriod? PenaltyPeriod? ExchangeRate? ValidityPeriod?`,
  Period: `StartDate? StartTime? EndDate? EndTime? DurationMeasure? DescriptionCode* Description* |`,
  Price: `
    PriceAmount BaseQuantity? PriceChangeReason* PriceTypeCode? PriceType? OrderableUnitFactorRate? |
    ValidityPeriod* PriceList? AllowanceCharge* PricingExchangeRate?`,
  SupplierParty: `
    CustomerAssignedAccountID? AdditionalAccountID* DataSendingCapability? |
    Party? DespatchContact? AccountingContact? SellerContact?`,
  TaxCategory: `
    ID? Name? Percent? BaseUnitMeasure? PerUnitAmount? TaxExemptionReasonCode? TaxExemptionReason* TierRange?
    TierRatePercent? | TaxScheme?`,
  TaxScheme: `ID? Name? TaxTypeCode? CurrencyCode? | JurisdictionRegionAddress*`,
  TaxSubtotal: `
    TaxableAmount? TaxAmount CalculationSequenceNumeric? TransactionCurrencyTaxAmount? Percent? BaseUnitMeasure?
    PerUnitAmount? TierRange? TierRatePercent? | TaxCategory`,
  TaxTotal: `TaxAmount RoundingAmount? TaxEvidenceIndicator? TaxIncludedIndicator? | TaxSubtotal*`,
};

/** The aggregates that are of a type with another name. */
export const UBL_ROLES: Readonly<Record<string, string>> = {
  AccountingCustomerParty: 'CustomerParty',
  AccountingSupplierParty: 'SupplierParty',
  ClassifiedTaxCategory: 'TaxCategory',
  DeliveryLocation: 'Location',
  FinancialInstitutionBranch: 'Branch',
  InvoiceDocumentReference: 'DocumentReference',
  InvoicePeriod: 'Period',
  LegalMonetaryTotal: 'MonetaryTotal',
  PayeeFinancialAccount: 'FinancialAccount',
  PostalAddress: 'Address',
};

interface Datatype {
  readonly base: 'text' | 'decimal' | 'date';
  /** Of its attributes those that we know, `!` for the required ones; none is left out that UBL requires. */
  readonly attributes: string;
  readonly names: string;
}

/** What UBL calls a normalised string is text here: it takes whatever a string takes. */
export const UBL_DATATYPES: readonly Datatype[] = [
  {
    base: 'text',
    attributes: 'schemeID',
    names: 'CompanyID CustomizationID EndpointID ID PaymentID ProfileID',
  },
  {
    base: 'text',
    attributes: '',
    names: `
      BuyerReference CityName Description ElectronicMail Name Note PostalZone RegistrationName StreetName
      TaxExemptionReason Telephone CreditNoteTypeCode DocumentCurrencyCode IdentificationCode InvoiceTypeCode
      PaymentMeansCode TaxExemptionReasonCode`,
  },
  {
    base: 'date',
    attributes: '',
    names: 'ActualDeliveryDate DueDate EndDate IssueDate StartDate',
  },
  {
    base: 'decimal',
    attributes: 'currencyID!',
    names: `
      LineExtensionAmount PayableAmount PrepaidAmount PriceAmount TaxAmount TaxExclusiveAmount TaxInclusiveAmount
      TaxableAmount`,
  },
  {
    base: 'decimal',
    attributes: 'unitCode',
    names: 'BaseQuantity CreditedQuantity InvoicedQuantity',
  },
  { base: 'decimal', attributes: '', names: 'Percent' },
];
