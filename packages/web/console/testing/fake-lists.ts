import type { FakeData } from './fake-data.ts'
import { fakeLedger, fakePriceSeries } from './fake-money.ts'

interface Asked {
  readonly path: string
  readonly query: URLSearchParams
  readonly data: FakeData
  readonly now: number
}

const ACTIONS = ['Heartbeat', 'StatusNotification', 'MeterValues', 'TransactionEvent', 'Authorize', 'SetChargingProfile'] as const

const messages = ({ query, now, data }: Asked) => {
  if (data.stations.length === 0) return []
  const all = Array.from({ length: 90 }, (_, n) => {
    const action = ACTIONS[n % ACTIONS.length] ?? 'Heartbeat'
    const outcome = n % 17 === 5 ? 'error' : n % 31 === 12 ? 'expired' : 'result'
    return {
      id: String(9000 - n),
      at: new Date(now - n * 7300).toISOString(),
      direction: action === 'SetChargingProfile' ? 'out' : 'in',
      action,
      messageId: `m-${9000 - n}`,
      request: JSON.stringify([
        2,
        `m-${9000 - n}`,
        action,
        {
          evseId: 1,
          meterValue: [
            {
              timestamp: new Date(now - n * 7300).toISOString(),
              sampledValue: [{ value: 4120 + n, measurand: 'Energy.Active.Import.Register' }],
            },
          ],
        },
      ]),
      ...(outcome !== 'expired' && {
        response: JSON.stringify(
          outcome === 'error' ? [4, `m-${9000 - n}`, 'FormationViolation', 'timestamp is missing', {}] : [3, `m-${9000 - n}`, {}],
        ),
      }),
      outcome,
      ...(n % 9 === 4 && { violations: [{ path: '/meterValue/0/timestamp', message: 'must match format "date-time"' }] }),
    }
  })
  const [action, direction, inError] = [query.get('action'), query.get('direction'), query.get('inError')]
  return all.filter(
    (one) =>
      (!action || one.action.toLowerCase().includes(action.toLowerCase())) &&
      (!direction || one.direction === direction) &&
      (!inError || one.outcome !== 'result' || one.violations),
  )
}
const commands = ({ now, data }: Asked) =>
  data.stations.length === 0
    ? []
    : Array.from({ length: 8 }, (_, n) => ({
        id: `c${n}`,
        action: ['Reset', 'TriggerMessage', 'SetChargingProfile'][n % 3],
        payload: { type: 'OnIdle' },
        requestedBy: 'user:olu',
        requestedAt: new Date(now - n * 3_900_000).toISOString(),
        state: n === 2 ? 'expired' : n === 5 ? 'failed' : 'answered',
        ...(n === 5 ? { error: 'NotSupported' } : n === 2 ? {} : { answer: { status: 'Accepted' } }),
      }))
const variables = ({ now, data }: Asked) =>
  data.stations.length === 0
    ? []
    : [
        'HeartbeatInterval',
        'MeterValueSampleInterval',
        'ConnectionTimeOut',
        'AuthorizeRemoteStart',
        'LocalAuthListEnabled',
        'ItemsPerMessage',
      ].map((variable, n) => ({
        component: n % 2 ? 'OCPPCommCtrlr' : 'TxCtrlr',
        variable,
        ...(n !== 3 && { value: String(30 * (n + 1)) }),
        mutability: n % 2 ? 'ReadWrite' : 'ReadOnly',
        reportedAt: new Date(now - 86_400_000).toISOString(),
      }))
const alarms = ({ data, now }: Asked) =>
  data.stations.slice(0, 3).map(({ id, name }, n) => ({
    id: `a${n}`,
    kind: ['DuplicateStation', 'ConnectorLockFailure', 'ChargingProfileRefused'][n],
    stationId: id,
    stationName: name,
    detail: [{}, { evse: 1, connector: 1 }, { evse: 2, reason: 'NotSupported' }][n],
    raisedAt: new Date(now - (n + 1) * 5_400_000).toISOString(),
  }))
const apiKeys = ({ now }: Asked) =>
  ['Accounting export', 'Grafana'].map((name, n) => ({
    id: `k${n}`,
    name,
    lastFour: 'x7Qd',
    scopes: ['stations:read', 'sessions:read'],
    createdAt: new Date(now - 9e8).toISOString(),
    ...(n === 1 && { revokedAt: new Date(now - 8e7).toISOString() }),
  }))

const paged = <Row>(rows: readonly Row[], query: URLSearchParams, size: number) => {
  const from = Number(query.get('cursor') ?? 0)
  return { items: rows.slice(from, from + size), ...(rows.length > from + size && { nextCursor: String(from + size) }) }
}

/** A list of the API with the filters that the screens use; undefined for an address that is no list. */
export const fakeLists = (asked: Asked): { readonly items: readonly unknown[]; readonly nextCursor?: string } | undefined => {
  const { path, query, data } = asked
  const siteId = query.get('siteId')
  const at = <Row extends { readonly siteId?: string | undefined }>(rows: readonly Row[]) =>
    rows.filter((row) => !siteId || row.siteId === siteId)
  const inError = query.get('inError') === 'true'
  const q = (query.get('q') ?? '').toLowerCase()
  const state = query.get('state')
  const [, noun, , part] = path.split('/')
  if (noun === 'stations' && part === 'messages') return { items: messages(asked) }
  if (noun === 'stations' && part === 'commands') return { items: commands(asked).filter((one) => !inError || one.state !== 'answered') }
  if (noun === 'stations' && part === 'variables') return { items: variables(asked) }
  switch (path) {
    case '/sites':
      return paged(data.sites, query, 2)
    case '/stations':
      return {
        items: at(data.stations).filter((one) => one.name.toLowerCase().includes(q) && (!inError || !one.online || one.openAlarms > 0)),
      }
    case '/sessions': {
      const rows = at(data.sessions).filter(
        (one) => (!inError || one.state === 'held') && (!state || one.state === state) && (!query.get('active') || !one.endedAt),
      )
      return paged(rows, query, 100)
    }
    case '/reservations': {
      const [from, to] = [query.get('from') ?? '', query.get('to') ?? '9']
      return {
        items: at(data.reservations).filter(
          (one) => one.endsAt > from && one.startsAt < to && (!inError || one.trouble !== undefined) && (!state || one.state === state),
        ),
      }
    }
    case '/drivers':
      return { items: data.drivers.filter((one) => one.name.toLowerCase().includes(q) && (!inError || one.state === 'blocked')) }
    case '/tokens':
      return { items: data.tokens.filter((one) => !inError || one.state === 'blocked') }
    case '/tariffs':
      return { items: data.tariffs }
    case '/price-series':
      return { items: fakePriceSeries(asked) }
    case '/ledger': {
      const { items, balances } = fakeLedger(asked)
      return { ...paged(items, query, 100), balances } as { readonly items: readonly unknown[] }
    }
    case '/alarms':
      return { items: alarms(asked) }
    case '/api-keys':
      return { items: apiKeys(asked) }
    default:
      return undefined
  }
}
