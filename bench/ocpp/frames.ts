import type { OcppVersion } from '@voltway/wire/ocpp'

/** A link's transaction, and where its time and register stand. */
export interface Course {
  readonly transactionId: string
  /** Epoch milliseconds of the next sample. */
  at: number
  registerWh: number
  seqNo: number
}

const iso = (at: number) => new Date(at).toISOString()
const fixed = (value: number) => value.toFixed(1)

/** Ten samples, as a three-phase station sends them every so often. */
const measured = (registerWh: number) => {
  const power = 11_040 + (registerWh % 97)
  return [
    ['Energy.Active.Import.Register', 'Wh', undefined, String(registerWh)],
    ['Power.Active.Import', 'W', undefined, fixed(power)],
    ...['L1', 'L2', 'L3'].map((phase) => ['Current.Import', 'A', phase, fixed(power / 690)] as const),
    ...['L1', 'L2', 'L3'].map((phase) => ['Voltage', 'V', `${phase}-N`, fixed(229 + (registerWh % 3))] as const),
    ['SoC', 'Percent', undefined, String(20 + (registerWh % 60))],
  ] as const
}

/** 1.6, 4.7: about 1 kB. */
const meterValues16 = (id: string, { transactionId, at, registerWh }: Course) => {
  const sampledValue = measured(registerWh).map(([measurand, unit, phase, value]) => ({
    value,
    context: 'Sample.Periodic',
    measurand,
    ...(phase && { phase }),
    unit,
  }))
  return JSON.stringify([
    2,
    id,
    'MeterValues',
    { connectorId: 1, transactionId: Number(transactionId), meterValue: [{ timestamp: iso(at), sampledValue }] },
  ])
}

/** 2.0.1, E02: a transaction goes on, with the same samples. */
const transactionEvent201 = (id: string, { transactionId, at, registerWh, seqNo }: Course) => {
  const sampledValue = measured(registerWh).map(([measurand, unit, phase, value]) => ({
    value: Number(value),
    context: 'Sample.Periodic',
    measurand,
    ...(phase && { phase }),
    unitOfMeasure: { unit },
  }))
  return JSON.stringify([
    2,
    id,
    'TransactionEvent',
    {
      eventType: 'Updated',
      timestamp: iso(at),
      triggerReason: 'MeterValuePeriodic',
      seqNo,
      transactionInfo: { transactionId, chargingState: 'Charging' },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp: iso(at), sampledValue }],
    },
  ])
}

/** The measured frame of each version. Moves the course on, so that every frame is a fact of its own. */
export const measuredFrame = (version: OcppVersion, id: string, course: Course): string => {
  const frame = version === 'ocpp1.6' ? meterValues16(id, course) : transactionEvent201(id, course)
  course.at += 1_000
  course.registerWh += 3
  course.seqNo++
  return frame
}

export const bootFrame = (version: OcppVersion, id: string): string =>
  JSON.stringify([
    2,
    id,
    'BootNotification',
    version === 'ocpp1.6'
      ? { chargePointVendor: 'Voltway', chargePointModel: 'Bench' }
      : { reason: 'PowerUp', chargingStation: { vendorName: 'Voltway', model: 'Bench' } },
  ])

export interface Start {
  readonly at: number
  readonly idToken: string
  readonly transactionId: string
}

/** Begins a transaction; 1.6 stations are told its number in the answer. */
export const startFrame = (version: OcppVersion, id: string, { at, idToken, transactionId }: Start): string =>
  JSON.stringify(
    version === 'ocpp1.6'
      ? [2, id, 'StartTransaction', { connectorId: 1, idTag: idToken, meterStart: 0, timestamp: iso(at) }]
      : [
          2,
          id,
          'TransactionEvent',
          {
            eventType: 'Started',
            timestamp: iso(at),
            triggerReason: 'Authorized',
            seqNo: 0,
            transactionInfo: { transactionId, chargingState: 'Charging' },
            idToken: { idToken, type: 'ISO14443' },
            evse: { id: 1, connectorId: 1 },
          },
        ],
  )
