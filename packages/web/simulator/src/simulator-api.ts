/**
 * How a car makes itself known: by the control pilot, by ISO 15118-2 or -20, with a card or its contract; `fetches`: it has none yet, and fetches it over
 * its cable; `Dynamic`: the station sets its power.
 */
export type Speech = 'pilot' | 'iso15118' | 'contract' | 'fetches' | 'iso20' | 'iso20Contract' | 'iso20Fetches' | 'iso20Dynamic'

/** What the simulator's control API shows; power in W, energy in Wh, times ISO 8601. */
export interface SimConnector {
  readonly evse: number
  readonly connector: number
  readonly standard: string
  readonly side?: string
  readonly maxPowerW: number
  readonly status: string
  readonly state: string
  readonly locked: boolean
  readonly voltageV: number
  readonly cable: 'unplugged' | 'plugged'
  readonly car?: { readonly label: string; readonly batteryWh?: number; readonly socPercent?: number; readonly maxPowerW: number }
  /** How cars can speak here. */
  readonly speaks: readonly Speech[]
  /** What car and station say to each other, where both speak ISO 15118. */
  readonly dialogue?: {
    readonly state: 'looking' | 'talking' | 'charging' | 'ended'
    /** How the car would speak; `protocol` is what they agreed on. */
    readonly speaks: Speech
    readonly protocol?: string
    readonly security?: string
    readonly demandW?: number
    /** When the car said it is to leave. */
    readonly leavesAt?: string
    /** Where it waits by its own choice. */
    readonly chargesFrom?: string
    readonly ended?: string
    readonly messages: readonly {
      readonly at: string
      readonly from: 'EV' | 'SECC'
      readonly message: string
      readonly responseCode?: string
      /** What was wrong with a message that was taken all the same. */
      readonly deviation?: string
      readonly times: number
    }[]
  }
  readonly transaction?: {
    readonly id: string
    readonly startedAt: string
    readonly importWh: number
    readonly exportWh?: number
    readonly powerW: number
    readonly offeredW: number
  }
  readonly reservation?: { readonly number: number; readonly until: string }
}
export interface SimMessage {
  readonly at: string
  readonly direction: 'in' | 'out'
  readonly action: string
  readonly text: string
  /** Valid by the action's schema. */
  readonly ok: boolean
}
export interface SimStation {
  readonly id: string
  readonly identity: string
  readonly ocppVersion: string
  readonly vendor?: string
  readonly model?: string
  readonly link: 'connected' | 'connecting' | 'down' | 'refused'
  readonly clockRate: number
  readonly connectors: readonly SimConnector[]
  readonly log: readonly SimMessage[]
}
/** What the simulated world said to an action; a refusal has a reason. */
export interface SimAnswer {
  readonly ok: boolean
  readonly text: string
}

const BASE = '/simulator-api'

export const loadStations = async (): Promise<readonly SimStation[]> => {
  const answer = await fetch(`${BASE}/stations`, { credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return (await answer.json()) as readonly SimStation[]
}

/** Acts on a station: `link`, `clock`, `connectors/1/plug`. */
export const act = async (station: string, path: string, body: object = {}): Promise<SimAnswer> => {
  const answer = await fetch(`${BASE}/stations/${encodeURIComponent(station)}/${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const json = (await answer.json().catch(() => ({}))) as Partial<SimAnswer> & { readonly detail?: string }
  return { ok: answer.ok && json.ok !== false, text: json.text ?? json.detail ?? `${answer.status}` }
}

/** The live stream of the simulated world. */
export const EVENTS_URL = `${BASE}/events`
