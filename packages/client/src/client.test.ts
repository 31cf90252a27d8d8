import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiProblem, createClient } from './index.ts'

interface Sent {
  readonly url: string
  readonly method: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

const clientThatGets = (status: number, body: unknown) => {
  const sent: Sent[] = []
  const client = createClient({
    baseUrl: 'http://voltway.test',
    apiKey: 'vw_key',
    fetch: async (url, init) => {
      sent.push({ url: String(url), method: init?.method, headers: { ...(init?.headers as Record<string, string>) }, body: init?.body })
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    },
  })
  return { client, sent }
}

test('parameters stand in the path and in the query, escaped; what is not given is left out', async () => {
  const { client, sent } = clientThatGets(200, { items: [] })
  await client.listMessages({ params: { id: 'a/b' }, query: { action: 'Boot Notification', limit: 5, direction: undefined } })
  assert.equal(new URL(sent[0]?.url ?? '').pathname, '/api/v1/stations/a%2Fb/messages')
  assert.deepEqual(Object.fromEntries(new URL(sent[0]?.url ?? '').searchParams), { action: 'Boot Notification', limit: '5' })
  assert.equal(sent[0]?.headers.authorization, 'Bearer vw_key')
})

test('a body is JSON and a key makes it safe to send twice', async () => {
  const { client, sent } = clientThatGets(200, { ok: true })
  await client.releaseSession({ params: { id: 'x' }, body: { decision: 'waive', reason: 'meter' }, idempotencyKey: 'once' })
  assert.equal(sent[0]?.method, 'POST')
  assert.equal(sent[0]?.body, '{"decision":"waive","reason":"meter"}')
  assert.equal(sent[0]?.headers['idempotency-key'], 'once')
})

test('a refusal is thrown with its code and fields', async () => {
  const { client } = clientThatGets(409, {
    type: 'x',
    title: 'x',
    status: 409,
    code: 'SLOT_TAKEN',
    detail: 'Somebody has that slot.',
    nearestFreeStart: '2026-06-15T10:00:00.000Z',
  })
  await assert.rejects(
    client.bookReservation({ body: { offer: 'x' } }),
    (error) => error instanceof ApiProblem && error.code === 'SLOT_TAKEN' && error.body.nearestFreeStart === '2026-06-15T10:00:00.000Z',
  )
})

test('an answer that is no problem is still an error with its status', async () => {
  const { client } = clientThatGets(502, 'bad gateway')
  await assert.rejects(client.getMe(), (error) => error instanceof ApiProblem && error.status === 502 && error.code === 'UNREADABLE_ANSWER')
})

test('streams give their address', () => {
  assert.equal(createClient().watchEvents(), '/api/v1/events')
})
