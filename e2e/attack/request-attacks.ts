import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { inTurn } from './in-turn.ts'
import type { People } from './people.ts'

interface Route {
  readonly method: string
  readonly path: string
  readonly access: string
  readonly stream: boolean
}

const SCOPE = /^[a-z]+:[a-z]+$|^admin$/
const filled = (path: string, id = '01890000-0000-7000-8000-000000000000') => path.replace(/\{id\}/g, id).replace(/\{\w+\}/g, 'Reset')

/** Bytes as they stand, and what came back within a second or until the end. */
const raw = (port: number, text: string, from = '127.0.7.1') =>
  new Promise<string>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from })
    let heard = ''
    const end = () => {
      socket.destroy()
      resolve(heard)
    }
    socket.setTimeout(1_000, end)
    socket.on('error', end)
    socket.on('close', end)
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.write(text)
  })

/** What may be wrong with a request whoever sends it. */
export const requestAttacks = (peopleOf: () => People) => {
  const routes = async (): Promise<readonly Route[]> => {
    const { body } = await peopleOf().town.ask('GET', '/api/v1/openapi.json')
    return Object.entries(body.paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        access: String(operation['x-access']),
        stream: String(operation['x-stream']) === 'true',
      })),
    )
  }

  test('a key opens what its scope names and nothing else, and no driver page', async () => {
    const { town } = peopleOf()
    const closed = (await routes()).filter(({ access }) => SCOPE.test(access) || access === 'driver')
    assert.ok(closed.length > 60)
    for (const [index, { name, key }] of town.one.apiKeys.filter(({ name }) => name !== 'all').entries())
      await inTurn(
        closed.filter(({ access }) => access !== name),
        10,
        async ({ method, path }) => {
          const answer = await town.ask(method, filled(path), { key, ...(method !== 'GET' && { body: {} }), from: `127.0.8.${index + 1}` })
          assert.equal(answer.status, 403, `${name} at ${method} ${path}`)
        },
      )
  })

  test('keys that are none, cut, of another case or in another place open nothing', async () => {
    const { town } = peopleOf()
    const { key } = town
    const tries: readonly Readonly<Record<string, string>>[] = [
      ...[key.slice(0, -1), `${key}A`, key.toUpperCase(), 'vw_', '', `${key}%20`, `${key},${key}`].map((text) => ({
        authorization: `Bearer ${text}`,
      })),
      { authorization: `Basic ${Buffer.from(`key:${key}`).toString('base64')}` },
      { authorization: key },
      { 'x-api-key': key },
      { cookie: `voltway.session_token=${key}` },
      { cookie: 'voltway.session_token=undefined; voltway.session_token[]=1' },
    ]
    for (const headers of tries) assert.equal((await town.ask('GET', '/api/v1/stations', { headers })).status, 401, JSON.stringify(headers))
    assert.equal((await town.ask('GET', `/api/v1/stations?key=${key}&api_key=${key}`)).status, 401)
  })

  test('whatever stands in a path or query, no route fails: it refuses, or answers', async () => {
    const { town } = peopleOf()
    const gets = (await routes()).filter(({ method, access, stream }) => method === 'GET' && !stream && access !== 'driver')
    const odd = [
      '%00',
      '..',
      '%2e%2e%2f',
      "'%20or%20'1'='1",
      '%F0%9F%92%A5',
      '%ff',
      '-1',
      '9'.repeat(400),
      '%0d%0aX:%20y',
      '{{7*7}}',
      '((((a+)+)+)+)$',
    ]
    const paths = gets.flatMap(({ path }) =>
      odd.map((text) =>
        path.includes('{') ? path.replace(/\{\w+\}/g, text) : `${path}?q=${text}&limit=${text}&cursor=${text}&from=${text}`,
      ),
    )
    await inTurn(paths, 10, async (path) => {
      const { status } = await town.ask('GET', path, { key: town.key, from: '127.0.9.1' })
      assert.ok(status < 500 && status !== 429, `${path} was answered with ${status}`)
    })
    for (const q of ["'; drop table voltway.session; --", '%', '_', '\\', '(a+)+$', 'x'.repeat(199), '\u202e', '💥'])
      for (const list of ['stations', 'drivers']) {
        const began = performance.now()
        const { status } = await town.ask('GET', `/api/v1/${list}?q=${encodeURIComponent(q)}`, { key: town.key })
        assert.ok(status === 200 || (status === 400 && q.length > 100), `${q}: ${status}`)
        assert.ok(performance.now() - began < 5_000)
      }
  })

  test('bodies that are bombs are refused, and cost nobody else their answer', async () => {
    const { town } = peopleOf()
    const nest = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels)
    const bombs: readonly string[] = [
      nest('[', ']', 100_000),
      `{"definition":${nest('[', ']', 200_000)}}`,
      `{"definition":${nest('{"a":', '}', 100_000).replace('}', '1}')}}`,
      `{"definition":{"kind":"elements","elements":${nest('[', ']', 200_000)}}}`,
      `{"type":"Soft","customData":${nest('[', ']', 200_000)}}`,
      '{"__proto__":{"polluted":true}}',
      '{"definition":{"constructor":{"prototype":{"polluted":true}}}}',
      `{"definition":{"name":"${'x'.repeat(900_000)}"}}`,
      `{"definition":{"elements":[${'{},'.repeat(200_000)}{}]}}`,
      '{"definition":{"elements":[{"perKwh":"1e400"}],"currency":"GBP"}}',
      `{"definition":{"kind":"elements","name":"x","currency":"GBP","timeZone":"UTC","elements":[{"perKwh":"${'9'.repeat(50_000)}"}]}}`,
      'null',
      '0',
      '"',
      '',
      '[]',
    ]
    const station = town.one.stations[0]?.id
    for (const path of [
      '/tariffs',
      '/tariffs/simulate',
      `/stations/${station}/commands/DataTransfer`,
      `/stations/${station}/commands/Reset`,
      '/sites',
      '/price-series/x',
    ])
      for (const [index, body] of bombs.entries()) {
        const answer = await town.ask(path.startsWith('/price') ? 'PUT' : 'POST', `/api/v1${path}`, {
          key: town.key,
          body,
          headers: { 'idempotency-key': `${path}-${index}` },
          from: '127.0.9.2',
        })
        assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${body.slice(0, 60)}: ${answer.status}`)
      }
    assert.equal(await town.child.call('polluted', undefined), false)
  })

  test('huge, slow, compressed and smuggled requests are refused or wait alone', async () => {
    const { town } = peopleOf()
    const head = (lines: readonly string[]) =>
      ['POST /api/v1/sites HTTP/1.1', 'Host: 127.0.0.1', `Authorization: Bearer ${town.key}`, ...lines, '\r\n'].join('\r\n')
    const json = 'Content-Type: application/json'
    assert.match(await raw(town.port, head([json, 'Content-Length: 99999999999'])), /^HTTP\/1\.1 413/)
    assert.match(
      await raw(town.port, `${head([json, 'Transfer-Encoding: chunked'])}200000\r\n${'x'.repeat(0x200000)}\r\n0\r\n\r\n`),
      /^HTTP\/1\.1 413/,
    )
    assert.match(await raw(town.port, head([json, 'Content-Length: 2', 'Transfer-Encoding: chunked'])), /^HTTP\/1\.1 400/)
    assert.match(await raw(town.port, head([json, 'Content-Length: 2', 'Content-Length: 3'])), /^HTTP\/1\.1 400/)
    assert.match(
      await raw(town.port, `${head([json, 'Content-Encoding: gzip', 'Content-Length: 4'])}\u001f\u008b\b\u0000`),
      /^HTTP\/1\.1 4/,
    )
    assert.match(await raw(town.port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`), /^HTTP\/1\.1 431/)
    const slow = Array.from({ length: 100 }, () => {
      const socket = connect(town.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(`${head([json, 'Content-Length: 1000'])}{`)
      return socket
    })
    assert.equal((await town.ask('GET', '/api/v1/sites', { key: town.key })).status, 200)
    for (const socket of slow) socket.destroy()
  })
}
