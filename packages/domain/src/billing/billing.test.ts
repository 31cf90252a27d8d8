import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currency, type EpochMs, epochMs, HOUR, instantOf, MINUTE, percent, type SessionId, seeded, wattHours, watts } from '@voltway/units'
import fc from 'fast-check'
import type { ChargingState, MeterSampled, TransactionReported } from '../sessions/facts.ts'
import { foldSession } from '../sessions/fold-session.ts'
import { ended, minute, sample, started, updated } from '../sessions/testing/facts.ts'
import { usageOf } from '../sessions/usage-of.ts'
import { costOf } from '../tariffs/cost-of.ts'
import { PAPER_TARIFF } from '../tariffs/paper-tariff.ts'
import { resolveTariff } from '../tariffs/resolve-tariff.ts'
import type { ElementTariff, Tariff } from '../tariffs/tariff.ts'
import { arbitraryTariff } from '../tariffs/testing/arbitrary-tariff.ts'
import { arbitraryUsage } from '../tariffs/testing/arbitrary-usage.ts'
import { toJson } from '../tariffs/to-json.ts'
import { type BillableSession, type CdrId, cdrOf } from './cdr.ts'
import { type LedgerAccount, postCdr } from './ledger.ts'
import { type ReceiptContext, receiptOf } from './receipt.ts'

type Fact = TransactionReported | MeterSampled

const session: BillableSession = {
  cdrId: '0197a3c0-0000-7000-8000-000000000001' as CdrId,
  sessionId: '0197a3c0-0000-7000-8000-000000000002' as SessionId,
  driverId: undefined,
  issuedAt: minute(500),
  maxPower: watts(22_000),
  reviewed: false,
}
const context: ReceiptContext = {
  number: 7,
  operator: { name: 'Harbour Charging' },
  station: { name: 'Pier 3', siteName: 'Harbour', evse: 'CCS left' },
  timeZone: 'Europe/Berlin',
  vehicle: 'Blue van',
}
const tariff: ElementTariff = {
  kind: 'elements',
  name: 'harbour',
  currency: currency('EUR'),
  timeZone: 'Europe/Berlin',
  vat: { ratePpm: 190_000n, pricesInclude: false },
  idle: { perMinute: 90_000n, graceMinutes: 5, cap: 4_000_000n },
  elements: [
    { name: 'evening', perKwh: 613_333n, perMinute: 11_111n, when: { startTime: '16:00', endTime: '22:00' } },
    { name: 'weekend', perKwh: 400_001n, when: { weekdays: ['SATURDAY', 'SUNDAY'] } },
    { name: 'night', perKwh: 311_117n, when: { startTime: '22:00', endTime: '02:30' } },
    { name: 'day', perKwh: 477_777n, perMinute: 7_777n, perSession: 250_000n },
  ],
}

/** A session sampled every seven minutes: charging, held back by the station, full after two thirds, then parked. */
const recording = (from: EpochMs, count: number, random: () => number): readonly Fact[] => {
  const at = (index: number) => ({ occurredAt: epochMs(from + index * 7 * MINUTE), receivedAt: epochMs(from + index * 7 * MINUTE + 400) })
  const full = Math.floor((count * 2) / 3)
  let wh = 123_456
  const facts: Fact[] = [started(0, { ...at(0), seqNo: 0, registerWh: wattHours(wh), chargingState: 'charging' })]
  for (let index = 1; index <= count; index++) {
    const state: ChargingState = index >= full ? 'suspendedByVehicle' : index % 5 === 0 ? 'suspendedByStation' : 'charging'
    if (index <= full) wh += Math.floor(random() * 2_000)
    facts.push(updated(0, { ...at(index), seqNo: index, chargingState: state }))
    facts.push(
      sample(0, { ...at(index), payloadHash: `${index}`, importWh: wattHours(wh), socPercent: percent(Math.min(100, 20 + index)) }),
    )
  }
  return facts
}

const moments = [
  { name: 'midnight', from: '2025-06-02T20:00:00Z' },
  { name: 'a tariff switch', from: '2025-06-02T12:30:00Z' },
  { name: 'clocks going back', from: '2025-10-25T23:00:00Z' },
  { name: 'clocks going forward', from: '2025-03-29T23:30:00Z' },
] as const
const tariffs: readonly Tariff[] = [
  tariff,
  { ...tariff, vat: { ratePpm: 190_000n, pricesInclude: true } },
  resolveTariff(PAPER_TARIFF, { at: instantOf('2025-06-02T08:30:00Z')!, slotTaken: true, series: [], load: 0n }),
]

for (const { name, from } of moments) {
  test(`live cost = CDR = receipt = ledger, to the coin, across ${name}`, () => {
    const random = seeded(2_025)
    for (const priced of tariffs) {
      const facts = recording(instantOf(from)!, 40, random)
      for (let index = 1; index <= 40; index++) {
        const heard = facts.slice(0, 1 + 2 * index)
        const [state, reading] = heard.slice(-2) as [TransactionReported, MeterSampled]
        const now = reading.occurredAt
        const live = costOf(priced, usageOf(foldSession(heard), now))
        const stop = ended(0, {
          occurredAt: now,
          receivedAt: now,
          seqNo: state.seqNo! + 1,
          registerWh: reading.importWh,
          stopReason: 'driver',
        })
        const cdr = cdrOf(session, foldSession([stop, ...heard]), priced)
        assert.ok(cdr.ok)
        assert.deepEqual(cdr.value.cost, live)
        const receipt = receiptOf(cdr.value, context)
        assert.equal(receipt.totalMicros, live.totalMicros)
        assert.equal(
          receipt.lines.reduce((sum, line) => sum + line.amountMicros, 0n),
          receipt.totalMicros,
        )
        assert.equal(receipt.netMicros + receipt.vatMicros, receipt.totalMicros)
        assert.equal(postCdr(cdr.value).entries[0]!.amountMicros, receipt.totalMicros)
      }
    }
  })
}

test('a receipt names everything a driver asks', () => {
  const facts = [...recording(instantOf('2025-10-26T00:00:00Z')!, 12, seeded(1))]
  const end = instantOf('2025-10-26T01:30:00Z')!
  const cdr = cdrOf(
    session,
    foldSession([...facts, ended(0, { occurredAt: end, receivedAt: end, seqNo: 99, stopReason: 'batteryFull' })]),
    tariff,
  )
  assert.ok(cdr.ok)
  const plan = { kind: 'powerEco', start: cdr.value.startedAt, end, energy: wattHours(9_000), totalMicros: 5_000_000n } as const
  const receipt = receiptOf(cdr.value, { ...context, plan })
  // The repeated hour: half past two for the second time.
  assert.deepEqual([receipt.startedAt.local, receipt.endedAt.local], ['2025-10-26T02:00:00+02:00', '2025-10-26T02:30:00+01:00'])
  assert.deepEqual([receipt.connectedMs / MINUTE, receipt.chargingMs / MINUTE], [90, 56])
  assert.deepEqual([receipt.socStart, receipt.socEnd, receipt.vehicle, receipt.stopReason], [21, 32, 'Blue van', 'batteryFull'])
  assert.equal(receipt.plan!.differenceMicros, receipt.totalMicros - 5_000_000n)
  assert.equal(receipt.plan!.chargedWh, receipt.importWh)
  assert.doesNotThrow(() => JSON.stringify(toJson(receipt)))
})

for (const { name, facts, reasons } of [
  { name: 'is not over', facts: [started(0)], reasons: ['notEnded'] },
  { name: 'has no start', facts: [ended(60, { registerWh: wattHours(5) })], reasons: ['startUnknown'] },
  {
    name: 'gave more than its EVSE can',
    facts: [started(0, { registerWh: wattHours(0) }), ended(60, { registerWh: wattHours(23_200) })],
    reasons: ['implausibleEnergy'],
  },
  {
    name: 'has a register that fell',
    facts: [started(0, { registerWh: wattHours(9_000) }), ended(60, { registerWh: wattHours(4_000) })],
    reasons: ['registerFell'],
  },
] as const) {
  test(`not billed but held: a session that ${name}`, () => {
    const fold = foldSession(facts)
    assert.deepEqual(cdrOf(session, fold, tariff), { ok: false, failure: { code: 'HELD_FOR_REVIEW', reasons } })
    const reviewed = cdrOf({ ...session, reviewed: true }, fold, tariff)
    assert.equal(reviewed.ok, fold.endedAt !== undefined)
    if (reviewed.ok) assert.deepEqual(reviewed.value.overruled, reasons)
  })
}

test('whatever the meter says, nothing is billed below zero or beyond power x time x 1.05', () => {
  const register = fc.oneof(fc.integer({ min: -100, max: 90_000 }), fc.constantFrom(2 ** 31 - 9, 2 ** 32 - 9, 912, 912_000))
  const reading = fc.record({ at: fc.nat(300), wh: register, given: fc.option(register, { nil: undefined }) })
  let billed = 0
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 8 }), register, register, (readings, first, last) => {
      const samples = readings.map(({ at, wh, given }, index) =>
        sample(at, { payloadHash: `${index}`, importWh: wattHours(wh), exportWh: given === undefined ? undefined : wattHours(given) }),
      )
      const fold = foldSession([started(0, { registerWh: wattHours(first) }), ...samples, ended(301, { registerWh: wattHours(last) })])
      const cdr = cdrOf(session, fold, tariff)
      if (!cdr.ok) return
      billed++
      const most = (session.maxPower * (cdr.value.endedAt - cdr.value.startedAt) * 1.05) / HOUR
      assert.ok(cdr.value.importWh >= 0 && cdr.value.importWh <= most && cdr.value.exportWh >= 0 && cdr.value.exportWh <= most)
      for (const line of cdr.value.cost.lines) assert.ok(line.amountMicros >= 0n)
    }),
    { seed: 31, numRuns: 3_000 },
  )
  assert.ok(billed > 100, `${billed} were billed`)
})

test('what is posted is what the driver owes, the net to the operator and the VAT to the tax office: it sums to zero, without an empty entry', () => {
  fc.assert(
    fc.property(arbitraryTariff, arbitraryUsage, fc.bigInt({ min: 0n, max: 900_000n }), (priced, usage, feedInPerKwh) => {
      const cost = costOf({ ...priced, feedInPerKwh }, usage)
      const { entries, idempotencyKey } = postCdr({ ...session, id: session.cdrId, cost })
      assert.equal(
        entries.reduce((sum, { amountMicros }) => sum + amountMicros, 0n),
        0n,
      )
      const due: Readonly<Record<LedgerAccount, bigint>> = {
        'receivable:driver': cost.totalMicros,
        'revenue:charging': -cost.netMicros,
        'vat:payable': -cost.vatMicros,
      }
      const posted = Object.fromEntries(entries.map(({ account, amountMicros }) => [account, amountMicros]))
      assert.deepEqual(posted, Object.fromEntries(Object.entries(due).filter(([, amount]) => amount !== 0n)))
      assert.ok(entries.every((entry) => entry.currency === cost.currency))
      assert.equal(idempotencyKey, `cdr:${session.cdrId}`)
    }),
    { seed: 41, numRuns: 500 },
  )
})
