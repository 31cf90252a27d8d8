import { pemOf } from '@voltway/pki'
import { amperes, type EpochMs, MINUTE, type Milliseconds, milliseconds, SECOND, seconds, volts, wattHours, watts } from '@voltway/units'
import {
  type ChargingNeeds,
  type ChargingProfile,
  din70121Secc,
  type EnergyTransfer,
  EVERY_FREEDOM,
  iso2Secc,
  iso20Secc,
  type LinkFacts,
  type RefusalReason,
  type ScheduleOffer,
  SECC_POLICY,
  type SeccCrypto,
  type SeccOptions,
  type StationTold,
  type StationWord,
  type SupplyLimits,
  seccCrypto,
  signingKey,
} from '@voltway/vehicle'
import { closedPowerW, ratedCurrentA, usedPhases } from '../station/closed-phases.ts'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { HighLevel, SupplyNow } from './cable.ts'
import { LOOP_PATIENCE } from './car-side.ts'
import { offerChanged } from './offer-changed.ts'
import { powerAt } from './profile-power.ts'
import { scheduleOffer } from './schedule-offer.ts'

/** A car is kept waiting for the server's plan no longer than this; real time. Its own patience ends after 60 s (V2G_EVCC_Ongoing_Timeout). */
const PLAN_WITHIN = 45_000 as Milliseconds
/** Of a car that does not say when it leaves a server may have nothing to plan: it is charged, and negotiates anew when a plan comes after all. */
const PLAN_WITHOUT_DEPARTURE_WITHIN = 5_000 as Milliseconds
const LOOK_EVERY = 100 as Milliseconds
/** What a car is given to come for a new schedule. */
const RENEGOTIATE_WITHIN = seconds(60)
/** Each stops a car on direct current for some seconds: plans that come faster are taken together. What is lower binds at once all the same. */
const RENEGOTIATE_REST = MINUTE
/** What a negotiation may take in real time: a window that is over sooner is left alone, which at a fast clock are minutes. */
const NEGOTIATION = 5 * SECOND

export interface StationSide {
  readonly optionsFor: (link: LinkFacts) => SeccOptions
  /** Asks the car for another profile where the plan is another than the one that it chose from. */
  readonly followPlan: (say: (word: StationWord) => void) => void
  /** From when a car is asked, or comes, for another profile until it draws by that: on direct current it draws nothing meanwhile. */
  readonly negotiatesAnew: () => boolean
  readonly onTold: (told: StationTold, say: (word: StationWord) => void) => void
}

/** What the station side tells the plug. */
export interface StationPlug {
  readonly isAuthorised: () => boolean
  readonly onContactor: (closed: boolean, urgent: boolean) => void
  /** The car comes for another schedule; direct current of ISO 15118-2 stops for it. */
  readonly onRenegotiating: () => void
  readonly onDemand: (watts: number | undefined) => void
  readonly onNeeds: (needs: ChargingNeeds) => void
  readonly onProfile: (profile: ChargingProfile) => void
  /** A contract: undefined where whoever charges by it is welcome, else why not. */
  readonly onContract: (emaid: string, pem: string) => Promise<RefusalReason | undefined>
}

const dischargeOf = ({ template: { maxDischargeW = 0, voltageV, currentType } }: SimEvse): Pick<SupplyLimits, 'discharge'> => {
  if (maxDischargeW === 0) return {}
  const maxCurrent = currentType === 'DC' ? { maxCurrent: amperes(Math.ceil(maxDischargeW / voltageV)) } : {}
  return { discharge: { maxPower: watts(maxDischargeW), ...maxCurrent } }
}

/** Under TLS 1.3 a car brings the contract of ISO 15118-20, where it has one. */
const cryptoOf = ({ contractRoots, tariffKeys }: HighLevel, { security }: LinkFacts): SeccCrypto => {
  const tariffKey = tariffKeys?.[security === 'tls1.3' ? 'iso20' : 'iso2']
  return {
    ...seccCrypto({ generation: 'any', roots: contractRoots }),
    ...(tariffKey && { signTariff: signingKey(tariffKey) }),
  }
}

export const limitsOf = (evse: SimEvse, offeredW: number): SupplyLimits => {
  const { voltageV, maxPowerW, currentType } = evse.template
  const power = Math.min(closedPowerW(evse), Math.max(0, offeredW))
  if (currentType === 'AC')
    return {
      ...dischargeOf(evse),
      charge: {
        maxPower: watts(Math.round(power)),
        maxCurrent: amperes(Math.floor(Math.min(ratedCurrentA(evse), power / (voltageV * usedPhases(evse))))),
      },
      nominalVoltage: volts(voltageV),
    }
  const charge = {
    maxPower: watts(Math.round(power)),
    maxCurrent: amperes(Math.ceil(maxPowerW / voltageV)),
    minCurrent: amperes(0),
    maxVoltage: volts(Math.round(voltageV * 1.25)),
    minVoltage: volts(Math.round(voltageV * 0.4)),
  }
  return { ...dischargeOf(evse), charge, peakCurrentRipple: amperes(2) }
}

/** What a station can do here; both directions by ISO 15118-20 only, where its hardware can. */
const transfersAt = ({ template: { currentType, phases, maxDischargeW = 0 } }: SimEvse): readonly EnergyTransfer[] => {
  const isBidirectional = maxDischargeW > 0
  if (currentType === 'DC') return isBidirectional ? ['DC_BPT', 'DC'] : ['DC']
  const alternating = phases === 3 ? (['AC_three_phase', 'AC_single_phase'] as const) : (['AC_single_phase'] as const)
  return isBidirectional && phases === 3 ? ['AC_BPT', ...alternating] : alternating
}

/** The station's end of a cable: authorises by the server, offers what the charging profiles leave, switches its output. */
export const stationSide = (
  core: StationCore,
  evse: SimEvse,
  { highLevel, plug }: { highLevel: HighLevel; plug: StationPlug },
): StationSide => {
  const { template } = evse
  const isDirect = template.currentType === 'DC'
  let control: ChargingNeeds['control'] = 'scheduled'
  let isAsked = false
  let askedAt = Number.NEGATIVE_INFINITY
  let anewSince: EpochMs | undefined
  let isChosen = false
  let offered: { readonly offer: ScheduleOffer; readonly forms: ChargingNeeds['prices']; readonly at: EpochMs } | undefined
  let looked: StationCore['profiles'] | undefined
  const later = (ms: number, say: (word: StationWord) => void, word: StationWord) => core.clock.after(milliseconds(ms), () => say(word))

  const authorise = (told: StationTold & { told: 'authoriseWanted' }, say: (word: StationWord) => void) => {
    if (told.by.by === 'eim') return say(plug.isAuthorised() ? { word: 'authorised' } : { word: 'waitingForCustomer' })
    const { emaid, chain } = told.by
    void plug
      .onContract(emaid, [chain.leaf, ...chain.subCertificates].map(pemOf).join(''))
      .then((reason) => say(reason === undefined ? { word: 'authorised' } : { word: 'refused', reason }))
  }
  const hasPlan = () => core.profiles.some(({ purpose, transactionId }) => purpose === 'tx' && transactionId === evse.transaction?.id)
  /** The server is told what the car needs; what it plans comes as a charging profile. */
  const schedule = async (needs: ChargingNeeds, say: (word: StationWord) => void) => {
    // Where the server changed its plan, it knows them: K16. Where the car came by itself, they are new: K17.
    const isPlanned = !isAsked && ((await core.dialect.vehicle?.needs(evse, needs)) ?? false)
    isAsked = false
    const within = needs.departure === undefined ? PLAN_WITHOUT_DEPARTURE_WITHIN : PLAN_WITHIN
    const until = core.network.now() + (isPlanned ? within : 0)
    const look = () => {
      if (core.isClosed) return
      if (hasPlan() || core.network.now() >= until) {
        offered = { offer: scheduleOffer(core, evse, needs), forms: needs.prices, at: core.clock.now() }
        looked = core.profiles
        say({ word: 'offer', schedules: [offered.offer] })
      } else core.network.after(LOOK_EVERY, look)
    }
    look()
  }
  const certificate = async (told: StationTold & { told: 'certificateWanted' }, say: (word: StationWord) => void) =>
    say({ word: 'certificate', exiResponse: await core.dialect.vehicle?.certificate(told) })

  return {
    optionsFor: (link) => {
      const takesContracts = highLevel.contractRoots.length > 0 && link.security !== 'none'
      return {
        link,
        protocols: [iso20Secc, iso2Secc, ...(isDirect ? [din70121Secc] : [])],
        policy: { ...SECC_POLICY, loopPatience: LOOP_PATIENCE },
        evseId: evse.evseId,
        sessionId: highLevel.randomBytes(8),
        challenge: highLevel.randomBytes(16),
        payments: takesContracts ? ['contract', 'eim'] : ['eim'],
        freeService: false,
        transfers: transfersAt(evse),
        limits: limitsOf(evse, template.maxPowerW),
        valueAdded: [],
        certificateService: takesContracts && core.dialect.vehicle !== undefined,
        paused: [],
        freedoms: { ...EVERY_FREEDOM, prices: highLevel.tariff ? ['absolute', 'levels'] : ['levels'] },
        ...(takesContracts && { crypto: cryptoOf(highLevel, link) }),
      }
    },
    negotiatesAnew: () => anewSince !== undefined && core.clock.now() - anewSince < RENEGOTIATE_WITHIN * SECOND,
    followPlan: (say) => {
      if (!isChosen || !offered || looked === core.profiles || control === 'dynamic') return
      const negotiation = NEGOTIATION * realRate(core.clock)
      if (core.clock.now() - askedAt < Math.max(RENEGOTIATE_REST, negotiation)) return
      looked = core.profiles
      const ageSeconds = (core.clock.now() - offered.at) / 1_000
      const left = offered.offer.power.at(-1)
      const until = left === undefined ? undefined : left.start + (left.duration ?? 0) - ageSeconds
      const now = scheduleOffer(core, evse, { prices: offered.forms, ...(until !== undefined && { departure: seconds(until) }) })
      if (!offerChanged(offered.offer, now, { ageSeconds, leastSeconds: negotiation / SECOND })) return
      isAsked = true
      isChosen = false
      anewSince = askedAt = core.clock.now()
      say({ word: 'renegotiate', within: RENEGOTIATE_WITHIN })
    },
    onTold: (told, say) => {
      switch (told.told) {
        case 'authoriseWanted':
          return authorise(told, say)
        case 'needs':
          control = told.needs.control
          return plug.onNeeds(told.needs)
        case 'renegotiating':
          anewSince ??= core.clock.now()
          return plug.onRenegotiating()
        case 'scheduleWanted':
          isChosen = false
          return void schedule(told.needs, say)
        case 'certificateWanted':
          return void certificate(told, say)
        case 'cableCheckWanted':
          return void later(core.timing.startMs, say, { word: 'cableChecked', isolation: 'valid' })
        case 'preCharge':
          return say({ word: 'measured', voltage: told.voltage, current: amperes(0) })
        case 'closeContactor':
          say({ word: 'contactor', closed: true })
          return plug.onContactor(true, false)
        case 'openContactor':
          plug.onDemand(undefined)
          plug.onContactor(false, told.urgent)
          say({ word: 'contactor', closed: false })
          return say({ word: 'measured', voltage: volts(0), current: amperes(0) })
        case 'profileChosen':
          // Whoever is steered follows no profile of its own.
          if (control === 'dynamic') return
          isChosen = true
          // Direct current comes back step by step, unless none was chosen.
          if (!isDirect || powerAt(told.profile, 0) === 0) anewSince = undefined
          plug.onProfile(told.profile)
          return core.dialect.vehicle?.schedule(evse, told.profile)
        case 'target': {
          const demand = isDirect ? demandOf(told) : undefined
          if (isChosen && demand !== 0) anewSince = undefined
          return plug.onDemand(demand)
        }
        default:
      }
    },
  }
}

/** A clock that jumps waits for what is negotiated: it takes no time there. */
const realRate = (clock: StationCore['clock']): number => (Number.isFinite(clock.rate()) ? clock.rate() : 0)

const demandOf = ({ voltage, current, power }: StationTold & { told: 'target' }): number | undefined =>
  power ?? (voltage !== undefined && current !== undefined ? voltage * current : undefined)

/** What the output is at a moment, as the SECC says it to the car. */
export const measuredWord = (core: Pick<StationCore, 'identity' | 'clock'>, evse: SimEvse, now: SupplyNow): StationWord => ({
  word: 'measured',
  voltage: volts(evse.template.voltageV),
  current: amperes(Math.round((now.powerW / (evse.template.voltageV * usedPhases(evse))) * 10) / 10),
  power: watts(Math.round(now.powerW)),
  meter: {
    meterId: core.identity.slice(0, 32),
    energy: wattHours(Math.round(now.importWh)),
    ...(evse.template.maxDischargeW !== undefined && { dischargedEnergy: wattHours(Math.round(now.exportWh)) }),
    at: seconds(Math.floor(core.clock.now() / 1_000)),
  },
})

/** Asks the car to stop in order, within what it is given for that. */
export const stopWord = ({ stopWithinSeconds = 10 }: HighLevel): StationWord => ({ word: 'stop', within: seconds(stopWithinSeconds) })
