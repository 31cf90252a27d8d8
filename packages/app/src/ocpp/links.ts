import type { ChargingStationId } from '@voltway/units'

interface Registered {
  readonly stationId: ChargingStationId
  readonly epoch: number
}

/** The living links of this process: one per station. */
export class Links<Link extends Registered> {
  readonly #byStation = new Map<ChargingStationId, Link>()
  readonly #turns = new Map<ChargingStationId, Promise<unknown>>()

  get size() {
    return this.#byStation.size
  }

  get(stationId: ChargingStationId): Link | undefined {
    return this.#byStation.get(stationId)
  }

  /** A link never takes the place of a newer one. */
  set(link: Link): boolean {
    const current = this.#byStation.get(link.stationId)
    if (current && current.epoch > link.epoch) return false
    this.#byStation.set(link.stationId, link)
    return true
  }

  /** Compare and delete: the end of an old link does not end its successor. */
  remove(link: Link): boolean {
    if (this.#byStation.get(link.stationId)?.epoch !== link.epoch) return false
    return this.#byStation.delete(link.stationId)
  }

  all(): readonly Link[] {
    return [...this.#byStation.values()]
  }

  /** Runs what decides who may be a station's link, one after the other. */
  async inTurn<Value>(stationId: ChargingStationId, work: () => Promise<Value>): Promise<Value> {
    const before = this.#turns.get(stationId)
    const turn = (before ?? Promise.resolve()).then(work)
    const settled = turn.catch(() => undefined)
    this.#turns.set(stationId, settled)
    try {
      return await turn
    } finally {
      if (this.#turns.get(stationId) === settled) this.#turns.delete(stationId)
    }
  }
}
