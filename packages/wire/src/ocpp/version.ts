/** The versions that are built, under the names that WebSocket subprotocols give them. */
export const OCPP_VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const
export type OcppVersion = (typeof OCPP_VERSIONS)[number]

export const isOcppVersion = (text: string): text is OcppVersion => OCPP_VERSIONS.some((version) => version === text)
