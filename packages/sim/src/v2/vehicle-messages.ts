import { epochMs, isoOf, seconds } from '@voltway/units'
import type { ChargingNeeds, ChargingProfile, RefusalReason } from '@voltway/vehicle'
import type {
  AuthorizeRequest,
  Get15118EVCertificateRequest,
  GetCertificateStatusRequest,
  NotifyEVChargingNeedsRequest,
  NotifyEVChargingScheduleRequest,
} from '@voltway/wire/ocpp/v2'
import { textOf } from '../json.ts'
import type { SimEvse, StationCore, VehicleDialect } from '../station/core.ts'
import { authorisation } from './messages.ts'

type Needs = NotifyEVChargingNeedsRequest['chargingNeeds']

/** Answers to a car's needs after which a plan is to come. */
const PLANNED: ReadonlySet<string> = new Set(['Accepted', 'Processing'])

/** OCPP's certificateStatus in a session's words; another one says nothing. */
const REFUSALS: Readonly<Record<string, RefusalReason>> = {
  SignatureError: 'signatureError',
  CertificateExpired: 'certificateExpired',
  CertificateRevoked: 'certificateRevoked',
  NoCertificateAvailable: 'noCertificateAvailable',
  CertChainError: 'certChainError',
  ContractCancelled: 'contractCancelled',
}

const whole = (value: number | undefined) => Math.round(value ?? 0)

/** ISO 15118-20 says power where OCPP 2.0.1 wants amperes of each phase. */
const currentOf = (current: number | undefined, power: number | undefined, { template }: SimEvse): number =>
  whole(current ?? (power ?? 0) / (template.voltageV * (template.currentType === 'AC' ? template.phases : 1)))

/** 2.0.1 knows no bidirectional transfer: what a car can give back is not said. */
const needsOf = ({ transfer, charge, energy, capacity, soc }: ChargingNeeds, evse: SimEvse): Needs => {
  const evMaxCurrent = currentOf(charge.maxCurrent, charge.maxPower, evse)
  const evMaxVoltage = whole(charge.maxVoltage ?? evse.template.voltageV)
  if (transfer === 'DC' || transfer === 'DC_BPT')
    return {
      requestedEnergyTransfer: 'DC',
      dcChargingParameters: {
        evMaxCurrent,
        evMaxVoltage,
        ...(charge.maxPower !== undefined && { evMaxPower: whole(charge.maxPower) }),
        ...(energy !== undefined && { energyAmount: whole(energy) }),
        ...(capacity !== undefined && { evEnergyCapacity: whole(capacity) }),
        ...(soc !== undefined && { stateOfCharge: whole(soc) }),
      },
    }
  return {
    requestedEnergyTransfer: transfer === 'AC_single_phase' ? 'AC_single_phase' : 'AC_three_phase',
    acChargingParameters: {
      energyAmount: whole(energy),
      evMinCurrent: currentOf(charge.minCurrent, charge.minPower, evse),
      evMaxCurrent,
      evMaxVoltage,
    },
  }
}

/** A car anchors its profile when it has chosen, which may be a second ago; OCPP's periods begin at 0. */
const fromNow = (entries: ChargingProfile['entries']): ChargingProfile['entries'] => {
  const running = entries.findLastIndex(({ start }) => start <= 0)
  return entries.slice(Math.max(0, running)).map((entry) => ({ ...entry, start: seconds(Math.max(0, entry.start)) }))
}

/** ISO 15118 in the words of OCPP 2.0.1: C07, K15 to K17, M01, M02 and M06. */
export const vehicleMessages2 = (core: StationCore): VehicleDialect => ({
  authorize: async (emaid, certificate) => {
    const request: AuthorizeRequest = { idToken: { idToken: emaid, type: 'eMAID' }, certificate }
    const outcome = await core.link.call({ action: 'Authorize', payload: () => ({ ...request }) })
    return outcome.ok
      ? { ...authorisation(outcome.response), refusal: REFUSALS[textOf(outcome.response.certificateStatus) ?? ''] }
      : undefined
  },
  needs: async (evse, needs) => {
    const departureTime = needs.departure === undefined ? undefined : isoOf(epochMs(core.clock.now() + needs.departure * 1_000))
    const request: NotifyEVChargingNeedsRequest = {
      evseId: evse.template.number,
      maxScheduleTuples: needs.maxSchedules,
      chargingNeeds: { ...needsOf(needs, evse), ...(departureTime !== undefined && { departureTime }) },
    }
    const outcome = await core.link.call({ action: 'NotifyEVChargingNeeds', payload: () => ({ ...request }) })
    return outcome.ok && PLANNED.has(textOf(outcome.response.status) ?? '')
  },
  schedule: (evse, { scheduleId, entries }) => {
    const request: NotifyEVChargingScheduleRequest = {
      evseId: evse.template.number,
      timeBase: isoOf(core.clock.now()),
      chargingSchedule: {
        id: scheduleId,
        chargingRateUnit: 'W',
        // 2.0.1 has no limits below zero: what the car gives back, the meter says.
        chargingSchedulePeriod: fromNow(entries).map(({ start, power }) => ({ startPeriod: start, limit: Math.max(0, power) })),
      },
    }
    void core.link.call({ action: 'NotifyEVChargingSchedule', payload: () => ({ ...request }) })
  },
  certificateStatus: async (ocspRequestData) => {
    const request: GetCertificateStatusRequest = { ocspRequestData }
    const outcome = await core.link.call({ action: 'GetCertificateStatus', payload: () => ({ ...request }) })
    const result = outcome.ok && textOf(outcome.response.status) === 'Accepted' ? textOf(outcome.response.ocspResult) : undefined
    return result ? new Uint8Array(Buffer.from(result, 'base64')) : undefined
  },
  certificate: async ({ action, namespace, exiRequest }) => {
    const request: Get15118EVCertificateRequest = {
      iso15118SchemaVersion: namespace,
      action: action === 'install' ? 'Install' : 'Update',
      exiRequest: Buffer.from(exiRequest).toString('base64'),
    }
    const outcome = await core.link.call({ action: 'Get15118EVCertificate', payload: () => ({ ...request }) })
    const exi = outcome.ok && textOf(outcome.response.status) === 'Accepted' ? textOf(outcome.response.exiResponse) : undefined
    return exi ? new Uint8Array(Buffer.from(exi, 'base64')) : undefined
  },
})
