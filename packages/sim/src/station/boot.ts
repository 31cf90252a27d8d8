import { milliseconds } from '@voltway/units'
import type { BootReason, StationCore } from './core.ts'

const BOOT_RETRY_MS = 10_000
const DEFAULT_INTERVAL_S = 60

/** Introduces the station whenever the line is there, again by the server's interval until it is accepted. */
export async function introduce(core: StationCore, hasBooted: boolean): Promise<void> {
  if (core.quirks.statusBeforeBoot) reportAll(core)
  if (hasBooted && core.quirks.noBootAfterReconnect) return begin(core)
  const reason: BootReason = core.bootReason
  const answer = await core.dialect.boot(reason)
  if (core.link.state() !== 'connected') return
  if (answer?.status === 'Accepted') {
    if (answer.intervalSeconds > 0 && core.settings.number('heartbeatSeconds') > 0)
      core.settings.set('heartbeatSeconds', String(answer.intervalSeconds))
    core.bootReason = 'reconnected'
    return begin(core)
  }
  const again = () => void introduce(core, hasBooted)
  core.cancelHeartbeat()
  core.cancelHeartbeat = answer
    ? core.clock.after(milliseconds((answer.intervalSeconds || DEFAULT_INTERVAL_S) * 1000), again)
    : core.network.after(milliseconds(BOOT_RETRY_MS), again)
}

function begin(core: StationCore): void {
  core.link.registered()
  reportAll(core)
  armHeartbeat(core)
}

function reportAll(core: StationCore): void {
  core.dialect.status(undefined)
  for (const evse of core.evses) core.dialect.status(evse, 'again')
}

/** Beats by the interval in force; 0 is never. */
export function armHeartbeat(core: StationCore): void {
  core.cancelHeartbeat()
  const seconds = core.settings.number('heartbeatSeconds')
  if (seconds <= 0 || core.link.state() !== 'connected') return
  core.cancelHeartbeat = core.clock.after(milliseconds(seconds * 1000), () => {
    core.dialect.heartbeat()
    armHeartbeat(core)
  })
}
