import type { ServerResponse } from 'node:http'
import { isoOf, milliseconds } from '@voltway/units'
import { systemClock } from '../clock.ts'
import type { StationEvent } from '../station/station.ts'
import type { Controlled } from './routes.ts'

/** A page redraws this often at most, however fast the simulated world runs. */
const REDRAW_MS = 250
const KEEP_ALIVE_MS = 15_000

/** GET /events: `station.changed` with the station, at most four times a second each, and every `message` at once. */
export function streamEvents(target: Controlled, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  const dirty = new Set<string>()
  let cancelRedraw = () => {}
  const redraw = (): void => {
    for (const identity of dirty) {
      const station = target.stations.get(identity)
      if (!station) continue
      const { log: _, ...view } = station.view()
      send('station.changed', view)
    }
    dirty.clear()
  }
  const unsubscribe = target.subscribe((event: StationEvent) => {
    if (event.type === 'message') {
      send('message', { stationId: event.identity, ...event.message, at: isoOf(event.message.at) })
      return
    }
    if (dirty.size === 0) cancelRedraw = systemClock.after(milliseconds(REDRAW_MS), redraw)
    dirty.add(event.identity)
  })
  let cancelKeepAlive = () => {}
  const keepAlive = (): void => {
    response.write(': here\n\n')
    cancelKeepAlive = systemClock.after(milliseconds(KEEP_ALIVE_MS), keepAlive)
  }
  keepAlive()
  response.on('close', () => {
    unsubscribe()
    cancelRedraw()
    cancelKeepAlive()
  })
}
