/** The schema sets of ISO 15118: one grammar each, never merged. The entry is relative to the folder of schemas. */
export const SETS: readonly { readonly folder: string; readonly entry: string }[] = [
  { folder: 'app-protocol', entry: 'app_protocol/V2G_CI_AppProtocol.xsd' },
  { folder: 'din70121', entry: 'din70121/V2G_CI_MsgDef.xsd' },
  { folder: 'iso2', entry: 'iso15118-2/V2G_CI_MsgDef.xsd' },
  { folder: 'iso20-common-messages', entry: 'iso15118-20/V2G_CI_CommonMessages.xsd' },
  { folder: 'iso20-ac', entry: 'iso15118-20/V2G_CI_AC.xsd' },
  { folder: 'iso20-dc', entry: 'iso15118-20/V2G_CI_DC.xsd' },
  { folder: 'iso20-wpt', entry: 'iso15118-20/V2G_CI_WPT.xsd' },
  { folder: 'iso20-acdp', entry: 'iso15118-20/V2G_CI_ACDP.xsd' },
  { folder: 'xmldsig', entry: 'iso15118-2/xmldsig-core-schema.xsd' },
]

/** The set that stands in most others as well: what writes its types is generated once. */
export const SHARED = SETS.find(({ folder }) => folder === 'xmldsig')!
