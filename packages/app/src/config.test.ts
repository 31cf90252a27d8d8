import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadConfig, SETTINGS } from './config.ts'
import { loadSecrets } from './identity/secrets.ts'

for (const [variable, value] of [
  ['VOLTWAY_PORT', '80a'],
  ['PORT', '70000'],
  ['VOLTWAY_HOST', 'a b'],
  ['DATABASE_URL', 'mysql://x'],
  ['VOLTWAY_PUBLIC_URL', 'charge.example.org'],
  ['VOLTWAY_SECRET', 'short'],
  ['VOLTWAY_TRUSTED_PROXIES', '10.0.0.1,everybody'],
  ['VOLTWAY_OPEN_SIGN_UP', 'maybe'],
  ['VOLTWAY_LOG_LEVEL', 'loud'],
  ['VOLTWAY_PUSH_CONTACT', 'me'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_TRACES_SAMPLER_ARG', '10%'],
] as const)
  test(`${variable}=${value} is refused by name, with what to do`, () => {
    const config = loadConfig({ [variable]: value })
    assert.ok(!config.ok)
    assert.equal(config.failure.length, 1)
    assert.equal(config.failure[0]?.variable, variable)
    assert.ok((config.failure[0]?.fix.length ?? 0) > 20)
    const secret = Object.values(SETTINGS).some((setting) => setting.variables.some((name) => name === variable) && 'secret' in setting)
    if (secret) assert.ok(!config.failure[0]?.problem.includes(value), 'secrets are not repeated')
  })

test('a flag stands before a variable, a variable before a default, and an empty text is not given', () => {
  const read = (env: Readonly<Record<string, string>>, flags = {}) => {
    const config = loadConfig(env, flags)
    assert.ok(config.ok)
    return config.value.port
  }
  assert.equal(read({ VOLTWAY_PORT: '1', PORT: '2' }, { port: '3' }), 3)
  assert.equal(read({ VOLTWAY_PORT: '1', PORT: '2' }), 1)
  assert.equal(read({ VOLTWAY_PORT: '', PORT: '2' }), 2)
  assert.equal(read({}), 8080)
})

test('every failure is told at once', () => {
  const config = loadConfig({ PORT: 'x', VOLTWAY_SECRET: 'y' })
  assert.ok(!config.ok && config.failure.length === 2)
})

test('the first start makes a secret that only its owner may read, later starts use it', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'voltway-secret-'))
  try {
    const first = await loadSecrets({ dataDirectory, secret: undefined })
    const second = await loadSecrets({ dataDirectory, secret: undefined })
    assert.deepEqual(first, second)
    assert.equal((await stat(join(dataDirectory, 'secret'))).mode & 0o777, 0o600)
    assert.ok((await readFile(join(dataDirectory, 'secret'), 'utf8')).length >= 64)
    assert.notDeepEqual(first.hmacKey, first.offerKey)
    assert.equal(first.vapid.publicKey.length, 87)
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
})
