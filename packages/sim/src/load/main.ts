// A load as a process of its own: `node load/main.ts '<options as JSON>'`. Prints `{"acknowledged": fact}` lines when asked to
// stream, and the report, without its facts, as the last line. Passwords come through the options, never the environment.
import { text } from 'node:stream/consumers'
import { isOcppVersion } from '@voltway/wire/ocpp'
import { isObject, type JsonObject, listOf, numberOf, textOf } from '../json.ts'
import { type MeterLoadOptions, meterLoad } from './meter-load.ts'

/** @throws TypeError naming what is missing */
function readOptions({ url, version, identities, durationMs, count }: JsonObject): MeterLoadOptions {
  const [target, spoken] = [textOf(url), textOf(version)]
  if (!target) throw new TypeError('url is missing')
  if (!spoken || !isOcppVersion(spoken)) throw new TypeError('version is ocpp1.6 or ocpp2.0.1')
  const links = listOf(identities).map((one) => {
    const [identity, password] = [textOf(one.identity), textOf(one.password)]
    if (!identity) throw new TypeError('each of identities needs an identity')
    return { identity, ...(password !== undefined && { password }) }
  })
  const bounds = { durationMs: numberOf(durationMs), count: numberOf(count) }
  return {
    url: target,
    version: spoken,
    identities: links,
    inFlight: 1,
    ...(bounds.durationMs !== undefined && { durationMs: bounds.durationMs }),
    ...(bounds.count !== undefined && { count: bounds.count }),
  }
}

const json: unknown = JSON.parse(process.argv[2] ?? (await text(process.stdin)))
const given = isObject(json) ? json : {}
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const stream = given.stream === true
const { facts: _, ...report } = await meterLoad({
  ...readOptions(given),
  forget: true,
  ...(stream && { onAcknowledged: (fact) => void print({ acknowledged: fact }) }),
})
print({ report })
