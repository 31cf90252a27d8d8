import type { SimMessage, SimStation } from './simulator-api.ts'

const LONGEST_LOG = 200
type Fleet = readonly SimStation[]

/** A station as an event told it: what the event leaves out (the log) stays. */
export const withStation = (fleet: Fleet, changed: Partial<SimStation> & Pick<SimStation, 'id'>): Fleet =>
  fleet.map((station) => (station.id === changed.id ? { ...station, ...changed } : station))

/** A message at the end of its station's log; the oldest are let go. */
export const withMessage = (fleet: Fleet, { stationId, ...message }: SimMessage & { readonly stationId: string }): Fleet =>
  fleet.map((station) => (station.id === stationId ? { ...station, log: [...station.log, message].slice(-LONGEST_LOG) } : station))
