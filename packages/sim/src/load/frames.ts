import { type EpochMs, isoOf } from '@voltway/units'
import type { OcppVersion } from '@voltway/wire/ocpp'

/** What identifies a fact on the server, so that it can be looked for after a crash. */
export interface LoadFact {
  readonly identity: string
  readonly kind: 'meterValues' | 'transactionEvent'
  /** Counted per link from 0; in 2.0.1 the seqNo. */
  readonly sequence: number
  /** The station's time of the fact, unique within the link. */
  readonly occurredAt: EpochMs
  readonly registerWh: number
  readonly transactionId: string | undefined
}
export interface LoadFrame {
  readonly action: string
  readonly payload: object
}
/** One frame of a link for a fact; the default frames are about 1 kB. */
export type MakeFrame = (fact: LoadFact) => LoadFrame

const PHASES = ['L1', 'L2', 'L3'] as const

/** A 1.6 MeterValues of a three-phase meter: about 1 kB, all different. */
export const meterValues16: MakeFrame = ({ occurredAt, registerWh }) => ({
  action: 'MeterValues',
  payload: {
    connectorId: 1,
    meterValue: [
      {
        timestamp: isoOf(occurredAt),
        sampledValue: [
          {
            value: String(registerWh),
            context: 'Sample.Periodic',
            measurand: 'Energy.Active.Import.Register',
            location: 'Outlet',
            unit: 'Wh',
          },
          { value: '11040.0', context: 'Sample.Periodic', measurand: 'Power.Active.Import', location: 'Outlet', unit: 'W' },
          ...PHASES.map((phase) => ({
            value: '16.0',
            context: 'Sample.Periodic',
            measurand: 'Current.Import',
            phase,
            location: 'Outlet',
            unit: 'A',
          })),
          ...PHASES.map((phase) => ({
            value: '230.0',
            context: 'Sample.Periodic',
            measurand: 'Voltage',
            phase: `${phase}-N`,
            location: 'Outlet',
            unit: 'V',
          })),
          { value: '54.5', context: 'Sample.Periodic', measurand: 'SoC', location: 'EV', unit: 'Percent' },
        ],
      },
    ],
  },
})

/** A 2.0.1 TransactionEvent of the same meter; the first of a link starts its transaction. */
export const transactionEvent2: MakeFrame = ({ occurredAt, registerWh, sequence, transactionId }) => ({
  action: 'TransactionEvent',
  payload: {
    eventType: sequence === 0 ? 'Started' : 'Updated',
    timestamp: isoOf(occurredAt),
    triggerReason: sequence === 0 ? 'CablePluggedIn' : 'MeterValuePeriodic',
    seqNo: sequence,
    transactionInfo: { transactionId, chargingState: 'Charging' },
    evse: { id: 1, connectorId: 1 },
    meterValue: [
      {
        timestamp: isoOf(occurredAt),
        sampledValue: [
          {
            value: registerWh,
            context: 'Sample.Periodic',
            measurand: 'Energy.Active.Import.Register',
            location: 'Outlet',
            unitOfMeasure: { unit: 'Wh' },
          },
          { value: 11_040, context: 'Sample.Periodic', measurand: 'Power.Active.Import', location: 'Outlet', unitOfMeasure: { unit: 'W' } },
          ...PHASES.map((phase) => ({
            value: 16,
            context: 'Sample.Periodic',
            measurand: 'Current.Import',
            phase,
            unitOfMeasure: { unit: 'A' },
          })),
          ...PHASES.map((phase) => ({
            value: 230,
            context: 'Sample.Periodic',
            measurand: 'Voltage',
            phase: `${phase}-N`,
            unitOfMeasure: { unit: 'V' },
          })),
          { value: 54.5, context: 'Sample.Periodic', measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: 'Percent' } },
        ],
      },
    ],
  },
})

export const framesOf = (version: OcppVersion): MakeFrame => (version === 'ocpp1.6' ? meterValues16 : transactionEvent2)
export const kindOf = (version: OcppVersion): LoadFact['kind'] => (version === 'ocpp1.6' ? 'meterValues' : 'transactionEvent')
