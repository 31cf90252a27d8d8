/**
 * What an EVSE is doing, in our words whatever the OCPP version; DESIGN's seven pictures.
 * 1.6 `Preparing` and `Finishing` and 2.x `Occupied` without a transaction are `occupied`.
 */
export const EVSE_STATUSES = [
  'available',
  'occupied',
  'charging',
  'suspended',
  'reserved',
  'unavailable',
  'faulted',
  'offline',
  'unknown',
] as const
export type EvseStatus = (typeof EVSE_STATUSES)[number]

/** IEC 62196 and CHAdeMO names, as OCPI 2.2.1 spells them. */
export const CONNECTOR_STANDARDS = [
  'IEC_62196_T1',
  'IEC_62196_T2',
  'IEC_62196_T1_COMBO',
  'IEC_62196_T2_COMBO',
  'CHADEMO',
  'DOMESTIC',
] as const
export type ConnectorStandard = (typeof CONNECTOR_STANDARDS)[number]

export type CurrentType = 'AC' | 'DC'
/** Whether a site is offered to everybody, or only serves those whose card its stations accept. */
export const SITE_ACCESS = ['public', 'private'] as const
export type SiteAccess = (typeof SITE_ACCESS)[number]
export type SiteKind = 'home' | 'station' | 'parking' | 'depot'
