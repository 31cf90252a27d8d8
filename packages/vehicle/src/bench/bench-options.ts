import { amperes, percent, seconds, volts, wattHours, watts } from '@voltway/units'
import { din70121Evcc, din70121Secc } from '../din70121/index.ts'
import { iso2Evcc, iso2Secc } from '../iso2/index.ts'
import { iso20Evcc, iso20Secc } from '../iso20/index.ts'
import {
  type ChargingNeeds,
  type EnergyTransfer,
  EVCC_POLICY,
  EVERY_FREEDOM,
  type EvccOptions,
  type EvccProtocol,
  type LinkFacts,
  type ProtocolName,
  type ScheduleOffer,
  SECC_POLICY,
  type SeccOptions,
  type SeccProtocol,
  type SupplyLimits,
} from '../machine/index.ts'
import { contractOf } from '../plug-and-charge/contract-of.ts'
import { seccCrypto } from '../plug-and-charge/secc-crypto.ts'
import type { Credential } from '../transport/tls/credential.ts'
import type { TlsGeneration } from '../transport/tls/generations.ts'

/** Every protocol that a station or a car of ours speaks; a car likes the first best. */
export const SECC_PROTOCOLS: readonly SeccProtocol[] = [iso20Secc, iso2Secc, din70121Secc]
export const EVCC_PROTOCOLS: readonly EvccProtocol[] = [iso20Evcc, iso2Evcc, din70121Evcc]

/** Alternating or direct current. */
export type Current = 'ac' | 'dc'

const TRANSFERS: Readonly<Record<Current, readonly EnergyTransfer[]>> = { ac: ['AC_three_phase', 'AC_single_phase'], dc: ['DC'] }
/** In both directions, of which only ISO 15118-20 can speak. */
const BOTH_WAYS: Readonly<Record<Current, EnergyTransfer>> = { ac: 'AC_BPT', dc: 'DC_BPT' }

/** What the bench's station can do: 22 kW alternating, 60 kW direct; 10 kW back. */
export const BENCH_LIMITS: Readonly<Record<Current, SupplyLimits>> = {
  ac: {
    charge: { maxCurrent: amperes(32), maxPower: watts(22_000) },
    discharge: { maxPower: watts(10_000) },
    nominalVoltage: volts(230),
  },
  dc: {
    discharge: { maxPower: watts(10_000), maxCurrent: amperes(25) },
    charge: { maxPower: watts(60_000), maxCurrent: amperes(150), maxVoltage: volts(500), minCurrent: amperes(0), minVoltage: volts(150) },
    peakCurrentRipple: amperes(2),
  },
}

/** One schedule: 11 kW for a day. */
export const BENCH_OFFERS: readonly ScheduleOffer[] = [
  { id: 1, power: [{ start: seconds(0), duration: seconds(86_400), maxPower: watts(11_000) }] },
]

/** Of the bench's car at its terminals. */
export const BENCH_BATTERY = { voltage: volts(400), current: amperes(25) } as const

const NEEDS: Readonly<Record<Current, ChargingNeeds>> = {
  ac: {
    transfer: 'AC_three_phase',
    control: 'scheduled',
    departure: seconds(7_200),
    energy: wattHours(12_000),
    charge: { maxVoltage: volts(400), maxCurrent: amperes(16), minCurrent: amperes(6) },
    maxSchedules: 3,
    prices: ['absolute', 'levels'],
  },
  dc: {
    transfer: 'DC',
    control: 'scheduled',
    energy: wattHours(30_000),
    capacity: wattHours(60_000),
    soc: percent(40),
    charge: { maxVoltage: volts(450), maxCurrent: BENCH_BATTERY.current, maxPower: watts(50_000) },
    maxSchedules: 3,
    prices: ['absolute', 'levels'],
  },
}

/** What the bench's car can give back, in either kind of current. */
const DISCHARGE: ChargingNeeds['discharge'] = { maxPower: watts(7_000), maxCurrent: amperes(16) }

const needsOf = ({ current, bothWays = false, control = 'scheduled' }: BenchCar): ChargingNeeds => ({
  ...NEEDS[current],
  control,
  ...(bothWays && { transfer: BOTH_WAYS[current], discharge: DISCHARGE }),
})

const only = <Protocol extends { readonly name: string }>(protocols: readonly Protocol[], wanted: ProtocolName | undefined) =>
  wanted === undefined ? protocols : protocols.filter(({ name }) => name === wanted)

/** What is paid by contract under TLS, beside paying by card or app. */
export interface BenchStation {
  readonly current: Current
  readonly randomBytes: (length: number) => Uint8Array
  /** DER of the roots that contracts are believed by; without them none is taken. */
  readonly contractRoots: readonly Uint8Array[]
  readonly evseId?: string | undefined
  /** Prices in money are offered; otherwise a car may ask for levels only. */
  readonly hasTariff?: boolean
  /** The only one that is spoken; all of them when left out. */
  readonly protocol?: ProtocolName | undefined
}

export interface BenchCar {
  readonly current: Current
  /** Pays by one of them and by nothing else: each generation has contracts of its own. */
  readonly contracts?: Readonly<Partial<Record<TlsGeneration, Credential>>> | undefined
  /** The only one that is spoken; all of them when left out. */
  readonly protocol?: ProtocolName | undefined
  /** It can give back, too: ISO 15118-20 only. */
  readonly bothWays?: boolean
  readonly control?: ChargingNeeds['control']
}

/** A session of the bench's station. */
export const benchSeccOptions = (
  link: LinkFacts,
  { current, randomBytes, contractRoots, evseId = 'DE*VLT*E0001*1', hasTariff = false, protocol }: BenchStation,
): SeccOptions => {
  const takesContracts = contractRoots.length > 0
  return {
    link,
    protocols: only(SECC_PROTOCOLS, protocol),
    policy: SECC_POLICY,
    evseId,
    sessionId: randomBytes(8),
    challenge: randomBytes(16),
    payments: takesContracts ? ['contract', 'eim'] : ['eim'],
    freeService: false,
    transfers: [BOTH_WAYS[current], ...TRANSFERS[current]],
    limits: BENCH_LIMITS[current],
    valueAdded: [],
    certificateService: false,
    paused: [],
    freedoms: { ...EVERY_FREEDOM, prices: hasTariff ? ['absolute', 'levels'] : ['levels'] },
    ...(takesContracts && { crypto: seccCrypto({ generation: 'any', roots: contractRoots }) }),
  }
}

/** A session of the bench's car. */
export const benchEvccOptions = (link: LinkFacts, car: BenchCar): EvccOptions => {
  const { current, contracts, protocol, bothWays = false } = car
  const credential = contracts?.[link.security === 'tls1.3' ? 'iso20' : 'iso2']
  const contract = credential && contractOf(credential)
  return {
    link,
    protocols: only(EVCC_PROTOCOLS, protocol),
    policy: EVCC_POLICY,
    evccId: Uint8Array.fromHex('020000000001'),
    transfers: bothWays ? [BOTH_WAYS[current], ...TRANSFERS[current]] : TRANSFERS[current],
    payments: contracts === undefined ? ['eim'] : ['contract'],
    needs: needsOf(car),
    valueAdded: [],
    certificate: 'none',
    pace: 200,
    ...(contract && { crypto: { contract } }),
  }
}
