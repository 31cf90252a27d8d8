import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CAR_MODELS, createCar, type Fleet, scaledClock, startFleet, systemClock } from '@voltway/sim'
import { seeded } from '@voltway/units'
import { eventually } from '../main-job/eventually.ts'
import { type BareLink, bootedLink, openLink } from './bare-link.ts'
import { CARDS, townOf } from './town.ts'
import { openTwoNodes, type RunningNode, type TwoNodes } from './two-nodes.ts'

const NAMES = ['asked', 'silent', 'twice', 'frozen', 'watched', 'left', 'ghost', 'charging'] as const

let town: TwoNodes
let a: RunningNode
let b: RunningNode
before(async () => {
  const opened = await openTwoNodes(townOf(NAMES))
  town = opened
  a = opened.first
  b = await town.start('B')
})
after(() => town.close())

const stationOf = (identity: (typeof NAMES)[number]) => {
  const station = town.made.stations.find((one) => one.identity === identity)
  assert.ok(station)
  return station
}
const command = (node: RunningNode, identity: (typeof NAMES)[number], query = '') =>
  town.ask(node, 'POST', `/stations/${stationOf(identity).id}/commands/Reset${query}`, { type: 'Soft' })
const holderOf = async (identity: (typeof NAMES)[number]) => {
  const [row] = await town.rows<{ name: string | null; open: boolean }>(`
    select node.name, coalesce(disconnected_at, 0) < connected_at as open
    from voltway.charging_station left join voltway.node on node.id = link_node where identity = '${identity}'`)
  return row?.open ? row.name : undefined
}
const links: BareLink[] = []
after(() => {
  for (const { socket } of links) socket.terminate()
})
const link = async (node: RunningNode, identity: (typeof NAMES)[number]) => {
  const opened = await bootedLink(node.port, stationOf(identity))
  links.push(opened)
  return opened
}

test('a command that one node is asked for reaches the station on the other, and its own answer comes back', async () => {
  const station = await link(a, 'asked')
  assert.equal(await holderOf('asked'), 'A')
  const heard: string[] = []
  station.answerWith((action) => {
    // It is asked other things too, once it has booted.
    if (action === 'Reset') heard.push(action)
    return { status: 'Rejected' }
  })
  const { status, body } = await command(b, 'asked')
  assert.deepEqual([status, body], [200, { outcome: 'answered', response: { status: 'Rejected' } }])
  assert.deepEqual(heard, ['Reset'])
  const kept = await town.rows(`select action, state, name from voltway.station_command join voltway.node on node.id = node_id
    where station_id = '${stationOf('asked').id}' and action = 'Reset'`)
  assert.deepEqual(kept, [{ action: 'Reset', state: 'answered', name: 'A' }], 'kept once, by the node that carried it')
})

test('a command that is not valid, or that the station does not answer, ends through the other node as it does on its own', async () => {
  const station = await link(a, 'silent')
  station.answerWith(() => undefined)
  const invalid = await town.ask(b, 'POST', `/stations/${stationOf('silent').id}/commands/Reset`, { type: 'Sideways' })
  const direct = await town.ask(a, 'POST', `/stations/${stationOf('silent').id}/commands/Reset`, { type: 'Sideways' })
  assert.equal(invalid.body.code, 'COMMAND_INVALID')
  assert.deepEqual(invalid.body.errors, direct.body.errors)
  const { body } = await command(b, 'silent', '?timeoutSeconds=1')
  assert.equal(body.code, 'COMMAND_EXPIRED')
  assert.match(String(body.detail), /^No answer within \d+ ms\.$/)
})

test('a second link on another node is refused while the first answers, and an alarm is raised', async () => {
  const first = await link(a, 'twice')
  assert.equal(await openLink(b.port, stationOf('twice')), 409)
  const alarms = await town.rows(`select kind from voltway.alarm where station_id = '${stationOf('twice').id}'`)
  assert.deepEqual(alarms, [{ kind: 'DuplicateStation' }])
  assert.ok(await first.call('Heartbeat', {}), 'the first goes on')
  assert.equal(await holderOf('twice'), 'A')
})

test('a link that is dead on one node is replaced by one on another, and its late end changes nothing', async () => {
  const first = await link(a, 'frozen')
  first.socket.pause()
  await link(b, 'frozen')
  assert.equal(await holderOf('frozen'), 'B')
  first.socket.resume()
  await first.closed
  assert.equal((await command(a, 'frozen')).status, 200, 'the first node knows where its station is now')
  assert.equal(await holderOf('frozen'), 'B')
})

test('what a station tells one node is seen live by whoever watches on the other', async () => {
  const station = await link(a, 'watched')
  const ending = new AbortController()
  const stream = await fetch(`http://127.0.0.1:${b.port}/api/v1/events`, {
    headers: { authorization: `Bearer ${town.made.apiKeys[0]?.key}` },
    signal: ending.signal,
  })
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  await reader.read()
  await station.call('StatusNotification', {
    connectorId: 1,
    errorCode: 'NoError',
    status: 'Preparing',
    timestamp: new Date().toISOString(),
  })
  let seen = ''
  while (!/event: evse\.changed\n/.test(seen.slice(seen.indexOf('event: status.reported')))) {
    const { value, done } = await reader.read()
    assert.ok(!done, seen)
    seen += value
  }
  const { items } = (await town.ask(b, 'GET', '/stations')).body as {
    readonly items: readonly { readonly id: string; readonly evses: readonly { readonly status: string }[] }[]
  }
  const shown = items.find(({ id }) => id === stationOf('watched').id)
  assert.deepEqual(
    shown?.evses.map(({ status }) => status),
    ['occupied'],
    'and is so when it asks',
  )
  ending.abort()
})

test('a node that was away for so long that its lease was ended lets its stations go and takes a new lease', async () => {
  const station = await link(b, 'ghost')
  b.child.signal('SIGSTOP')
  await eventually(
    () => holderOf('ghost'),
    (holder) => holder === undefined,
    { what: 'the paused node is taken for dead' },
  )
  b.child.signal('SIGCONT')
  assert.equal(await station.closed, 1012)
  const again = await eventually(
    () => openLink(b.port, stationOf('ghost')),
    (opened) => typeof opened !== 'number',
    { what: 'the node lets stations in again' },
  )
  assert.ok(typeof again !== 'number')
  links.push(again)
  assert.equal(await holderOf('ghost'), 'B')
  const leases = await town.rows<{ ended: boolean }>(
    `select ended_at is not null as ended from voltway.node where name = 'B' order by number`,
  )
  assert.deepEqual([leases[0], leases.at(-1)], [{ ended: true }, { ended: false }])
})

/** A simulated station with a car at it, which finds the nodes through the balancer. */
const chargingStation = async (): Promise<Fleet> => {
  const { identity, password } = stationOf('charging')
  const fleet = await startFleet({
    url: `ws://127.0.0.1:${town.balancer.port}/ocpp`,
    stations: [{ identity, password, template: 'ac-home-7', version: 'ocpp2.0.1' }],
    clock: scaledClock({ base: systemClock, rate: 1 }),
    random: seeded(3),
    settings: { meterIntervalSeconds: '1' },
    backoff: { firstMs: 50, longestMs: 500 },
  })
  fleets.push(fleet)
  const place = fleet.stations.get(identity)
  assert.ok(place)
  await eventually(
    async () => place.view().link,
    (link) => link === 'connected',
    { what: 'the station is let in' },
  )
  assert.ok(place.plug(1, createCar(CAR_MODELS[0]!, { socPercent: 20 })).ok)
  const started = await place.card(1, CARDS[1])
  assert.ok(started.ok, JSON.stringify(started))
  return fleet
}
const fleets: Fleet[] = []
after(async () => {
  for (const fleet of fleets) await fleet.close()
})

test('when a node is killed, its stations are shown offline, what was asked of them expires with the reason, and another does the jobs', async () => {
  const station = await link(a, 'left')
  station.answerWith(() => undefined)
  const at = (minutes: number) => new Date(Date.now() - (60 - minutes) * 60_000).toISOString()
  const started = await station.call('StartTransaction', { connectorId: 1, idTag: CARDS[0], meterStart: 1_000, timestamp: at(0) })
  const { transactionId } = started as { readonly transactionId: number }
  const asked = command(b, 'left', '?timeoutSeconds=60')
  const resets = () =>
    town.rows<{ state: string }>(
      `select state, error from voltway.station_command where station_id = '${stationOf('left').id}' and action = 'Reset'`,
    )
  await eventually(resets, ([reset]) => reset?.state === 'queued', { what: 'the command is on its way' })
  town.balancer.prefer([a.port, b.port])
  const fleet = await chargingStation()
  const sessions = () =>
    town.rows<{ state: string; bills: number }>(`
      select state, (select count(*)::int from voltway.cdr where cdr.session_id = session.id) as bills
      from voltway.session where station_id = '${stationOf('charging').id}'`)
  await eventually(sessions, ([session]) => session?.state === 'charging', { what: 'a car charges at a station of the node' })
  assert.equal(await holderOf('charging'), 'A')
  a.child.signal('SIGKILL')
  const { body } = await asked
  assert.equal(body.code, 'COMMAND_EXPIRED')
  assert.match(String(body.detail), /the server that held the link is gone/)
  await eventually(
    () => holderOf('asked'),
    (holder) => holder === undefined,
    { what: 'its stations are offline' },
  )
  assert.deepEqual(await resets(), [{ state: 'expired', error: 'the server that held the link is gone' }])
  const left = await town.rows(`
    select 1 from voltway.station_command join voltway.node on node.id = node_id where state = 'queued' and node.ended_at is not null`)
  assert.deepEqual(left, [], 'no command of a dead node is left')

  // Both stations come to the other node and go on with what they were at.
  await eventually(
    () => holderOf('charging'),
    (holder) => holder === 'B',
    { what: 'the station has found the other node' },
  )
  const stopped = await fleet.stations.get('charging')?.card(1, CARDS[1])
  assert.ok(stopped?.ok, JSON.stringify(stopped))
  await eventually(sessions, ([session]) => session?.state === 'billed', { what: 'the charge that outlived a node is billed' })
  assert.deepEqual(await sessions(), [{ state: 'billed', bills: 1 }])
  const back = await link(b, 'left')
  await back.call('StopTransaction', { transactionId, meterStop: 9_000, timestamp: at(50), reason: 'Local' })
  const bills = () =>
    town.rows<{ wh: string }>(
      `select session.import_wh as wh from voltway.cdr join voltway.session on session.id = cdr.session_id where station_id = '${stationOf('left').id}'`,
    )
  await eventually(bills, ({ length }) => length > 0, { what: 'the session is billed by the node that is left' })
  assert.deepEqual(
    (await bills()).map(({ wh }) => Number(wh)),
    [8_000],
  )
})
