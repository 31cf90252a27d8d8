// Generated from packages/app/openapi.json by `npm run openapi`: do not edit.
import type { JsonObject, Request } from '../request.ts'

export type ApiKey = { readonly id: string; readonly name: string; readonly lastFour: string; readonly scopes: readonly string[]; readonly createdAt: string; readonly revokedAt?: string }

export type Contract = { readonly id: string; readonly emaid: string; readonly createdAt: string; readonly installedAt?: string; readonly isGood: boolean }

export type Cost = { readonly currency: string; readonly total: Money; readonly net: Money; readonly vat: Money; readonly vatRatePpm: string; readonly lines: readonly { readonly dimension: string; readonly label: string; readonly quantity: number; readonly unit: string; readonly unitPrice: Money; readonly amount: Money; readonly isCapped?: boolean }[] }

export type Driver = { readonly id: string; readonly name: string; readonly email?: string; readonly phone?: string; readonly locale: string; readonly state: string; readonly createdAt: string; readonly counts: { readonly vehicles: number; readonly tokens: number; readonly sessions: number } }

export type Evse = { readonly id: string; readonly code: string; readonly number: number; readonly label: string; readonly currentType: "AC" | "DC"; readonly maxPowerW: number; readonly phases: number; readonly side?: "left" | "right"; readonly connectors: readonly { readonly number: number; readonly standard: string; readonly maxPowerW: number; readonly cableAttached: boolean }[]; readonly status: string; readonly statusSince?: string; readonly statusError?: string; readonly session?: { readonly id: string; readonly powerW: number; readonly importWh: number; readonly socPercent?: number; readonly startedAt: string }; readonly nextReservation?: { readonly id: string; readonly startsAt: string; readonly endsAt: string }; readonly tariffId?: string }

export type FleetOutcome = { readonly wish: number; readonly choice?: NetworkChoice; readonly impossible?: { readonly code: string }; readonly reservation?: { readonly id: string; readonly code: string } }

export type IdToken = { readonly id: string; readonly lastFour: string; readonly type: string; readonly label: string; readonly driverId?: string; readonly driverName?: string; readonly state: string; readonly expiresAt?: string; readonly createdAt: string; readonly lastUsedAt?: string }

export type Money = { readonly currency: string; readonly micros: string }

export type NetworkChoice = { readonly siteId: string; readonly siteName: string; readonly address: string; readonly timeZone: string; readonly evseCode: string; readonly evseLabel: string; readonly stationName: string; readonly distanceM?: number; readonly waitMinutes: number; readonly waiting: Money; readonly way: Money; readonly total: { readonly currency: string; readonly micros: string }; readonly plan: Plan }

export type NewEvse = { readonly number?: number; readonly currentType: "AC" | "DC"; readonly maxPowerW: number; readonly phases?: 1 | 3; readonly side?: "left" | "right"; readonly tariffId?: string; readonly connectors: readonly ({ readonly standard: "IEC_62196_T1" | "IEC_62196_T2" | "IEC_62196_T1_COMBO" | "IEC_62196_T2_COMBO" | "CHADEMO" | "DOMESTIC"; readonly maxPowerW?: number; readonly cableAttached?: boolean })[] }

export type NewSiteEnergy = { readonly phaseLimitsA?: readonly number[]; readonly mostPauses?: number; readonly feedInPerKwhMicros?: string; readonly demandCharge?: { readonly perKwMicros: string; readonly peakSoFarW?: number }; readonly carbonSeries?: string; readonly stations?: readonly ({ readonly stationId: string; readonly phaseLimitA?: number; readonly evses?: readonly ({ readonly number: number; readonly phaseRotation: "RST" | "RTS" | "SRT" | "STR" | "TRS" | "TSR" })[] })[] }

export type NewStation = { readonly siteId: string; readonly name: string; readonly identity: string; readonly sharedLimitW?: number; readonly openAccess?: boolean; readonly evses: readonly NewEvse[] }

export type Plan = { readonly kind: string; readonly start: string; readonly end: string; readonly energyWh: number; readonly carbonGrams?: number; readonly curve: readonly { readonly from: string; readonly to: string; readonly powerW: number; readonly limitW?: number }[]; readonly phases?: number; readonly cost: Cost; readonly tariff: JsonObject; readonly slots?: readonly { readonly from: string; readonly to: string; readonly energyWh: number; readonly reason: string; readonly marginalPerKwh?: Money; readonly marginalGramsPerKwh?: number }[]; readonly gap?: { readonly cost?: Money; readonly costAndWaiting?: Money; readonly carbonGrams?: number; readonly endSeconds?: number; readonly thenCost?: Money; readonly energyWh?: number }; readonly minimumShortfall?: { readonly askedWh: number; readonly by: string; readonly energyWh: number; readonly code: string }; readonly reasons: readonly { readonly code: string; readonly shiftMinutes?: number; readonly saved?: Money }[]; readonly offer?: string }

export type PlannedCar = { readonly evseId: string; readonly evseLabel: string; readonly stationName: string; readonly sessionId?: string; readonly reservationId?: string; readonly phases?: string; readonly plannedWh: number; readonly shortfallWh: number; readonly curve: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly why: { readonly code: string; readonly marginalPerKwh?: Money; readonly congestionPerKwh?: Money; readonly at?: string } }

export type PublicEvse = { readonly code: string; readonly label: string; readonly stationName: string; readonly currentType: string; readonly maxPowerW: number; readonly standards: readonly string[]; readonly cableAttached: boolean; readonly status: string; readonly statusAt?: string; readonly side?: string; readonly reservedFrom?: string; readonly priceNow: string; readonly pricePerKwhNow?: Money; readonly tariffSummary: string }

export type PublicSite = { readonly id: string; readonly name: string; readonly kind: "home" | "station" | "parking" | "depot"; readonly address: string; readonly city: string; readonly country: string; readonly latitude: number; readonly longitude: number; readonly timeZone: string; readonly currency: string; readonly operatorName: string; readonly steering?: boolean; readonly counts: { readonly evses: number; readonly available: number; readonly charging: number; readonly faulted: number; readonly offline: number }; readonly distanceM?: number; readonly evses: readonly PublicEvse[] }

export type Receipt = { readonly sessionId: string; readonly number: number; readonly issuedAt: string; readonly startedAt: string; readonly chargingEndedAt: string; readonly endedAt: string; readonly connectedSeconds: number; readonly chargingSeconds: number; readonly timeZone: string; readonly operator: { readonly name: string; readonly address?: string; readonly vatNumber?: string }; readonly station: { readonly name: string; readonly siteName: string; readonly address?: string; readonly evse: string }; readonly driverName?: string; readonly vehicle?: string; readonly importWh: number; readonly exportWh: number; readonly socStart?: number; readonly socEnd?: number; readonly stopReason?: string; readonly tariffName: string; readonly pricesIncludeVat: boolean; readonly cost: Cost; readonly plan?: { readonly kind: string; readonly start: string; readonly end: string; readonly acceptedWh: number; readonly chargedWh: number; readonly accepted: Money; readonly charged: Money; readonly difference: Money } }

export type Reservation = { readonly id: string; readonly code: string; readonly state: string; readonly stateCause?: string; readonly trouble?: string; readonly troubleDetail?: string; readonly siteId: string; readonly siteName: string; readonly timeZone: string; readonly stationId: string; readonly stationName: string; readonly evseId: string; readonly evseCode: string; readonly evseLabel: string; readonly driverId: string; readonly driverName?: string; readonly startsAt: string; readonly endsAt: string; readonly plan: Plan; readonly wish: JsonObject; readonly sessionId?: string; readonly createdAt: string }

export type Session = { readonly id: string; readonly state: string; readonly chargingState?: string; readonly stationId: string; readonly stationName: string; readonly siteId: string; readonly siteName: string; readonly timeZone: string; readonly evseId?: string; readonly evseLabel?: string; readonly evseCode?: string; readonly driverId?: string; readonly driverName?: string; readonly vehicleId?: string; readonly vehicleLabel?: string; readonly tokenLastFour?: string; readonly reservationId?: string; readonly reservationCode?: string; readonly startedAt: string; readonly endedAt?: string; readonly chargingEndedAt?: string; readonly importWh: number; readonly exportWh: number; readonly powerW?: number; readonly socStart?: number; readonly socPercent?: number; readonly stopReason?: string; readonly stopRequestedAt?: string; readonly idleFee?: { readonly perMinute: Money; readonly graceMinutes: number }; readonly heldReasons: readonly string[]; readonly outcome?: string; readonly cost?: Cost; readonly plan?: Plan; readonly endsBy?: string; readonly unlocked: boolean; readonly unlockedAt?: string; readonly plug?: "locked" | "unlocked"; readonly receiptNumber?: number }

export type SessionSeries = { readonly points: readonly { readonly at: string; readonly powerW?: number; readonly importWh: number; readonly exportWh: number; readonly socPercent?: number; readonly costMicros: string }[]; readonly planned: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly prices: readonly { readonly from: string; readonly to: string; readonly perKwh: Money }[]; readonly allowed?: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly solar?: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly limitW?: number; readonly steering?: { readonly allowedW: number; readonly shortfallWh: number; readonly code: string } }

export type Site = { readonly id: string; readonly name: string; readonly kind: "home" | "station" | "parking" | "depot"; readonly address: string; readonly city: string; readonly country: string; readonly latitude: number; readonly longitude: number; readonly timeZone: string; readonly currency: string; readonly gridLimitW?: number; readonly operatorName: string; readonly access?: "public" | "private"; readonly steering?: boolean; readonly tariffId?: string; readonly counts: { readonly evses: number; readonly available: number; readonly charging: number; readonly faulted: number; readonly offline: number }; readonly powerW: number }

export type SiteEnergy = { readonly phaseLimitsA?: readonly number[]; readonly mostPauses?: number; readonly feedInPerKwhMicros?: string; readonly demandCharge?: { readonly perKwMicros: string; readonly peakSoFarW?: number }; readonly carbonSeries?: string; readonly stations: readonly ({ readonly stationId: string; readonly phaseLimitA?: number; readonly stationName: string; readonly evses: readonly ({ readonly id: string; readonly number: number; readonly phases: number; readonly phaseRotation: "RST" | "RTS" | "SRT" | "STR" | "TRS" | "TSR" })[] })[] }

export type Station = { readonly id: string; readonly siteId: string; readonly siteName: string; readonly name: string; readonly online: boolean; readonly ocppVersion?: string; readonly vendor?: string; readonly model?: string; readonly serial?: string; readonly firmware?: string; readonly lastSeenAt?: string; readonly connectedAt?: string; readonly sharedLimitW?: number; readonly evses: readonly Evse[]; readonly openAlarms: number }

export type StationDetail = { readonly id: string; readonly siteId: string; readonly siteName: string; readonly name: string; readonly online: boolean; readonly ocppVersion?: string; readonly vendor?: string; readonly model?: string; readonly serial?: string; readonly firmware?: string; readonly lastSeenAt?: string; readonly connectedAt?: string; readonly sharedLimitW?: number; readonly evses: readonly Evse[]; readonly openAlarms: number; readonly identity: string; readonly openAccess: boolean; readonly registration: string; readonly inboundMode: string; readonly variables: number; readonly capabilities: JsonObject }

export type Tariff = { readonly id: string; readonly name: string; readonly version: number; readonly definition: JsonObject; readonly summary: string; readonly updatedAt: string; readonly usedBy: { readonly sites: number; readonly evses: number } }

export type TrustAnchor = { readonly id: string; readonly use: "V2G" | "MO" | "OEM"; readonly subject: string; readonly fingerprint: string; readonly expiresAt: string; readonly addedAt: string }

export type Vehicle = { readonly id: string; readonly label: string; readonly batteryWh: number; readonly maxAcW: number; readonly maxDcW?: number; readonly connectorStandards: readonly string[] }

export type AddTrustAnchorInput = { readonly body: { readonly use: "V2G" | "MO" | "OEM"; readonly pem: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type BlockDriverInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type BlockTokenInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type BookReservationInput = { readonly body: { readonly offer: string; readonly vehicleId?: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CancelOwnReservationInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CancelReservationInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CheckSetUpInput = { readonly query?: { readonly token?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateApiKeyInput = { readonly body: { readonly name: string; readonly scopes: readonly ("stations:read" | "stations:write" | "sessions:read" | "sessions:write" | "tariffs:read" | "tariffs:write" | "drivers:read" | "drivers:write" | "billing:read" | "commands:write" | "admin")[] }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateContractInput = { readonly params: { readonly id: string }; readonly body: { readonly emaid: string; readonly pcid: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateDriverInput = { readonly body: { readonly name: string; readonly email?: string; readonly phone?: string; readonly locale?: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateOwnVehicleInput = { readonly body: { readonly label: string; readonly batteryWh: number; readonly maxAcW: number; readonly maxDcW?: number; readonly connectorStandards: readonly ("IEC_62196_T1" | "IEC_62196_T2" | "IEC_62196_T1_COMBO" | "IEC_62196_T2_COMBO" | "CHADEMO" | "DOMESTIC")[] }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateSiteInput = { readonly body: { readonly name: string; readonly kind: "home" | "station" | "parking" | "depot"; readonly address: string; readonly city: string; readonly country: string; readonly latitude: number; readonly longitude: number; readonly timeZone: string; readonly currency: string; readonly gridLimitW?: number; readonly operatorName: string; readonly access?: "public" | "private"; readonly steering?: boolean }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateStationInput = { readonly body: NewStation; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateTariffInput = { readonly body: { readonly name?: string; readonly definition: JsonObject }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type CreateTokenInput = { readonly params: { readonly id: string }; readonly body: { readonly type: "rfid" | "app" | "contract" | "other"; readonly token: string; readonly label: string; readonly expiresAt?: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type DeleteOwnVehicleInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type DeleteTrustAnchorInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type FindNetworkPlansInput = { readonly body: { readonly arrival?: string; readonly departure?: string; readonly energyWh?: number; readonly targetSocPercent?: number; readonly socPercent?: number; readonly vehicleId?: string; readonly priceCapMicros?: string; readonly waitingMicrosPerHour?: string; readonly near?: { readonly latitude: number; readonly longitude: number }; readonly wayMicrosPerKm?: string; readonly standards?: readonly ("IEC_62196_T1" | "IEC_62196_T2" | "IEC_62196_T1_COMBO" | "IEC_62196_T2_COMBO" | "CHADEMO" | "DOMESTIC")[] }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type FindPlansInput = { readonly body: { readonly evseCode: string; readonly arrival?: string; readonly durationMinutes?: number; readonly departure?: string; readonly energyWh?: number; readonly targetSocPercent?: number; readonly socPercent?: number; readonly vehicleId?: string; readonly priceCapMicros?: string; readonly waitingMicrosPerHour?: string; readonly goal?: "cheapest" | "earliest" | "greenest"; readonly minimum?: { readonly energyWh: number; readonly by: string }; readonly lastPartMinutes?: number; readonly uninterrupted?: boolean }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetCarbonSeriesInput = { readonly params: { readonly name: string }; readonly query?: { readonly from?: string | undefined; readonly to?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetDriverInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetEvseQrInput = { readonly params: { readonly code: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetFunnelInput = { readonly query?: { readonly from?: string | undefined; readonly to?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetMeInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetOcppSchemaInput = { readonly params: { readonly version: "ocpp1.6" | "ocpp2.0.1"; readonly action: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetOverviewInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetOwnReceiptInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetOwnReceiptPdfInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetOwnReservationInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetOwnSessionInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetOwnSessionSeriesInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetPriceSeriesInput = { readonly params: { readonly name: string }; readonly query?: { readonly from?: string | undefined; readonly to?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetProfileInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetPublicEvseInput = { readonly params: { readonly code: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetPushKeyInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetReceiptInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetReceiptPdfInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetReservationInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSessionInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSessionSeriesInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSiteInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSiteEnergyInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSiteForecastInput = { readonly params: { readonly id: string; readonly kind: "pv" | "load" | "cap" }; readonly query?: { readonly from?: string | undefined; readonly to?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSitePlanInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSitePowerInput = { readonly params: { readonly id: string }; readonly query?: { readonly from?: string | undefined; readonly to?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetSiteTimelineInput = { readonly params: { readonly id: string }; readonly query?: { readonly from?: string | undefined; readonly to?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetStationInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetStationTimelineInput = { readonly params: { readonly id: string }; readonly query?: { readonly from?: string | undefined; readonly to?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type GetTariffInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListAlarmsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly open?: boolean | undefined; readonly stationId?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListApiKeysInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListCommandsInput = { readonly params: { readonly id: string }; readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly inError?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListContractsInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListDriversInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly q?: string | undefined; readonly inError?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListLedgerInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly account?: string | undefined; readonly sessionId?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListMessagesInput = { readonly params: { readonly id: string }; readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly action?: string | undefined; readonly direction?: "in" | "out" | undefined; readonly inError?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListNotificationsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListOcppActionsInput = { readonly params: { readonly version: "ocpp1.6" | "ocpp2.0.1" }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListOwnReservationsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly state?: "confirmed" | "pushed" | "active" | "completed" | "released" | "cancelled" | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListOwnSessionsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly active?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListOwnTokensInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListOwnVehiclesInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListPriceSeriesInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListPublicSitesInput = { readonly query?: { readonly standard?: "IEC_62196_T1" | "IEC_62196_T2" | "IEC_62196_T1_COMBO" | "IEC_62196_T2_COMBO" | "CHADEMO" | "DOMESTIC" | undefined; readonly minPowerW?: number | undefined; readonly near?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListReservationsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly evseId?: string | undefined; readonly stationId?: string | undefined; readonly siteId?: string | undefined; readonly driverId?: string | undefined; readonly state?: "confirmed" | "pushed" | "active" | "completed" | "released" | "cancelled" | undefined; readonly inError?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListSessionsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly state?: "pending" | "charging" | "suspended" | "idle" | "ended" | "held" | "billed" | undefined; readonly active?: boolean | undefined; readonly siteId?: string | undefined; readonly stationId?: string | undefined; readonly evseId?: string | undefined; readonly driverId?: string | undefined; readonly inError?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListSitesInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListStationsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly siteId?: string | undefined; readonly status?: "available" | "occupied" | "charging" | "suspended" | "reserved" | "unavailable" | "faulted" | "offline" | "unknown" | undefined; readonly q?: string | undefined; readonly inError?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListTariffsInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListTokensInput = { readonly query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined; readonly driverId?: string | undefined; readonly inError?: boolean | undefined }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListTrustAnchorsInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ListVariablesInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type PlanFleetInput = { readonly body: { readonly wishes: readonly ({ readonly arrival?: string; readonly departure?: string; readonly energyWh?: number; readonly targetSocPercent?: number; readonly socPercent?: number; readonly vehicleId?: string; readonly priceCapMicros?: string; readonly waitingMicrosPerHour?: string; readonly near?: { readonly latitude: number; readonly longitude: number }; readonly wayMicrosPerKm?: string; readonly standards?: readonly ("IEC_62196_T1" | "IEC_62196_T2" | "IEC_62196_T1_COMBO" | "IEC_62196_T2_COMBO" | "CHADEMO" | "DOMESTIC")[]; readonly driverId?: string })[]; readonly siteIds?: readonly string[]; readonly reserve?: boolean }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type PutCarbonSeriesInput = { readonly params: { readonly name: string }; readonly body: { readonly items: readonly { readonly from: string; readonly to: string; readonly gramsPerKwh: number }[] }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type PutPriceSeriesInput = { readonly params: { readonly name: string }; readonly body: { readonly items: readonly { readonly from: string; readonly to: string; readonly perKwhMicros: string }[] }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type PutSiteEnergyInput = { readonly params: { readonly id: string }; readonly body: NewSiteEnergy; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type PutSiteForecastInput = { readonly params: { readonly id: string; readonly kind: "pv" | "load" | "cap" }; readonly body: { readonly items: readonly { readonly from: string; readonly to: string; readonly powerW: number }[] }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ReadNotificationInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ReleaseSessionInput = { readonly params: { readonly id: string }; readonly body: { readonly decision: "bill" | "waive"; readonly reason: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type RenewStationPasswordInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ResolveAlarmInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type ReviseTariffInput = { readonly params: { readonly id: string }; readonly body: { readonly name?: string; readonly definition: JsonObject }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type RevokeApiKeyInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type SendCommandInput = { readonly params: { readonly id: string; readonly action: string }; readonly query?: { readonly timeoutSeconds?: number | undefined }; readonly body: JsonObject; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type SetSiteTariffInput = { readonly params: { readonly id: string }; readonly body: { readonly tariffId: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type SetUpInput = { readonly body: { readonly token: string; readonly name: string; readonly email: string; readonly password: string; readonly organisation: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type SimulatePriceInput = { readonly body: { readonly definition?: JsonObject; readonly tariffId?: string; readonly startsAt: string; readonly endsAt: string; readonly energyWh: number; readonly exportWh?: number; readonly idleMinutes?: number; readonly slotTaken?: boolean }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type StartOwnSessionInput = { readonly body: { readonly evseCode: string; readonly offer?: string; readonly reservationId?: string; readonly vehicleId?: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type StopOwnSessionInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type StopSessionInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type SubscribeToPushInput = { readonly body: { readonly endpoint: string; readonly expirationTime?: number | null; readonly keys: { readonly p256dh: string; readonly auth: string } }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type UnblockDriverInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type UnblockTokenInput = { readonly params: { readonly id: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type UpdateOwnVehicleInput = { readonly params: { readonly id: string }; readonly body: { readonly label?: string; readonly batteryWh?: number; readonly maxAcW?: number; readonly maxDcW?: number; readonly connectorStandards?: readonly ("IEC_62196_T1" | "IEC_62196_T2" | "IEC_62196_T1_COMBO" | "IEC_62196_T2_COMBO" | "CHADEMO" | "DOMESTIC")[] }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type UpdateProfileInput = { readonly body: { readonly name?: string; readonly phone?: string | null; readonly locale?: string }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type UpdateSiteInput = { readonly params: { readonly id: string }; readonly body: { readonly name?: string; readonly kind?: "home" | "station" | "parking" | "depot"; readonly address?: string; readonly city?: string; readonly country?: string; readonly latitude?: number; readonly longitude?: number; readonly timeZone?: string; readonly currency?: string; readonly gridLimitW?: number | null; readonly operatorName?: string; readonly access?: "public" | "private"; readonly steering?: boolean }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type UpdateStationInput = { readonly params: { readonly id: string }; readonly body: { readonly name?: string; readonly siteId?: string; readonly sharedLimitW?: number | null; readonly openAccess?: boolean; readonly registration?: "accepted" | "pending" | "rejected"; readonly inboundMode?: "lenient" | "strict" }; readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type VehiclesChargingInput = { readonly signal?: AbortSignal | undefined; readonly idempotencyKey?: string | undefined }

export type AddTrustAnchorReply = TrustAnchor

export type BlockDriverReply = { readonly ok: boolean }

export type BlockTokenReply = { readonly ok: boolean }

export type BookReservationReply = Reservation

export type CancelOwnReservationReply = Reservation

export type CancelReservationReply = Reservation

export type CheckSetUpReply = { readonly due: boolean }

export type CreateApiKeyReply = { readonly apiKey: ApiKey; readonly key?: string }

export type CreateContractReply = Contract

export type CreateDriverReply = Driver

export type CreateOwnVehicleReply = Vehicle

export type CreateSiteReply = Site

export type CreateStationReply = { readonly station: StationDetail; readonly password?: string }

export type CreateTariffReply = Tariff

export type CreateTokenReply = IdToken

export type DeleteOwnVehicleReply = { readonly ok: boolean }

export type DeleteTrustAnchorReply = { readonly ok: boolean }

export type FindNetworkPlansReply = { readonly choices: readonly NetworkChoice[]; readonly impossible?: { readonly code: string } }

export type FindPlansReply = { readonly plans: readonly Plan[]; readonly priceLine: readonly { readonly from: string; readonly to: string; readonly perKwh: Money; readonly perMinute: Money; readonly label: string; readonly peak: boolean }[]; readonly busy: readonly { readonly from: string; readonly to: string }[]; readonly solar?: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly asked: Plan | null; readonly impossible?: { readonly code: string; readonly shortfallWh: number } }

export type GetCarbonSeriesReply = { readonly items: readonly { readonly from: string; readonly to: string; readonly gramsPerKwh: number }[] }

export type GetDriverReply = { readonly driver: Driver; readonly vehicles: readonly Vehicle[]; readonly tokens: readonly IdToken[]; readonly sessions: readonly Session[] }

export type GetFunnelReply = { readonly steps: readonly ({ readonly step: "plugged" | "authorised" | "energy" | "endedWell" | "paid"; readonly count: number })[]; readonly losses: readonly { readonly step: string; readonly cause: string; readonly errorCode?: string; readonly count: number; readonly sessionIds: readonly string[] }[] }

export type GetMeReply = { readonly user: { readonly name: string; readonly email?: string }; readonly roles: readonly ("owner" | "operator" | "viewer" | "driver")[]; readonly scopes: readonly string[]; readonly tenant: { readonly id: string; readonly name: string }; readonly driver?: { readonly id: string; readonly name: string } }

export type GetOcppSchemaReply = JsonObject

export type GetOverviewReply = { readonly needs: readonly ({ readonly kind: string; readonly severity: "high" | "medium" | "low"; readonly title: string; readonly codes: readonly string[]; readonly detail?: JsonObject; readonly alarmId?: string; readonly stationId?: string; readonly stationName?: string; readonly evse?: number; readonly reservationId?: string; readonly reservationCode?: string; readonly sessionId?: string; readonly since: string; readonly action?: string })[]; readonly counts: { readonly stations: number; readonly online: number; readonly evses: Readonly<Record<string, number>>; readonly sessionsActive: number; readonly powerW: number; readonly vehiclesChargedToday: number; readonly energyTodayWh: number; readonly revenueToday: Money; readonly overallSocPercent?: number } }

export type GetOwnReceiptReply = Receipt

export type GetOwnReservationReply = Reservation

export type GetOwnSessionReply = Session

export type GetOwnSessionSeriesReply = SessionSeries

export type GetPriceSeriesReply = { readonly items: readonly { readonly from: string; readonly to: string; readonly perKwhMicros: string }[] }

export type GetProfileReply = Driver

export type GetPublicEvseReply = { readonly evse: PublicEvse; readonly site: PublicSite }

export type GetPushKeyReply = { readonly publicKey: string }

export type GetReceiptReply = Receipt

export type GetReservationReply = Reservation

export type GetSessionReply = Session

export type GetSessionSeriesReply = SessionSeries

export type GetSiteReply = Site

export type GetSiteEnergyReply = SiteEnergy

export type GetSiteForecastReply = { readonly items: readonly { readonly from: string; readonly to: string; readonly powerW: number }[] }

export type GetSitePlanReply = { readonly steering: boolean; readonly plan?: { readonly planner: string; readonly plannedAt: string; readonly endsAt: string; readonly reasons: readonly string[]; readonly limitW?: number; readonly plannedWh: number; readonly shortfallWh: number; readonly cost: Money; readonly costGap: Money; readonly solarWh?: number; readonly peakRiseW?: number; readonly shortfallGapWh: number; readonly anticipated?: { readonly days: number; readonly earlyWh: number }; readonly total: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly cars: readonly PlannedCar[] } }

export type GetSitePowerReply = { readonly gridLimitW?: number; readonly points: readonly { readonly at: string; readonly byEvse: Readonly<Record<string, number>>; readonly totalW: number; readonly plannedW: number }[]; readonly prices: readonly { readonly from: string; readonly to: string; readonly perKwh: Money }[]; readonly solar?: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly caps?: readonly { readonly from: string; readonly to: string; readonly powerW: number }[]; readonly evses: readonly { readonly id: string; readonly label: string; readonly stationName?: string }[] }

export type GetSiteTimelineReply = { readonly evses: readonly { readonly id: string; readonly label: string; readonly stationName: string; readonly segments: readonly { readonly from: string; readonly to: string; readonly status: string }[] }[] }

export type GetStationReply = StationDetail

export type GetStationTimelineReply = { readonly evses: readonly { readonly id: string; readonly label: string; readonly stationName: string; readonly segments: readonly { readonly from: string; readonly to: string; readonly status: string }[] }[] }

export type GetTariffReply = Tariff

export type ListAlarmsReply = { readonly items: readonly { readonly id: string; readonly kind: string; readonly stationId?: string; readonly stationName?: string; readonly sessionId?: string; readonly detail: JsonObject; readonly raisedAt: string; readonly resolvedAt?: string }[]; readonly nextCursor?: string }

export type ListApiKeysReply = { readonly items: readonly ApiKey[]; readonly nextCursor?: string }

export type ListCommandsReply = { readonly items: readonly { readonly id: string; readonly action: string; readonly payload: unknown; readonly requestedBy: string; readonly requestedAt: string; readonly state: string; readonly answer?: unknown; readonly error?: string; readonly endedAt?: string }[]; readonly nextCursor?: string }

export type ListContractsReply = { readonly items: readonly Contract[] }

export type ListDriversReply = { readonly items: readonly Driver[]; readonly nextCursor?: string }

export type ListLedgerReply = { readonly items: readonly { readonly transactionId: string; readonly line: number; readonly account: string; readonly amount: Money; readonly description: string; readonly postedAt: string; readonly sessionId?: string; readonly receiptNumber?: number }[]; readonly balances: readonly { readonly account: string; readonly amount: Money }[]; readonly nextCursor?: string }

export type ListMessagesReply = { readonly items: readonly ({ readonly id: string; readonly at: string; readonly direction: "in" | "out"; readonly action: string; readonly messageId: string; readonly request: string; readonly response?: string; readonly outcome: string; readonly violations?: unknown })[]; readonly nextCursor?: string }

export type ListNotificationsReply = { readonly items: readonly { readonly id: string; readonly sessionId?: string; readonly reservationId?: string; readonly kind: string; readonly data: JsonObject; readonly createdAt: string; readonly readAt?: string }[]; readonly nextCursor?: string }

export type ListOcppActionsReply = { readonly items: readonly { readonly action: string; readonly direction: string }[]; readonly nextCursor?: string }

export type ListOwnReservationsReply = { readonly items: readonly Reservation[]; readonly nextCursor?: string }

export type ListOwnSessionsReply = { readonly items: readonly Session[]; readonly nextCursor?: string }

export type ListOwnTokensReply = { readonly items: readonly IdToken[]; readonly nextCursor?: string }

export type ListOwnVehiclesReply = { readonly items: readonly Vehicle[]; readonly nextCursor?: string }

export type ListPriceSeriesReply = { readonly items: readonly { readonly name: string; readonly from?: string; readonly to?: string; readonly prices: number; readonly followedBy: readonly { readonly id: string; readonly name: string }[] }[]; readonly nextCursor?: string }

export type ListPublicSitesReply = { readonly items: readonly PublicSite[]; readonly nextCursor?: string }

export type ListReservationsReply = { readonly items: readonly Reservation[]; readonly nextCursor?: string }

export type ListSessionsReply = { readonly items: readonly Session[]; readonly nextCursor?: string }

export type ListSitesReply = { readonly items: readonly Site[]; readonly nextCursor?: string }

export type ListStationsReply = { readonly items: readonly Station[]; readonly nextCursor?: string }

export type ListTariffsReply = { readonly items: readonly Tariff[]; readonly nextCursor?: string }

export type ListTokensReply = { readonly items: readonly IdToken[]; readonly nextCursor?: string }

export type ListTrustAnchorsReply = { readonly items: readonly TrustAnchor[] }

export type ListVariablesReply = { readonly items: readonly { readonly component: string; readonly instance?: string; readonly evse?: number; readonly variable: string; readonly value?: string; readonly mutability?: string; readonly reportedAt: string }[]; readonly nextCursor?: string }

export type PlanFleetReply = { readonly outcomes: readonly FleetOutcome[]; readonly served: number; readonly total?: Money; readonly reserved: boolean }

export type PutCarbonSeriesReply = { readonly saved: number }

export type PutPriceSeriesReply = { readonly saved: number }

export type PutSiteEnergyReply = SiteEnergy

export type PutSiteForecastReply = { readonly saved: number }

export type ReadNotificationReply = { readonly ok: boolean }

export type ReleaseSessionReply = { readonly ok: boolean }

export type RenewStationPasswordReply = { readonly password?: string }

export type ResolveAlarmReply = { readonly ok: boolean }

export type ReviseTariffReply = Tariff

export type RevokeApiKeyReply = { readonly ok: boolean }

export type SendCommandReply = { readonly outcome: "answered"; readonly response: JsonObject }

export type SetSiteTariffReply = Site

export type SetUpReply = { readonly ok: boolean; readonly tenantId: string }

export type SimulatePriceReply = { readonly cost: Cost; readonly priceLine: readonly { readonly from: string; readonly to: string; readonly perKwh: Money; readonly perMinute: Money; readonly label: string; readonly peak: boolean }[]; readonly tariff: JsonObject }

export type StartOwnSessionReply = { readonly requestId: string; readonly evseCode: string; readonly reservationId?: string }

export type StopOwnSessionReply = { readonly ok: boolean }

export type StopSessionReply = { readonly ok: boolean }

export type SubscribeToPushReply = { readonly ok: boolean }

export type UnblockDriverReply = { readonly ok: boolean }

export type UnblockTokenReply = { readonly ok: boolean }

export type UpdateOwnVehicleReply = Vehicle

export type UpdateProfileReply = Driver

export type UpdateSiteReply = Site

export type UpdateStationReply = StationDetail

export type VehiclesChargingReply = { readonly items: readonly { readonly sessionId: string; readonly vehicleId?: string; readonly vehicleLabel?: string; readonly batteryWh?: number; readonly socPercent?: number; readonly powerW?: number; readonly importWh: number; readonly stationId: string; readonly stationName: string; readonly siteName: string; readonly evseNumber?: number; readonly chargingState?: string; readonly startedAt: string }[]; readonly overallSocPercent?: number }

/** Every operation of the API as a function. */
export const operations = (request: Request) => ({
  /** A root to check certificates against: of contracts (MO), stations (V2G) or cars (OEM). */
  addTrustAnchor: (input: AddTrustAnchorInput): Promise<AddTrustAnchorReply> => request.json<AddTrustAnchorReply>('POST', '/api/v1/trust-anchors', input),
  /** The driver can start nothing from now on. */
  blockDriver: (input: BlockDriverInput): Promise<BlockDriverReply> => request.json<BlockDriverReply>('POST', '/api/v1/drivers/{id}/block', input),
  /** No station accepts the token from now on. */
  blockToken: (input: BlockTokenInput): Promise<BlockTokenReply> => request.json<BlockTokenReply>('POST', '/api/v1/tokens/{id}/block', input),
  /** Reserves the slot of an offered plan at its price; of all who ask for a slot exactly one gets it. */
  bookReservation: (input: BookReservationInput): Promise<BookReservationReply> => request.json<BookReservationReply>('POST', '/api/v1/driver/reservations', input),
  /** Gives the slot back. */
  cancelOwnReservation: (input: CancelOwnReservationInput): Promise<CancelOwnReservationReply> => request.json<CancelOwnReservationReply>('POST', '/api/v1/driver/reservations/{id}/cancel', input),
  /** Gives a slot back, here and at the station. */
  cancelReservation: (input: CancelReservationInput): Promise<CancelReservationReply> => request.json<CancelReservationReply>('POST', '/api/v1/reservations/{id}/cancel', input),
  /** Whether a one-time set-up link is still good; without a token, whether a set-up is due. */
  checkSetUp: (input: CheckSetUpInput = {}): Promise<CheckSetUpReply> => request.json<CheckSetUpReply>('GET', '/api/v1/setup', input),
  /** A new API key for a program; its text is shown once. */
  createApiKey: (input: CreateApiKeyInput): Promise<CreateApiKeyReply> => request.json<CreateApiKeyReply>('POST', '/api/v1/api-keys', input),
  /** A contract for Plug & Charge, which the car with this provisioning certificate fetches over its cable; its eMAID becomes a token. */
  createContract: (input: CreateContractInput): Promise<CreateContractReply> => request.json<CreateContractReply>('POST', '/api/v1/drivers/{id}/contracts', input),
  /** A new driver, without an account of their own. */
  createDriver: (input: CreateDriverInput): Promise<CreateDriverReply> => request.json<CreateDriverReply>('POST', '/api/v1/drivers', input),
  /** A new car. */
  createOwnVehicle: (input: CreateOwnVehicleInput): Promise<CreateOwnVehicleReply> => request.json<CreateOwnVehicleReply>('POST', '/api/v1/driver/vehicles', input),
  /** A new site. */
  createSite: (input: CreateSiteInput): Promise<CreateSiteReply> => request.json<CreateSiteReply>('POST', '/api/v1/sites', input),
  /** A new charging station; its password is shown once. */
  createStation: (input: CreateStationInput): Promise<CreateStationReply> => request.json<CreateStationReply>('POST', '/api/v1/stations', input),
  /** A new tariff. */
  createTariff: (input: CreateTariffInput): Promise<CreateTariffReply> => request.json<CreateTariffReply>('POST', '/api/v1/tariffs', input),
  /** A card or another token of a driver; its text is not kept. */
  createToken: (input: CreateTokenInput): Promise<CreateTokenReply> => request.json<CreateTokenReply>('POST', '/api/v1/drivers/{id}/tokens', input),
  /** Forgets a car; its sessions stay. */
  deleteOwnVehicle: (input: DeleteOwnVehicleInput): Promise<DeleteOwnVehicleReply> => request.json<DeleteOwnVehicleReply>('DELETE', '/api/v1/driver/vehicles/{id}', input),
  /** What hangs on this root is refused from now on. */
  deleteTrustAnchor: (input: DeleteTrustAnchorInput): Promise<DeleteTrustAnchorReply> => request.json<DeleteTrustAnchorReply>('DELETE', '/api/v1/trust-anchors/{id}', input),
  /** Which station and which start cost least in price, waiting and way, each as an offer that reserve and start take back. */
  findNetworkPlans: (input: FindNetworkPlansInput): Promise<FindNetworkPlansReply> => request.json<FindNetworkPlansReply>('POST', '/api/v1/driver/network-plans', input),
  /** Priced plans for a wish at one connector, each with an offer that reserve and start take back. */
  findPlans: (input: FindPlansInput): Promise<FindPlansReply> => request.json<FindPlansReply>('POST', '/api/v1/driver/plans', input),
  /** Grams of CO2 for each kWh of the grid, by which the greenest plan is found; the two days around now unless told. */
  getCarbonSeries: (input: GetCarbonSeriesInput): Promise<GetCarbonSeriesReply> => request.json<GetCarbonSeriesReply>('GET', '/api/v1/carbon-series/{name}', input),
  /** One driver with vehicles, tokens and the last sessions. */
  getDriver: (input: GetDriverInput): Promise<GetDriverReply> => request.json<GetDriverReply>('GET', '/api/v1/drivers/{id}', input),
  /** The sticker: leads to the start page of this connector. */
  getEvseQr: (input: GetEvseQrInput): Promise<Blob> => request.blob('GET', '/api/v1/public/evses/{code}/qr.svg', input),
  /** From plug to paid: how many sessions reached each step, and what the rest was lost to; seven days unless told. */
  getFunnel: (input: GetFunnelInput = {}): Promise<GetFunnelReply> => request.json<GetFunnelReply>('GET', '/api/v1/funnel', input),
  /** Who is signed in, and as what. */
  getMe: (input: GetMeInput = {}): Promise<GetMeReply> => request.json<GetMeReply>('GET', '/api/v1/me', input),
  /** The JSON schema of one action: what a command form is made from. */
  getOcppSchema: (input: GetOcppSchemaInput): Promise<GetOcppSchemaReply> => request.json<GetOcppSchemaReply>('GET', '/api/v1/ocpp/schemas/{version}/{action}', input),
  /** What needs somebody, and how things stand. */
  getOverview: (input: GetOverviewInput = {}): Promise<GetOverviewReply> => request.json<GetOverviewReply>('GET', '/api/v1/overview', input),
  /** The receipt of a billed session, as it was issued. */
  getOwnReceipt: (input: GetOwnReceiptInput): Promise<GetOwnReceiptReply> => request.json<GetOwnReceiptReply>('GET', '/api/v1/driver/sessions/{id}/receipt', input),
  /** The same as a page to print. */
  getOwnReceiptPdf: (input: GetOwnReceiptPdfInput): Promise<Blob> => request.blob('GET', '/api/v1/driver/sessions/{id}/receipt.pdf', input),
  /** One of the driver's reservations. */
  getOwnReservation: (input: GetOwnReservationInput): Promise<GetOwnReservationReply> => request.json<GetOwnReservationReply>('GET', '/api/v1/driver/reservations/{id}', input),
  /** One of the driver's sessions. */
  getOwnSession: (input: GetOwnSessionInput): Promise<GetOwnSessionReply> => request.json<GetOwnSessionReply>('GET', '/api/v1/driver/sessions/{id}', input),
  /** One of the driver's sessions over time. */
  getOwnSessionSeries: (input: GetOwnSessionSeriesInput): Promise<GetOwnSessionSeriesReply> => request.json<GetOwnSessionSeriesReply>('GET', '/api/v1/driver/sessions/{id}/series', input),
  /** Day-ahead prices per kWh that tariffs may follow; the two days around now unless told. */
  getPriceSeries: (input: GetPriceSeriesInput): Promise<GetPriceSeriesReply> => request.json<GetPriceSeriesReply>('GET', '/api/v1/price-series/{name}', input),
  /** The driver who is signed in. */
  getProfile: (input: GetProfileInput = {}): Promise<GetProfileReply> => request.json<GetProfileReply>('GET', '/api/v1/driver/profile', input),
  /** The connector whose QR code was read, with its site and the other connectors there. */
  getPublicEvse: (input: GetPublicEvseInput): Promise<GetPublicEvseReply> => request.json<GetPublicEvseReply>('GET', '/api/v1/public/evses/{code}', input),
  /** The key that a browser subscribes to web push with (RFC 8292). */
  getPushKey: (input: GetPushKeyInput = {}): Promise<GetPushKeyReply> => request.json<GetPushKeyReply>('GET', '/api/v1/driver/push-key', input),
  /** The receipt of a billed session, as it was issued. */
  getReceipt: (input: GetReceiptInput): Promise<GetReceiptReply> => request.json<GetReceiptReply>('GET', '/api/v1/sessions/{id}/receipt', input),
  /** The same as a page to print. */
  getReceiptPdf: (input: GetReceiptPdfInput): Promise<Blob> => request.blob('GET', '/api/v1/sessions/{id}/receipt.pdf', input),
  /** One reservation. */
  getReservation: (input: GetReservationInput): Promise<GetReservationReply> => request.json<GetReservationReply>('GET', '/api/v1/reservations/{id}', input),
  /** One session. */
  getSession: (input: GetSessionInput): Promise<GetSessionReply> => request.json<GetSessionReply>('GET', '/api/v1/sessions/{id}', input),
  /** A session over time beside its plan and its price. */
  getSessionSeries: (input: GetSessionSeriesInput): Promise<GetSessionSeriesReply> => request.json<GetSessionSeriesReply>('GET', '/api/v1/sessions/{id}/series', input),
  /** One site. */
  getSite: (input: GetSiteInput): Promise<GetSiteReply> => request.json<GetSiteReply>('GET', '/api/v1/sites/{id}', input),
  /** What a site has beside its limit in W: currents by phase, pauses, feed-in, demand charge, carbon, and how its stations are wired. */
  getSiteEnergy: (input: GetSiteEnergyInput): Promise<GetSiteEnergyReply> => request.json<GetSiteEnergyReply>('GET', '/api/v1/sites/{id}/energy', input),
  /** What the panels (pv) are forecast to give, the building (load) to take or the site is capped to (cap); the two days around now unless told. */
  getSiteForecast: (input: GetSiteForecastInput): Promise<GetSiteForecastReply> => request.json<GetSiteForecastReply>('GET', '/api/v1/sites/{id}/forecasts/{kind}', input),
  /** The plan that a site is steered by: power of each car and of all, and why each has what it has. */
  getSitePlan: (input: GetSitePlanInput): Promise<GetSitePlanReply> => request.json<GetSitePlanReply>('GET', '/api/v1/sites/{id}/plan', input),
  /** What each connector drew, the plans and the price over a period; the last day unless told. */
  getSitePower: (input: GetSitePowerInput): Promise<GetSitePowerReply> => request.json<GetSitePowerReply>('GET', '/api/v1/sites/{id}/power', input),
  /** The status of each connector of a site over a period; seven days unless told. */
  getSiteTimeline: (input: GetSiteTimelineInput): Promise<GetSiteTimelineReply> => request.json<GetSiteTimelineReply>('GET', '/api/v1/sites/{id}/timeline', input),
  /** One charging station with everything known of it. */
  getStation: (input: GetStationInput): Promise<GetStationReply> => request.json<GetStationReply>('GET', '/api/v1/stations/{id}', input),
  /** The status of each connector of a station over a period; seven days unless told. */
  getStationTimeline: (input: GetStationTimelineInput): Promise<GetStationTimelineReply> => request.json<GetStationTimelineReply>('GET', '/api/v1/stations/{id}/timeline', input),
  /** One tariff. */
  getTariff: (input: GetTariffInput): Promise<GetTariffReply> => request.json<GetTariffReply>('GET', '/api/v1/tariffs/{id}', input),
  /** What needs a person, newest first. */
  listAlarms: (input: ListAlarmsInput = {}): Promise<ListAlarmsReply> => request.json<ListAlarmsReply>('GET', '/api/v1/alarms', input),
  /** API keys, without their text. */
  listApiKeys: (input: ListApiKeysInput = {}): Promise<ListApiKeysReply> => request.json<ListApiKeysReply>('GET', '/api/v1/api-keys', input),
  /** What was asked of a station and what it answered, newest first. */
  listCommands: (input: ListCommandsInput): Promise<ListCommandsReply> => request.json<ListCommandsReply>('GET', '/api/v1/stations/{id}/commands', input),
  /** Contracts for Plug & Charge of a driver, and whether a car fetched them. */
  listContracts: (input: ListContractsInput): Promise<ListContractsReply> => request.json<ListContractsReply>('GET', '/api/v1/drivers/{id}/contracts', input),
  /** Drivers by name. */
  listDrivers: (input: ListDriversInput = {}): Promise<ListDriversReply> => request.json<ListDriversReply>('GET', '/api/v1/drivers', input),
  /** Entries, newest first, debit positive; and what each account comes to over all entries that the filter lets through. */
  listLedger: (input: ListLedgerInput = {}): Promise<ListLedgerReply> => request.json<ListLedgerReply>('GET', '/api/v1/ledger', input),
  /** The raw OCPP messages of a station, newest first. */
  listMessages: (input: ListMessagesInput): Promise<ListMessagesReply> => request.json<ListMessagesReply>('GET', '/api/v1/stations/{id}/messages', input),
  /** What the driver was told, newest first. */
  listNotifications: (input: ListNotificationsInput = {}): Promise<ListNotificationsReply> => request.json<ListNotificationsReply>('GET', '/api/v1/driver/notifications', input),
  /** The actions of an OCPP version that are built, and who sends them. */
  listOcppActions: (input: ListOcppActionsInput): Promise<ListOcppActionsReply> => request.json<ListOcppActionsReply>('GET', '/api/v1/ocpp/schemas/{version}', input),
  /** The driver's reservations, latest slot first. */
  listOwnReservations: (input: ListOwnReservationsInput = {}): Promise<ListOwnReservationsReply> => request.json<ListOwnReservationsReply>('GET', '/api/v1/driver/reservations', input),
  /** The driver's sessions, newest first. */
  listOwnSessions: (input: ListOwnSessionsInput = {}): Promise<ListOwnSessionsReply> => request.json<ListOwnSessionsReply>('GET', '/api/v1/driver/sessions', input),
  /** The driver's cards. */
  listOwnTokens: (input: ListOwnTokensInput = {}): Promise<ListOwnTokensReply> => request.json<ListOwnTokensReply>('GET', '/api/v1/driver/tokens', input),
  /** The driver's cars. */
  listOwnVehicles: (input: ListOwnVehiclesInput = {}): Promise<ListOwnVehiclesReply> => request.json<ListOwnVehiclesReply>('GET', '/api/v1/driver/vehicles', input),
  /** Series of day-ahead prices, how far each reaches, and the tariffs that follow it. */
  listPriceSeries: (input: ListPriceSeriesInput = {}): Promise<ListPriceSeriesReply> => request.json<ListPriceSeriesReply>('GET', '/api/v1/price-series', input),
  /** Where one can charge, with what is free and its price now; nearest first when asked from somewhere. */
  listPublicSites: (input: ListPublicSitesInput = {}): Promise<ListPublicSitesReply> => request.json<ListPublicSitesReply>('GET', '/api/v1/public/sites', input),
  /** Reservations that overlap a period, latest slot first. */
  listReservations: (input: ListReservationsInput = {}): Promise<ListReservationsReply> => request.json<ListReservationsReply>('GET', '/api/v1/reservations', input),
  /** Charging sessions, newest first. */
  listSessions: (input: ListSessionsInput = {}): Promise<ListSessionsReply> => request.json<ListSessionsReply>('GET', '/api/v1/sessions', input),
  /** Sites with their connectors counted by status and their power now. */
  listSites: (input: ListSitesInput = {}): Promise<ListSitesReply> => request.json<ListSitesReply>('GET', '/api/v1/sites', input),
  /** Charging stations by name, with their connectors. */
  listStations: (input: ListStationsInput = {}): Promise<ListStationsReply> => request.json<ListStationsReply>('GET', '/api/v1/stations', input),
  /** Tariffs and where they are used. */
  listTariffs: (input: ListTariffsInput = {}): Promise<ListTariffsReply> => request.json<ListTariffsReply>('GET', '/api/v1/tariffs', input),
  /** Cards and other tokens, never their text. */
  listTokens: (input: ListTokensInput = {}): Promise<ListTokensReply> => request.json<ListTokensReply>('GET', '/api/v1/tokens', input),
  /** Roots that certificates of contracts, stations and cars are checked against. */
  listTrustAnchors: (input: ListTrustAnchorsInput = {}): Promise<ListTrustAnchorsReply> => request.json<ListTrustAnchorsReply>('GET', '/api/v1/trust-anchors', input),
  /** Configuration keys (1.6) and variables (2.0.1) as the station last reported them. */
  listVariables: (input: ListVariablesInput): Promise<ListVariablesReply> => request.json<ListVariablesReply>('GET', '/api/v1/stations/{id}/variables', input),
  /** Which station and which start for each of many wishes, so that price, waiting and way of all cost least and no two are promised the same. */
  planFleet: (input: PlanFleetInput): Promise<PlanFleetReply> => request.json<PlanFleetReply>('POST', '/api/v1/network-plans', input),
  /** Writes grams of CO2 for each kWh of the grid over what was said of the same time; sites name the series that they follow. */
  putCarbonSeries: (input: PutCarbonSeriesInput): Promise<PutCarbonSeriesReply> => request.json<PutCarbonSeriesReply>('PUT', '/api/v1/carbon-series/{name}', input),
  /** Writes day-ahead prices over those that begin at the same instants. */
  putPriceSeries: (input: PutPriceSeriesInput): Promise<PutPriceSeriesReply> => request.json<PutPriceSeriesReply>('PUT', '/api/v1/price-series/{name}', input),
  /** Says what a site has beside its limit in W; what is left out it has not, and stations left out stay as they are. */
  putSiteEnergy: (input: PutSiteEnergyInput): Promise<PutSiteEnergyReply> => request.json<PutSiteEnergyReply>('PUT', '/api/v1/sites/{id}/energy', input),
  /** Writes what the panels (pv) will give, the building (load) will take or the site is capped to (cap), over what was said of the same time. */
  putSiteForecast: (input: PutSiteForecastInput): Promise<PutSiteForecastReply> => request.json<PutSiteForecastReply>('PUT', '/api/v1/sites/{id}/forecasts/{kind}', input),
  /** The driver has seen it. */
  readNotification: (input: ReadNotificationInput): Promise<ReadNotificationReply> => request.json<ReadNotificationReply>('POST', '/api/v1/driver/notifications/{id}/read', input),
  /** Decides about a session that was held for review: bill it as read, or waive it. */
  releaseSession: (input: ReleaseSessionInput): Promise<ReleaseSessionReply> => request.json<ReleaseSessionReply>('POST', '/api/v1/sessions/{id}/release', input),
  /** A new password, shown once; the old one stays valid until the station has used the new one. */
  renewStationPassword: (input: RenewStationPasswordInput): Promise<RenewStationPasswordReply> => request.json<RenewStationPasswordReply>('POST', '/api/v1/stations/{id}/password', input),
  /** Says that an alarm was dealt with. */
  resolveAlarm: (input: ResolveAlarmInput): Promise<ResolveAlarmReply> => request.json<ResolveAlarmReply>('POST', '/api/v1/alarms/{id}/resolve', input),
  /** The next version of a tariff; what was accepted before keeps its own copy. */
  reviseTariff: (input: ReviseTariffInput): Promise<ReviseTariffReply> => request.json<ReviseTariffReply>('PUT', '/api/v1/tariffs/{id}', input),
  /** Makes an API key worthless at once. */
  revokeApiKey: (input: RevokeApiKeyInput): Promise<RevokeApiKeyReply> => request.json<RevokeApiKeyReply>('DELETE', '/api/v1/api-keys/{id}', input),
  /** Sends a raw OCPP request of the station's own version, and answers with the station's answer or a clear expiry. */
  sendCommand: (input: SendCommandInput): Promise<SendCommandReply> => request.json<SendCommandReply>('POST', '/api/v1/stations/{id}/commands/{action}', input),
  /** The tariff of every connector of a site that has none of its own. */
  setSiteTariff: (input: SetSiteTariffInput): Promise<SetSiteTariffReply> => request.json<SetSiteTariffReply>('PUT', '/api/v1/sites/{id}/tariff', input),
  /** Sets the installation up with the one-time link: an organisation and its owner. */
  setUp: (input: SetUpInput): Promise<SetUpReply> => request.json<SetUpReply>('POST', '/api/v1/setup', input),
  /** What a session would cost under a tariff, saved or not, with the same function that bills it. */
  simulatePrice: (input: SimulatePriceInput): Promise<SimulatePriceReply> => request.json<SimulatePriceReply>('POST', '/api/v1/tariffs/simulate', input),
  /** Asks a station to start: under an offered plan, under a reservation, or at once at the list price. */
  startOwnSession: (input: StartOwnSessionInput): Promise<StartOwnSessionReply> => request.json<StartOwnSessionReply>('POST', '/api/v1/driver/sessions', input),
  /** Stops charging; the connector unlocks when its power is gone. */
  stopOwnSession: (input: StopOwnSessionInput): Promise<StopOwnSessionReply> => request.json<StopOwnSessionReply>('POST', '/api/v1/driver/sessions/{id}/stop', input),
  /** Asks the station to stop; the session ends when the station says so. */
  stopSession: (input: StopSessionInput): Promise<StopSessionReply> => request.json<StopSessionReply>('POST', '/api/v1/sessions/{id}/stop', input),
  /** A browser that wants web push (RFC 8030), as PushSubscription.toJSON() gives it. */
  subscribeToPush: (input: SubscribeToPushInput): Promise<SubscribeToPushReply> => request.json<SubscribeToPushReply>('POST', '/api/v1/driver/push-subscriptions', input),
  /** The driver may start sessions again. */
  unblockDriver: (input: UnblockDriverInput): Promise<UnblockDriverReply> => request.json<UnblockDriverReply>('POST', '/api/v1/drivers/{id}/unblock', input),
  /** The token is good again. */
  unblockToken: (input: UnblockTokenInput): Promise<UnblockTokenReply> => request.json<UnblockTokenReply>('POST', '/api/v1/tokens/{id}/unblock', input),
  /** Changes a car; what is left out stays. */
  updateOwnVehicle: (input: UpdateOwnVehicleInput): Promise<UpdateOwnVehicleReply> => request.json<UpdateOwnVehicleReply>('PATCH', '/api/v1/driver/vehicles/{id}', input),
  /** Changes the driver's own details; what is left out stays. */
  updateProfile: (input: UpdateProfileInput): Promise<UpdateProfileReply> => request.json<UpdateProfileReply>('PATCH', '/api/v1/driver/profile', input),
  /** Changes a site; what is left out stays, and a grid limit of null is none. */
  updateSite: (input: UpdateSiteInput): Promise<UpdateSiteReply> => request.json<UpdateSiteReply>('PATCH', '/api/v1/sites/{id}', input),
  /** Changes a charging station; what is left out stays. */
  updateStation: (input: UpdateStationInput): Promise<UpdateStationReply> => request.json<UpdateStationReply>('PATCH', '/api/v1/stations/{id}', input),
  /** Each plugged-in car's state of charge now, and that of all together. */
  vehiclesCharging: (input: VehiclesChargingInput = {}): Promise<VehiclesChargingReply> => request.json<VehiclesChargingReply>('GET', '/api/v1/vehicles/charging', input),
  /** Changes of the tenant as they happen: the address for an EventSource. */
  watchEvents: (): string => request.url('/api/v1/events'),
  /** Changes of the driver's own things as they happen: the address for an EventSource. */
  watchOwnEvents: (): string => request.url('/api/v1/driver/events'),
})

export type Operations = ReturnType<typeof operations>
