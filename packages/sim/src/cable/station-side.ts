import { pemOf } from '@voltway/pki'
import { amperes, type Milliseconds, milliseconds, seconds, volts, wattHours, watts } from '@voltway/units'
import {
  type ChargingNeeds,
  type ChargingProfile,
  din70121Secc,
  iso2Secc,
  type LinkFacts,
  SECC_POLICY,
  type SeccOptions,
  type StationTold,
  type StationWord,
  type SupplyLimits,
  seccCrypto,
} from '@voltway/vehicle'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { HighLevel } from './cable.ts'
import { scheduleOffer } from './schedule-offer.ts'

/** A car is kept waiting for the server's plan no longer than this; real time. Its own patience ends after 60 s (V2G_EVCC_Ongoing_Timeout). */
const PLAN_WITHIN = 45_000 as Milliseconds
const LOOK_EVERY = 100 as Milliseconds
/** What a car is given to stop in order. */
const STOP_WITHIN = seconds(10)

export interface StationSide {
  readonly optionsFor: (link: LinkFacts) => SeccOptions
  readonly onTold: (told: StationTold, say: (word: StationWord) => void) => void
}

/** What the station side tells the plug. */
export interface StationPlug {
  readonly isAuthorised: () => boolean
  readonly onContactor: (closed: boolean, urgent: boolean) => void
  readonly onDemand: (watts: number | undefined) => void
  readonly onProfile: (profile: ChargingProfile) => void
  /** A contract: whether whoever charges by it is welcome. */
  readonly onContract: (emaid: string, pem: string) => Promise<boolean>
}

export const limitsOf = ({ template }: SimEvse, offeredW: number): SupplyLimits => {
  const { voltageV, phases, maxPowerW, currentType } = template
  const power = Math.min(maxPowerW, Math.max(0, offeredW))
  if (currentType === 'AC')
    return {
      charge: { maxPower: watts(Math.round(power)), maxCurrent: amperes(Math.floor(power / (voltageV * phases))) },
      nominalVoltage: volts(voltageV),
    }
  const charge = {
    maxPower: watts(Math.round(power)),
    maxCurrent: amperes(Math.ceil(maxPowerW / voltageV)),
    minCurrent: amperes(0),
    maxVoltage: volts(Math.round(voltageV * 1.25)),
    minVoltage: volts(Math.round(voltageV * 0.4)),
  }
  return { charge, peakCurrentRipple: amperes(2) }
}

/** The station's end of a cable: authorises by the server, offers what the charging profiles leave, switches its output. */
export const stationSide = (
  core: StationCore,
  evse: SimEvse,
  { highLevel, plug }: { highLevel: HighLevel; plug: StationPlug },
): StationSide => {
  const { template } = evse
  const isDirect = template.currentType === 'DC'
  const later = (ms: number, say: (word: StationWord) => void, word: StationWord) => core.clock.after(milliseconds(ms), () => say(word))

  const authorise = (told: StationTold & { told: 'authoriseWanted' }, say: (word: StationWord) => void) => {
    if (told.by.by === 'eim') return say(plug.isAuthorised() ? { word: 'authorised' } : { word: 'waitingForCustomer' })
    const { emaid, chain } = told.by
    void plug
      .onContract(emaid, [chain.leaf, ...chain.subCertificates].map(pemOf).join(''))
      .then((welcome) => say(welcome ? { word: 'authorised' } : { word: 'refused', reason: 'unknown' }))
  }
  const hasPlan = () => core.profiles.some(({ purpose, transactionId }) => purpose === 'tx' && transactionId === evse.transaction?.id)
  /** The server is told what the car needs; what it plans comes as a charging profile. */
  const schedule = async (needs: ChargingNeeds, say: (word: StationWord) => void) => {
    const isPlanned = (await core.dialect.vehicle?.needs(evse, needs)) ?? false
    const until = core.network.now() + (isPlanned ? PLAN_WITHIN : 0)
    const look = () => {
      if (hasPlan() || core.network.now() >= until) say({ word: 'offer', schedules: [scheduleOffer(core, evse, needs.departure)] })
      else core.network.after(LOOK_EVERY, look)
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
        protocols: isDirect ? [iso2Secc, din70121Secc] : [iso2Secc],
        policy: SECC_POLICY,
        evseId: `DE*VLT*E${core.identity.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 20)}*${template.number}`,
        sessionId: highLevel.randomBytes(8),
        challenge: highLevel.randomBytes(16),
        payments: takesContracts ? ['contract', 'eim'] : ['eim'],
        freeService: false,
        transfers: isDirect ? ['DC'] : template.phases === 3 ? ['AC_three_phase', 'AC_single_phase'] : ['AC_single_phase'],
        limits: limitsOf(evse, template.maxPowerW),
        valueAdded: [],
        certificateService: takesContracts && core.dialect.vehicle !== undefined,
        paused: [],
        ...(takesContracts && { crypto: seccCrypto({ generation: 'any', roots: highLevel.contractRoots }) }),
      }
    },
    onTold: (told, say) => {
      switch (told.told) {
        case 'authoriseWanted':
          return authorise(told, say)
        case 'scheduleWanted':
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
          plug.onProfile(told.profile)
          return core.dialect.vehicle?.schedule(evse, told.profile)
        case 'target':
          return plug.onDemand(
            isDirect && told.voltage !== undefined && told.current !== undefined ? told.voltage * told.current : undefined,
          )
        default:
      }
    },
  }
}

/** What the output is at a moment, as the SECC says it to the car. */
export const measuredWord = (core: StationCore, { template }: SimEvse, now: { powerW: number; energyWh: number }): StationWord => ({
  word: 'measured',
  voltage: volts(template.voltageV),
  current: amperes(Math.round((now.powerW / (template.voltageV * (template.currentType === 'AC' ? template.phases : 1))) * 10) / 10),
  power: watts(Math.round(now.powerW)),
  meter: {
    meterId: core.identity.slice(0, 32),
    energy: wattHours(Math.round(now.energyWh)),
    at: seconds(Math.floor(core.clock.now() / 1_000)),
  },
})

export const STOP: StationWord = { word: 'stop', within: STOP_WITHIN }
