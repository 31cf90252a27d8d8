import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from './child.ts'
import type { EchoCalls } from './echo-process.ts'
import type { LoadCalls } from './load-process.ts'
import type { Credentials } from './seed.ts'
import type { ServerCalls } from './server-process.ts'

export interface IdleCost {
  readonly links: number
  /** kB of resident memory for one link; undefined where the system does not tell. */
  readonly platformKb: number | undefined
  readonly bareKb: number | undefined
}

/** Links that come first and stay out of the difference: they fill caches and let the heap find its size. */
const WARM_UP = 50
/** From the last boot until a server has asked its stations what it wants to know. */
const SETTLE = 8_000

interface Side {
  readonly load: Child<LoadCalls>
  readonly name: string
  readonly url: string
  readonly boots: boolean
  readonly residentKb: () => Promise<number | undefined>
}

const costOf = async ({ load, name, url, boots, residentKb }: Side, stations: readonly Credentials[]) => {
  const settle = () => wait(boots ? SETTLE : 1_000)
  const plan = { url, boots, version: 'ocpp1.6' as const }
  await load.call('connect', { ...plan, name: `${name} warm-up`, stations: stations.slice(0, WARM_UP) })
  await settle()
  const before = await residentKb()
  await load.call('connect', { ...plan, name, stations: stations.slice(WARM_UP) })
  await settle()
  const after = await residentKb()
  await load.call('disconnect', name)
  await load.call('disconnect', `${name} warm-up`)
  return before === undefined || after === undefined ? undefined : (after - before) / (stations.length - WARM_UP)
}

/** Resident memory of each server before and after many stations have connected, booted and gone quiet; a fresh server of each kind. */
export const measureIdle = async (
  { server, echo, load }: { readonly server: Child<ServerCalls>; readonly echo: Child<EchoCalls>; readonly load: Child<LoadCalls> },
  stations: readonly Credentials[],
): Promise<IdleCost> => {
  const { url } = await server.call('address', undefined)
  const { url: echoUrl } = await echo.call('address', undefined)
  const bare = { load, name: 'idle echo', url: echoUrl, boots: false, residentKb: () => echo.call('residentKb', undefined) }
  const bareKb = await costOf(bare, stations)
  const ours = { load, name: 'idle platform', url, boots: true, residentKb: () => server.call('residentKb', undefined) }
  const platformKb = await costOf(ours, stations)
  return { links: stations.length - WARM_UP, platformKb, bareKb }
}
