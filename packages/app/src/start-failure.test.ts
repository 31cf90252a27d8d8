import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from './config.ts'
import { databaseFailure, listenFailure, StartFailure } from './start-failure.ts'

const configOf = (env: Readonly<Record<string, string>>) => {
  const loaded = loadConfig(env)
  if (!loaded.ok) throw new Error('the configuration of the test is wrong')
  return loaded.value
}
const coded = (code: string, message = code) => Object.assign(new Error(message), { code })

test('what keeps the server from starting names its setting and what to do', () => {
  const config = configOf({ VOLTWAY_PORT: '8088', VOLTWAY_HOST: '192.0.2.1', VOLTWAY_DATA_DIRECTORY: '/srv/voltway' })
  const onServer = configOf({ DATABASE_URL: 'postgres://voltway@db.example/voltway' })
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [listenFailure(coded('EADDRINUSE'), config), /^VOLTWAY_PORT 8088 is in use on 192\.0\.2\.1\./],
    [listenFailure(coded('EACCES'), config), /^VOLTWAY_PORT 8088 may not/],
    [listenFailure(coded('EADDRNOTAVAIL'), config), /^VOLTWAY_HOST 192\.0\.2\.1 is not/],
    [databaseFailure(coded('EACCES', 'no permission'), config), /\/srv\/voltway \(VOLTWAY_DATA_DIRECTORY\).*no permission/],
    [databaseFailure(coded('28P01', 'password refused'), onServer), /DATABASE_URL.*password refused/],
    // Some network errors carry no words, only a code.
    [databaseFailure(coded('ECONNREFUSED', ''), onServer), /DATABASE_URL.*ECONNREFUSED/],
  ]
  for (const [failure, said] of cases) {
    assert.ok(failure instanceof StartFailure)
    assert.match(failure.message, said)
    assert.match(failure.advice, /give|check/)
    assert.doesNotMatch(failure.message, /db\.example/, 'the address, which may hold a password, is not repeated')
  }
  const other = new Error('something else')
  assert.equal(listenFailure(other, config), other)
})
