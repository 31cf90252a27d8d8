import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { People } from './people.ts'

/** What one organisation may try against another, and one driver against another. */
export const neighbourAttacks = (peopleOf: () => People) => {
  test("another organisation's sessions, receipts, series and commands do not exist, nor does another driver's", async () => {
    const { town, sessionId, eli, otherDana } = peopleOf()
    const stationId = town.one.stations[0]?.id
    for (const [method, path] of [
      ['GET', `/sessions/${sessionId}`],
      ['GET', `/sessions/${sessionId}/series`],
      ['GET', `/sessions/${sessionId}/receipt`],
      ['GET', `/sessions/${sessionId}/receipt.pdf`],
      ['POST', `/sessions/${sessionId}/stop`],
      ['POST', `/stations/${stationId}/commands/Reset`],
      ['GET', `/stations/${stationId}/messages`],
      ['GET', `/stations/${stationId}/commands`],
      ['POST', `/stations/${stationId}/password`],
    ] as const) {
      const answer = await town.ask(method, `/api/v1${path}`, { key: town.otherKey, ...(method === 'POST' && { body: { type: 'Soft' } }) })
      assert.ok(answer.status === 404 || (answer.status === 400 && path.endsWith('stop')), `${path}: ${answer.status}`)
      const own = await town.ask('GET', `/api/v1${path}`, { key: town.key })
      if (method === 'GET') assert.equal(own.status, 200, `${path}: ${own.text}`)
    }
    for (const cookie of [eli, otherDana])
      for (const page of ['', '/series', '/receipt', '/receipt.pdf', '/stop']) {
        const method = page === '/stop' ? 'POST' : 'GET'
        assert.equal((await town.ask(method, `/api/v1/driver/sessions/${sessionId}${page}`, { cookie })).status, 404, page)
      }
  })

  test("a filter by another organisation's id finds nothing", async () => {
    const { town, sessionId } = peopleOf()
    const [site, station, driver] = [town.one.siteIds[0], town.one.stations[0], town.one.drivers[0]]
    for (const path of [
      `/sessions?stationId=${station?.id}`,
      `/sessions?siteId=${site}`,
      `/sessions?driverId=${driver?.id}`,
      `/stations?siteId=${site}`,
      `/reservations?stationId=${station?.id}`,
      `/reservations?evseId=${station?.evses[0]?.id}`,
      `/tokens?driverId=${driver?.id}`,
      `/stations?q=${station?.identity}`,
      '/sessions',
      '/alarms',
      '/ledger',
    ]) {
      const answer = await town.ask('GET', `/api/v1${path}`, { key: town.otherKey })
      assert.equal(answer.status, 200, `${path}: ${answer.text}`)
      assert.ok(!answer.text.includes(sessionId), path)
      assert.deepEqual(Object.keys(answer.body.items ?? {}), path.startsWith('/ledger') ? Object.keys(answer.body.items ?? {}) : [], path)
    }
  })

  test("nothing of one's own can be tied to what is another's", async () => {
    const { town, otherDana, dana } = peopleOf()
    const [tariffId, siteId, driverId] = [town.one.tariffIds.flat, town.one.siteIds[0], town.one.drivers[0]?.id]
    const evses = [{ currentType: 'AC', maxPowerW: 11_000, connectors: [{ standard: 'IEC_62196_T2' }] }]
    const ownSite = town.two.siteIds[0]
    const tries: readonly (readonly [method: string, path: string, body: unknown])[] = [
      ['POST', '/stations', { siteId, name: 'X', identity: 'X-9', evses }],
      ['POST', '/stations', { siteId: ownSite, name: 'X', identity: 'X-9', evses: evses.map((evse) => ({ ...evse, tariffId })) }],
      ['PUT', `/sites/${ownSite}/tariff`, { tariffId }],
      ['POST', '/tariffs/simulate', { tariffId, startsAt: '2026-06-15T10:00:00Z', endsAt: '2026-06-15T11:00:00Z', energyWh: 1 }],
      ['POST', `/drivers/${driverId}/tokens`, { type: 'rfid', token: '04FFEE01', label: 'Card' }],
    ]
    for (const [method, path, body] of tries) {
      const answer = await town.ask(method, `/api/v1${path}`, { key: town.otherKey, body })
      assert.ok([400, 404, 409, 422].includes(answer.status), `${method} ${path}: ${answer.status} ${answer.text}`)
    }
    const evseCode = town.one.stations[0]?.evses[0]?.code
    assert.equal((await town.ask('POST', '/api/v1/driver/plans', { cookie: otherDana, body: { evseCode, energyWh: 1_000 } })).status, 404)
    assert.equal((await town.ask('POST', '/api/v1/driver/sessions', { cookie: otherDana, body: { evseCode } })).status, 404)
    const vehicleId = town.one.drivers[1]?.vehicleIds[0]
    const planned = await town.ask('POST', '/api/v1/driver/plans', { cookie: dana, body: { evseCode, vehicleId, energyWh: 1_000 } })
    assert.equal(planned.status, 404, "Eli's car")
    assert.equal((await town.ask('DELETE', `/api/v1/driver/vehicles/${vehicleId}`, { cookie: dana })).status, 404)
  })

  test("live events are told to their own organisation and their own driver, also with a neighbour's Last-Event-ID", async () => {
    const { town, eli, dana, otherDana, charge } = peopleOf()
    const hear = (path: string, who: object) => town.ask('GET', `/api/v1${path}`, { ...who, readFor: 3_000 })
    const listening = Promise.all([
      hear('/events', { key: town.key }),
      hear('/driver/events', { cookie: dana }),
      hear('/events', { key: town.otherKey }),
      hear('/driver/events', { cookie: eli }),
      hear('/driver/events', { cookie: otherDana }),
    ])
    await wait(200)
    await charge()
    const [own, driver, ...others] = await listening
    assert.match(own.text, /session\.changed/)
    assert.match(driver.text, /session\.changed/)
    for (const { text } of others) assert.doesNotMatch(text, /event: /)
    const last = [...own.text.matchAll(/^id: (.+)$/gm)][0]?.[1] ?? ''
    assert.notEqual(last, '')
    const replayed = await hear('/events', { key: town.otherKey, headers: { 'last-event-id': last } })
    const odd = await hear('/events', { key: town.otherKey, headers: { 'last-event-id': "0' or 1=1 --" } })
    for (const { text } of [replayed, odd]) assert.ok(!town.one.stations.some(({ id }) => text.includes(id)), text)
  })

  test('an Idempotency-Key of one organisation or driver says nothing of the answer that another got with it', async () => {
    const { town } = peopleOf()
    const headers = { 'idempotency-key': 'shared' }
    const body = (siteId: string | undefined, identity: string) => ({
      siteId,
      name: 'N',
      identity,
      evses: [{ currentType: 'AC', maxPowerW: 11_000, connectors: [{ standard: 'IEC_62196_T2' }] }],
    })
    const first = await town.ask('POST', '/api/v1/stations', { key: town.key, headers, body: body(town.one.siteIds[0], 'IDEM-1') })
    const second = await town.ask('POST', '/api/v1/stations', { key: town.otherKey, headers, body: body(town.two.siteIds[0], 'IDEM-2') })
    assert.deepEqual([first.status, second.status], [201, 201], second.text)
    assert.notEqual(String(first.body.station?.id), String(second.body.station?.id))
  })

  test('public pages and QR codes show no OCPP identity, and nothing of organisations but the first', async () => {
    const { town } = peopleOf()
    const [mine, theirs] = [town.one.stations[0], town.two.stations[0]]
    for (const path of ['/public/sites', `/public/evses/${mine?.evses[0]?.code}`, `/public/evses/${mine?.evses[0]?.code}/qr.svg`]) {
      const answer = await town.ask('GET', `/api/v1${path}`)
      assert.equal(answer.status, 200, path)
      for (const { identity, id } of [...town.one.stations, ...town.two.stations])
        assert.ok(!answer.text.includes(identity) && !answer.text.includes(id), `${path} names ${identity}`)
    }
    for (const page of ['', '/qr.svg'])
      assert.equal((await town.ask('GET', `/api/v1/public/evses/${theirs?.evses[0]?.code}${page}`)).status, 404)
  })
}
