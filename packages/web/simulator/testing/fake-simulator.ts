import type { IncomingMessage, ServerResponse } from 'node:http'
import { readJson, sendJson, serveApp } from '@voltway/ui/testing/serve-app'

const STATES = ['charging', 'available', 'rampingDown', 'locked', 'faulted', 'suspendedEV', 'reserved'] as const

const SAID = [
  ['supportedAppProtocol', 'OK_SuccessfulNegotiation', 1],
  ['SessionSetup', 'OK_NewSessionEstablished', 1],
  ['ServiceDiscovery', 'OK', 1],
  ['PaymentServiceSelection', 'OK', 1],
  ['PaymentDetails', 'OK', 1],
  ['Authorization', 'OK', 9],
  ['ChargeParameterDiscovery', 'OK', 3],
  ['CableCheck', 'OK', 12],
  ['PreCharge', 'OK', 4],
  ['PowerDelivery', 'OK', 1],
  ['CurrentDemand', 'OK', 2_418],
] as const

/** A steered car that gives back. */
const SAID_20 = [
  ['supportedAppProtocol', 'OK_SuccessfulNegotiation', 1],
  ['SessionSetup', 'OK_NewSessionEstablished', 1],
  ['AuthorizationSetup', 'OK', 1],
  ['Authorization', 'OK', 4],
  ['ServiceDiscovery', 'OK', 1],
  ['ServiceDetail', 'OK', 2],
  ['ServiceSelection', 'OK', 1],
  ['DC_ChargeParameterDiscovery', 'OK', 1],
  ['ScheduleExchange', 'OK', 1],
  ['DC_CableCheck', 'OK', 9],
  ['DC_PreCharge', 'OK', 3],
  ['PowerDelivery', 'OK', 1],
  ['DC_ChargeLoop', 'OK', 5_120],
] as const
/** Of a station whose prices nobody signed. */
const UNBELIEVED = 'unbelievedPrices: prices without a signature of the contract’s operator'
const NEWER = { state: 'charging', speaks: 'iso20Dynamic', protocol: 'iso15118-20', security: 'TLS 1.3', demandW: -5_000 }

/** A session that charges, or one that the station refused. */
const dialogueOf = (
  charges: boolean,
  { now, newer, waits }: { readonly now: number; readonly newer: boolean; readonly waits: boolean },
) => ({
  state: charges ? 'charging' : 'ended',
  speaks: 'contract',
  protocol: 'iso15118-2',
  security: 'TLS 1.2',
  ...(charges ? { demandW: 98_400 } : { ended: 'refusing: FAILED_CertChainError: the contract has expired' }),
  ...(newer && NEWER),
  ...(waits && { chargesFrom: new Date(now + 3_600_000).toISOString(), leavesAt: new Date(now + 28_800_000).toISOString() }),
  messages: (newer ? SAID_20 : charges ? SAID : SAID.slice(0, 5)).flatMap(([name, code, times], index, all) => {
    const at = (more: number) => new Date(now - (all.length - index) * 9_000 + more).toISOString()
    const responseCode = charges || index < 4 ? code : 'FAILED_CertChainError'
    return [
      { at: at(0), from: 'EV', message: `${name}Req`, times },
      { at: at(60), from: 'SECC', message: `${name}Res`, responseCode, times },
      ...(name === 'ScheduleExchange' ? [{ at: at(80), from: 'SECC', message: `${name}Res`, deviation: UNBELIEVED, times: 1 }] : []),
    ]
  }),
})

const connector = (evse: number, state: (typeof STATES)[number], { now, newer }: { readonly now: number; readonly newer: boolean }) => {
  const flows = state === 'charging' || state === 'suspendedEV' || state === 'rampingDown'
  return {
    evse,
    connector: 1,
    standard: evse === 1 ? 'IEC_62196_T2_COMBO' : 'CHADEMO',
    side: evse === 1 ? 'left' : 'right',
    maxPowerW: 150_000,
    status: flows ? 'Charging' : state === 'available' ? 'Available' : state === 'faulted' ? 'Faulted' : 'Finishing',
    state,
    locked: flows || state === 'locked',
    voltageV: flows ? 412 : state === 'locked' ? 96 : 0,
    cable: flows || state === 'locked' ? 'plugged' : 'unplugged',
    ...((flows || state === 'locked') && { car: { label: 'Long-range saloon', batteryWh: 93_000, socPercent: 71.4, maxPowerW: 270_000 } }),
    ...(flows && {
      transaction: {
        id: 'T-81',
        startedAt: new Date(now - 9e5).toISOString(),
        importWh: 21_340,
        exportWh: newer ? 412 : 0,
        powerW: newer ? -5_000 : 96_200,
        offeredW: 120_000,
      },
    }),
    speaks: evse === 1 ? ['pilot', 'iso15118', 'contract', 'fetches', 'iso20', 'iso20Contract', 'iso20Fetches', 'iso20Dynamic'] : ['pilot'],
    ...((flows || state === 'locked') && evse === 1 && { dialogue: dialogueOf(flows, { now, newer, waits: state === 'suspendedEV' }) }),
    ...(state === 'reserved' && { reservation: { number: 7, until: new Date(now + 3_600_000).toISOString() } }),
  }
}

const fleetAt = (now: number) =>
  Array.from({ length: 12 }, (_, n) => ({
    id: `SIM-${String(n + 1).padStart(3, '0')}`,
    identity: `SIM-${String(n + 1).padStart(3, '0')}`,
    ocppVersion: n % 2 ? 'ocpp1.6' : 'ocpp2.0.1',
    vendor: 'Kestrel',
    model: 'Rapid 150',
    link: n === 4 ? 'down' : n === 9 ? 'refused' : 'connected',
    clockRate: 1,
    connectors: Array.from({ length: n % 3 === 0 ? 2 : 1 }, (_, at) =>
      connector(at + 1, STATES[(n + at) % STATES.length] ?? 'available', { now, newer: n >= 7 && at === 0 }),
    ),
    log: Array.from({ length: 14 }, (_, k) => ({
      at: new Date(now - (14 - k) * 9_000).toISOString(),
      direction: k % 5 === 3 ? 'in' : 'out',
      action: ['BootNotification', 'StatusNotification', 'Authorize', 'SetChargingProfile', 'TransactionEvent'][k % 5],
      text: JSON.stringify([2, `m${k}`, 'TransactionEvent', { eventType: 'Updated', seqNo: k }]),
      ok: k !== 6,
    })),
  }))

export interface FakeSimulatorOptions {
  readonly root: string
  readonly now: number
  readonly port?: number
  readonly empty?: boolean
}

/** The simulator's control API as the page sees it; actions are remembered, and a plug is seen as an event. */
export const startFakeSimulator = async ({ root, now, port, empty = false }: FakeSimulatorOptions) => {
  const stations = empty ? [] : fleetAt(now)
  const actions: { readonly path: string; readonly body: Readonly<Record<string, unknown>> }[] = []
  const streams = new Set<ServerResponse>()
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').replace('/simulator-api', '')
    if (path === request.url) return false
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n')
      streams.add(response)
      return true
    }
    if (request.method === 'GET') return sendJson(response, 200, stations)
    const body = await readJson(request)
    actions.push({ path, body })
    const station = stations.find(({ id }) => path.startsWith(`/stations/${id}/`))
    if (path.endsWith('/start')) return sendJson(response, 409, { ok: false, text: 'Show a card first.' })
    if (station && path.endsWith('/plug')) {
      const changed = {
        ...station,
        log: undefined,
        connectors: [connector(1, 'charging', { now, newer: false }), ...station.connectors.slice(1)],
      }
      for (const stream of streams) stream.write(`event: station.changed\ndata: ${JSON.stringify(changed)}\n\n`)
    }
    return sendJson(response, 200, { ok: true, text: 'Done.' })
  }
  const server = await serveApp({ root, prefix: '/simulator/', answer, ...(port !== undefined && { port }) })
  return { ...server, actions }
}
