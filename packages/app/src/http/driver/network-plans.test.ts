import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, fail, HOUR, isoOf } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

const HARBOUR = { latitude: 51.5, longitude: -0.1 }
/** Some 2.2 km north of it. */
const HILL = { latitude: 51.52, longitude: -0.1 }
const KWH_30 = 30_000

let it: TestApp
let dana: string
let eli: string
let hill: string
before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
  eli = await it.signIn('eli@one.example')
  const made = async (url: string, body: unknown) => {
    const answer = await it.ask('POST', `/api/v1${url}`, { key: it.key, body })
    assert.equal(answer.status, 201, answer.text)
    return answer.body
  }
  const definition = {
    kind: 'elements',
    name: 'Cheap',
    currency: 'GBP',
    timeZone: 'Europe/London',
    vat: { ratePpm: '200000', pricesInclude: true },
    elements: [{ perKwh: '200000' }],
  }
  const tariff = await made('/tariffs', { name: 'Cheap', definition })
  const place = { kind: 'parking', address: '1 Hill', city: 'London', country: 'GB', timeZone: 'Europe/London', currency: 'GBP' }
  hill = String((await made('/sites', { ...place, ...HILL, name: 'Hill', operatorName: 'City' })).id)
  await it.ask('PUT', `/api/v1/sites/${hill}/tariff`, { key: it.key, body: { tariffId: tariff.id } })
  const evses = [{ currentType: 'DC', maxPowerW: 50_000, connectors: [{ standard: 'IEC_62196_T2_COMBO' }] }]
  await made('/stations', { siteId: hill, name: 'H1', identity: 'CS-hill', evses })
})
after(() => it.close())

const inHours = (hours: number) => isoOf(epochMs(it.services.clock.now() + hours * HOUR))
const ask = async (cookie: string, body: object) => {
  const wish = { near: HARBOUR, energyWh: KWH_30, standards: ['IEC_62196_T2_COMBO'], ...body }
  const answer = await it.ask('POST', '/api/v1/driver/network-plans', { cookie, body: wish })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}
type Answer = Awaited<ReturnType<typeof ask>>
const choicesOf = (body: Answer) => Object.values(body.choices ?? {})
const accept = (cookie: string, choice: Answer | undefined) =>
  it.ask('POST', '/api/v1/driver/reservations', { cookie, body: { offer: String(choice?.plan?.offer) } })

for (const { sentence, more, expected } of [
  { sentence: 'the cheaper site is best where its way costs less than it saves', more: {}, expected: ['Hill', 'Harbour one'] },
  { sentence: 'the near one where a way is dear', more: { wayMicrosPerKm: '10000000' }, expected: ['Harbour one', 'Hill'] },
  { sentence: 'without a place of one’s own ways cost nothing', more: { near: undefined }, expected: ['Hill', 'Harbour one'] },
  { sentence: 'a cap leaves out what costs more', more: { priceCapMicros: '7000000' }, expected: ['Hill'] },
])
  test(sentence, async () => {
    const choices = choicesOf(await ask(dana, { arrival: inHours(1), ...more }))
    assert.deepEqual(
      choices.map(({ siteName }) => String(siteName)),
      expected,
    )
    for (const { plan, way, waiting, total } of choices) {
      assert.equal(Number(plan?.energyWh), KWH_30)
      assert.equal(Number(plan?.cost?.total?.micros) + Number(way?.micros) + Number(waiting?.micros), Number(total?.micros))
    }
  })

test('of two drivers who take the best at once one gets it at its price; the other is refused, asks again, and gets what is best then', async () => {
  const wish = { arrival: inHours(10), waitingMicrosPerHour: '20000000' }
  const [one, two] = [await ask(dana, wish), await ask(eli, wish)]
  const best = [choicesOf(one)[0], choicesOf(two)[0]] as const
  assert.equal(String(best[0]?.evseCode), String(best[1]?.evseCode))
  const answers = await Promise.all([accept(dana, best[0]), accept(eli, best[1])])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
  const [won, lost] = answers[0]?.status === 201 ? [answers[0], answers[1]] : [answers[1], answers[0]]
  assert.equal(String(lost?.body.code), 'SLOT_TAKEN')
  assert.deepEqual(won?.body.plan?.cost?.total, best[0]?.plan?.cost?.total)
  const loser = answers[0]?.status === 201 ? eli : dana
  const [next] = choicesOf(await ask(loser, wish))
  assert.deepEqual([String(next?.siteName), Number(next?.waitMinutes)], ['Harbour one', 0], 'an hour of waiting costs 20')
  assert.equal((await accept(loser, next)).status, 201)
})

test('who does not mind waiting is offered the cheaper site after the one who has it', async () => {
  const wish = { arrival: inHours(20), waitingMicrosPerHour: '100000' }
  assert.equal((await accept(dana, choicesOf(await ask(dana, wish))[0])).status, 201)
  const [next] = choicesOf(await ask(eli, wish))
  assert.deepEqual([String(next?.siteName), Number(next?.waitMinutes)], ['Hill', 45])
})

test('a site that has promised its power is offered as long as it then takes', async () => {
  await it.ask('PATCH', `/api/v1/sites/${hill}`, { key: it.key, body: { gridLimitW: 10_000 } })
  const [best] = choicesOf(await ask(eli, { arrival: inHours(30), waitingMicrosPerHour: '0' }))
  const { siteName, plan } = best ?? {}
  assert.equal(String(siteName), 'Hill')
  assert.equal((Date.parse(String(plan?.end)) - Date.parse(String(plan?.start))) / HOUR, 3)
  await it.ask('PATCH', `/api/v1/sites/${hill}`, { key: it.key, body: { gridLimitW: null } })
})

for (const [sentence, more, code] of [
  ['nothing fits a plug that nobody has', { standards: ['CHADEMO'] }, 'nothingFits'],
  ['nothing fits a stay that is too short', { stay: 0.25 }, 'nothingFits'],
  ['nor one of ten minutes', { stay: 1 / 6, energyWh: 100 }, 'nothingFits'],
  ['all is too dear below a cap of a penny', { priceCapMicros: '10000' }, 'tooDear'],
] as const)
  test(sentence, async () => {
    const { stay, ...rest } = { stay: undefined, ...more }
    const body = await ask(eli, { arrival: inHours(40), ...(stay !== undefined && { departure: inHours(40 + stay) }), ...rest })
    assert.deepEqual([choicesOf(body), body.impossible], [[], { code }])
  })

test('a wish that cannot be is refused by its field, and another organisation’s sites are not offered', async () => {
  const post = (body: object) => it.ask('POST', '/api/v1/driver/network-plans', { cookie: dana, body })
  for (const [body, path] of [
    [{}, 'body.energyWh'],
    [{ energyWh: 2_000_000 }, 'body.energyWh'],
    [{ energyWh: 1_000, departure: '2020-01-01T00:00:00Z' }, 'body.departure'],
    [{ targetSocPercent: 80, socPercent: 20 }, 'body.vehicleId'],
  ] as const) {
    const { status, body: problem } = await post(body)
    assert.deepEqual([status, String(problem.errors?.[0]?.path)], [400, path])
  }
  const other = await it.signIn('dana@two.example')
  const choices = choicesOf(await ask(other, { near: HILL }))
  assert.deepEqual(
    choices.map(({ siteName }) => String(siteName)),
    ['Harbour two'],
  )
})

test('while too many plans are asked for, the driver is told to ask again; nothing is half done', async () => {
  const { driver } = it.planner
  it.planner.driver = { ...driver, ask: async () => fail({ code: 'busy', waiting: 32 }) }
  const wishes = [
    ['/driver/network-plans', { near: HARBOUR, energyWh: KWH_30 }],
    ['/driver/plans', { evseCode: it.seeded.stations[0]?.evses[0]?.code, energyWh: KWH_30 }],
  ] as const
  for (const [url, body] of wishes) {
    const { status, body: problem, headers } = await it.ask('POST', `/api/v1${url}`, { cookie: dana, body })
    assert.deepEqual([status, String(problem.code), headers['retry-after']], [503, 'PLANNER_BUSY', '2'])
  }
  it.planner.driver = driver
  assert.ok(choicesOf(await ask(dana, { arrival: inHours(50) })).length > 0)
})
