import { type EpochMs, epochMs, isoOf } from '@voltway/units'
import type { EvseTemplate, StationTemplate } from '../template.ts'
import { drawOf } from './recorded-vehicle.ts'
import type { RecordedSession } from './recording.ts'

/** A charging station that has to exist on the server before its recording is played. */
export interface PlannedStation {
  readonly identity: string
  readonly name: string
  readonly site: string
  /** The recording's name of the EVSE; a second lane of the same one where sessions overlapped. */
  readonly recordedEvse: string
  readonly lane: number
  readonly template: StationTemplate
}
/** A card that has to be known on the server; a user with two cars at once has two. */
export interface PlannedCard {
  readonly idToken: string
  /** The recording's name of the user; empty when nobody was named. */
  readonly user: string
}
export interface PlannedSession {
  readonly session: RecordedSession
  readonly identity: string
  readonly idToken: string
}
/** Two recorded sessions on one EVSE at one time: the later one is played on a lane of its own, so that both keep their energy and duration. */
export interface RecordedOverlap {
  readonly evse: string
  readonly sessionId: string
  readonly overlapsWith: string
  readonly fromIso: string
  readonly untilIso: string
  readonly playedOn: string
}
export interface ReplayPlan {
  /** What the server's clock has to show when the replay begins. */
  readonly startAt: EpochMs
  readonly endAt: EpochMs
  readonly stations: readonly PlannedStation[]
  readonly cards: readonly PlannedCard[]
  /** In order of arrival. */
  readonly sessions: readonly PlannedSession[]
  readonly overlaps: readonly RecordedOverlap[]
}

const LEAD_MS = 60_000
const NO_DELAYS = { startMs: 0, rampMs: 0, voltageMs: 0, rebootMs: 0 }
const MOST_AC_W = 43_000

interface Lane {
  readonly identity: string
  readonly evse: string
  readonly number: number
  readonly sessions: RecordedSession[]
}

/** What a recording needs on the server: one station per EVSE and lane, one card per user. The same recording gives the same plan. */
export function planReplay(recorded: readonly RecordedSession[]): ReplayPlan {
  const sessions = recorded.toSorted((a, b) => a.arrival - b.arrival || a.departure - b.departure || (a.id < b.id ? -1 : 1))
  const lanes = new Map<string, Lane[]>()
  const overlaps: RecordedOverlap[] = []
  const cards = cardBox()
  const planned = sessions.map((session): PlannedSession => {
    const key = `${session.site}\n${session.evse}`
    const ofEvse = lanes.get(key) ?? []
    lanes.set(key, ofEvse)
    let lane = ofEvse.find((one) => one.sessions.at(-1)!.departure <= session.arrival)
    if (!lane) {
      lane = { identity: identityOf(lanes.size, session.evse, ofEvse.length), evse: session.evse, number: ofEvse.length + 1, sessions: [] }
      if (ofEvse.length > 0) overlaps.push(overlapOf(session, ofEvse, lane.identity))
      ofEvse.push(lane)
    } else if (lane !== ofEvse[0]) overlaps.push(overlapOf(session, ofEvse, lane.identity))
    lane.sessions.push(session)
    return { session, identity: lane.identity, idToken: cards.cardFor(session, lane.identity) }
  })
  const first = sessions[0]?.arrival ?? epochMs(0)
  return {
    startAt: epochMs(first - LEAD_MS),
    endAt: epochMs(sessions.reduce<number>((latest, { departure }) => Math.max(latest, departure), first)),
    stations: [...lanes.values()].flat().map(stationOf),
    cards: cards.all,
    sessions: planned,
    overlaps,
  }
}

function overlapOf(session: RecordedSession, lanes: readonly Lane[], playedOn: string): RecordedOverlap {
  const other = lanes.flatMap((lane) => lane.sessions).find(({ departure }) => departure > session.arrival)!
  return {
    evse: session.evse,
    sessionId: session.id,
    overlapsWith: other.id,
    fromIso: isoOf(session.arrival),
    untilIso: isoOf(epochMs(Math.min(session.departure, other.departure))),
    playedOn,
  }
}

/** Short, unique, and still readable; safe in a URL. */
const identityOf = (order: number, evse: string, lane: number) =>
  `R${order}-${evse.replace(/[^A-Za-z0-9-]/g, '').slice(0, 24)}${lane === 0 ? '' : `-${lane + 1}`}`

/** One card per user, another one while the first is charging elsewhere: a server may refuse a token that is in use. */
function cardBox() {
  const all: PlannedCard[] = []
  const ofUser = new Map<string, { readonly idToken: string; busyUntil: EpochMs }[]>()
  return {
    all,
    cardFor: ({ user, arrival, departure }: RecordedSession, identity: string): string => {
      const owner = user === '' ? `\n${identity}` : user
      const own = ofUser.get(owner) ?? []
      ofUser.set(owner, own)
      let card = own.find(({ busyUntil }) => busyUntil < arrival)
      if (!card) {
        card = { idToken: `RPL${String(all.length + 1).padStart(5, '0')}`, busyUntil: departure }
        own.push(card)
        all.push({ idToken: card.idToken, user })
      }
      card.busyUntil = departure
      return card.idToken
    },
  }
}

function stationOf({ identity, evse, number, sessions }: Lane): PlannedStation {
  const highest = Math.max(...sessions.map((session) => drawOf(session).powerW), 3_700)
  const maxPowerW = Math.ceil(highest / 100) * 100
  const isDc = maxPowerW > MOST_AC_W
  const template: EvseTemplate = {
    number: 1,
    standard: isDc ? 'IEC_62196_T2_COMBO' : 'IEC_62196_T2',
    currentType: isDc ? 'DC' : 'AC',
    phases: isDc || maxPowerW > 7_400 ? 3 : 1,
    voltageV: isDc ? 400 : 230,
    maxPowerW,
    cableAttached: isDc,
  }
  return {
    identity,
    name: number === 1 ? evse : `${evse} (${number})`,
    site: sessions[0]!.site,
    recordedEvse: evse,
    lane: number,
    template: { vendor: 'Voltway Works', model: 'Replay', firmware: '1.0.0', evses: [template], timing: NO_DELAYS },
  }
}
