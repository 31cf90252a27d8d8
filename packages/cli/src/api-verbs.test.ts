import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import type { Json } from './json.ts'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'

const DEPOT = '0198c0de-0000-7000-8000-000000000001'
const stations: readonly Json[] = [
  {
    id: DEPOT,
    name: 'Depot 1',
    siteName: 'Depot',
    online: true,
    ocppVersion: 'ocpp2.0.1',
    evses: [{ number: 1, status: 'charging', maxPowerW: 22000 }],
  },
  { id: '0198c0de-0000-7000-8000-000000000002', name: 'Depot 10', siteName: 'Depot', online: false, evses: [] },
]
const session: Json = { id: 's1', state: 'charging', importWh: 12345, cost: { total: { currency: 'GBP', micros: '4600000' } } }

interface Seen {
  readonly line: string
  readonly key: string | undefined
  readonly body: string
}
const seen: Seen[] = []

/** A stand-in for the server: what it answers is what the API's contract says. */
const answerTo = (method: string, url: URL): readonly [status: number, body: Json] => {
  const line = `${method} ${url.pathname}`
  if (line === 'GET /api/v1/stations') {
    const rows = stations.filter((row) =>
      JSON.stringify(row)
        .toLowerCase()
        .includes((url.searchParams.get('q') ?? '').toLowerCase()),
    )
    const from = Number(url.searchParams.get('cursor') ?? 0)
    return [200, { items: rows.slice(from, from + 1), ...(from + 1 < rows.length ? { nextCursor: String(from + 1) } : {}) }]
  }
  if (line === `GET /api/v1/stations/${DEPOT}`) return [200, stations[0] ?? null]
  if (line === `POST /api/v1/stations/${DEPOT}/commands/Reset`) return [200, { outcome: 'answered', response: { status: 'Accepted' } }]
  if (line.endsWith('/commands/ClearCache'))
    return [504, { title: 'The station did not answer', status: 504, detail: 'No answer within 30 s' }]
  if (line.endsWith('/commands/Bad')) return [422, { title: 'Invalid', status: 422, errors: [{ path: '/type', message: 'is missing' }] }]
  if (line === 'GET /api/v1/sessions') return [200, { items: [session] }]
  if (line === 'POST /api/v1/sessions/s1/stop') return [200, { accepted: true }]
  if (line === 'POST /api/v1/tokens/t1/block') return [403, { title: 'Scope missing', status: 403, detail: 'drivers:write' }]
  return [404, { title: 'Not found', status: 404 }]
}

const server = createServer(async (request, response) => {
  const chunks = await request.toArray()
  seen.push({ line: `${request.method} ${request.url}`, key: request.headers.authorization, body: Buffer.concat(chunks).toString() })
  const [status, body] =
    request.headers.authorization === 'Bearer k'
      ? answerTo(request.method ?? '', new URL(request.url ?? '', 'http://x'))
      : [401, { title: 'Sign in' }]
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})
let base = ''
before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
after(() => server.close())

const run = async (argv: readonly string[], env: Readonly<Record<string, string>> = { VOLTWAY_API_KEY: 'k', VOLTWAY_URL: base }) => {
  const out: string[] = []
  const notes: string[] = []
  const code = await runCommand(REGISTRY, argv, {
    env,
    root: '/',
    out: (text) => void out.push(text),
    note: (text) => void notes.push(text),
  })
  return { code, out: out.join('\n'), notes: notes.join('\n') }
}

test('station list follows the pages and prints a table', async () => {
  const { code, out } = await run(['station', 'list'])
  assert.equal(code, 0)
  assert.match(out, /^Station +Site +Link +OCPP +EVSEs +Id\nDepot 1 +Depot +online +ocpp2\.0\.1 +1:charging .*\nDepot 10 +Depot +offline/)
})

test('station list --json prints every row as it came', async () => {
  const { out } = await run(['station', 'list', '--json'])
  assert.deepEqual(JSON.parse(out), { items: stations })
})

test('station list --limit 1 asks for no more than it shows', async () => {
  seen.length = 0
  const { out } = await run(['station', 'list', '--limit', '1', '--in-error', '--json'])
  assert.equal(JSON.parse(out).items.length, 1)
  assert.deepEqual(
    seen.map(({ line }) => line),
    ['GET /api/v1/stations?inError=true&limit=1'],
  )
})

test('a station is found by its whole name even when another begins the same', async () => {
  const { out } = await run(['station', 'show', 'depot 1', '--json'])
  assert.equal(JSON.parse(out).id, DEPOT)
})

test('a part of a name that fits several stations is refused, naming them', async () => {
  const { code, notes } = await run(['station', 'show', 'Depot'])
  assert.equal(code, 1)
  assert.match(notes, /Depot 1 \(.*Depot 10 \(/)
})

test("ocpp call sends the raw payload and prints the station's own answer", async () => {
  seen.length = 0
  const { code, out } = await run(['ocpp', 'call', DEPOT, 'Reset', '{"type":"Soft"}'])
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out), { status: 'Accepted' })
  assert.deepEqual(seen, [{ line: `POST /api/v1/stations/${DEPOT}/commands/Reset`, key: 'Bearer k', body: '{"type":"Soft"}' }])
})

test('session list shows energy in kWh and money exactly', async () => {
  const { out } = await run(['session', 'list'])
  assert.match(out, /12\.345/)
  assert.match(out, /4\.60 GBP/)
})

test('session stop asks the server to stop it', async () => assert.equal((await run(['session', 'stop', 's1'])).code, 0))

const refused: readonly (readonly [sentence: string, argv: readonly string[], code: number, says: RegExp])[] = [
  ['an expired command says so', ['ocpp', 'call', DEPOT, 'ClearCache'], 1, /did not answer: No answer within 30 s/],
  ['wrong fields are named', ['ocpp', 'call', DEPOT, 'Bad'], 1, /\/type: is missing/],
  ['a payload that is not JSON is not sent', ['ocpp', 'call', DEPOT, 'Reset', '{'], 2, /not JSON/],
  ['a payload that is not an object is not sent', ['ocpp', 'call', DEPOT, 'Reset', '[]'], 2, /not a JSON object/],
  ['a missing scope says which', ['token', 'block', 't1'], 1, /Scope missing: drivers:write[\s\S]*scope/],
  ['a limit that is none is refused', ['session', 'list', '--limit', 'many'], 2, /--limit many/],
  ['an address that is none is refused', ['session', 'list', '--url', 'there'], 2, /"there" is not an address/],
  ['a wrong key says how to give one', ['session', 'list', '--api-key', 'wrong'], 3, /--api-key or VOLTWAY_API_KEY/],
  ['a server that is away is named', ['session', 'list', '--url', 'http://127.0.0.1:1'], 3, /127\.0\.0\.1:1 could not be reached/],
]
for (const [sentence, argv, code, says] of refused) {
  test(`${sentence}, with exit code ${code}`, async () => {
    const result = await run(argv)
    assert.equal(result.code, code)
    assert.match(result.notes, says)
    assert.equal(result.out, '')
  })
}
