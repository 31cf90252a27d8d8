import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { actionsOf, jsonSchemaOf, validateRequest, validateResponse } from './protocols.ts'
import { mutatePayload, samplePayload } from './testing/sample-payload.ts'
import type { OcppVersion } from './version.ts'

/** Where the two sources are known to differ: lengths of 1.6, and an array that one of them leaves open. */
const DIFFERS = new Set(['StatusNotification.req', 'GetConfiguration.conf', 'ChangeConfiguration.req'])
const SAMPLES = 6
const MUTANTS = 12

/** Validators from a second, independent copy of the schemas. */
function independentValidators(file: string): ReadonlyMap<string, () => ValidateFunction> {
  const path = createRequire(import.meta.url).resolve(`ocpp-rpc/lib/schemas/${file}`)
  const schemas: readonly { readonly $id: string }[] = JSON.parse(readFileSync(path, 'utf8'))
  const ajv = new Ajv({ strict: false, strictNumbers: true, multipleOfPrecision: 6, inlineRefs: false })
  formats.default(ajv)
  return new Map(schemas.map(({ $id: id, ...schema }) => [id.slice('urn:'.length), () => ajv.compile(schema)]))
}

const SOURCES: readonly (readonly [version: OcppVersion, file: string])[] = [
  ['ocpp1.6', 'ocpp1_6.json'],
  ['ocpp2.0.1', 'ocpp2_0_1.json'],
]
for (const [version, file] of SOURCES)
  test(`our validators and an independent copy of the ${version} schemas agree on valid and on spoiled payloads`, () => {
    const random = seeded(16)
    const independent = independentValidators(file)
    const seen = { valid: 0, invalid: 0 }
    for (const { name } of actionsOf(version))
      for (const [kind, suffix, validate] of [
        ['request', 'req', validateRequest],
        ['response', 'conf', validateResponse],
      ] as const) {
        const theirs = independent.get(`${name}.${suffix}`)?.()
        const schema = jsonSchemaOf(version, name, kind)
        assert.ok(theirs && schema, `${name}.${suffix}`)
        for (let round = 0; round < SAMPLES + MUTANTS; round++) {
          const sample = samplePayload(schema, random)
          const payload = round < SAMPLES ? sample : mutatePayload(sample, random)
          const ours = validate(version, name, payload)
          if (round < SAMPLES) assert.ok(ours.ok, `${name}.${suffix} ${JSON.stringify(ours)}`)
          if (DIFFERS.has(`${name}.${suffix}`)) continue
          assert.equal(ours.ok, theirs(payload), `${name}.${suffix} ${JSON.stringify(payload).slice(0, 500)}`)
          seen[ours.ok ? 'valid' : 'invalid']++
        }
      }
    assert.ok(seen.valid > 300 && seen.invalid > 300, JSON.stringify(seen))
  })
