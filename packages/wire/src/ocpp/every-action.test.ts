import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, instantOf, seeded } from '@voltway/units'
import type { JsonSchema } from './compiled-schemas.ts'
import { ERROR_CODES } from './error-code.ts'
import { actionsOf, jsonSchemaOf, normaliseRequest, receiveRequest, validateRequest } from './protocols.ts'
import { mutatePayload, samplePayload } from './testing/sample-payload.ts'
import { OCPP_VERSIONS } from './version.ts'

const now = epochMs(instantOf('2026-06-01T12:00:00Z') ?? 0)
const lenient = { mode: 'lenient', now } as const
type Json = Readonly<Record<string, unknown>>

const without = (payload: Json, name: string) => Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name))

/** Bad payloads of one action: its first required property wrong in every way. */
function spoiled(schema: JsonSchema, payload: Json): readonly (readonly [what: string, payload: unknown, code: string | undefined])[] {
  const [first] = schema.required ?? []
  const always = [
    ['text as payload', 'text', 'FormatViolation'],
    ['a list as payload', [1], 'FormatViolation'],
    ['something extra', { ...payload, extra: 1 }, undefined],
  ] as const
  if (first === undefined) return always
  const { maxLength = 0, type } = schema.properties?.[first] ?? {}
  return [
    ...always,
    ['nothing', {}, 'OccurrenceConstraintViolation'],
    ['its first property left out', without(payload, first), 'OccurrenceConstraintViolation'],
    ['a first property of the wrong type', { ...payload, [first]: type === 'object' ? 5 : { x: 1 } }, '!'],
    ['a first property that is null', { ...payload, [first]: null }, '!'],
    ['an over-long first property', { ...payload, [first]: 'x'.repeat(256 + 4 * maxLength) }, maxLength === 0 ? undefined : '!'],
  ]
}

for (const version of OCPP_VERSIONS) {
  test(`every ${version} action refuses or mends each kind of bad payload, and never throws`, () => {
    const random = seeded(8)
    for (const { name: action } of actionsOf(version)) {
      const schema = jsonSchemaOf(version, action, 'request') ?? {}
      const payload = samplePayload(schema, random) as Json
      assert.ok(receiveRequest(version, { action, payload }, lenient).ok, `${action} ${JSON.stringify(payload)}`)
      for (const [what, bad, code] of spoiled(schema, payload)) {
        const received = receiveRequest(version, { action, payload: bad }, lenient)
        if (code === undefined) continue
        assert.ok(!received.ok, `${action} with ${what}`)
        assert.ok(ERROR_CODES.includes(received.failure.code))
        if (code !== '!') assert.equal(received.failure.code, code, `${action} with ${what}`)
        assert.ok(received.failure.issues.length <= 20 && received.failure.description.length <= 255, received.failure.description)
      }
    }
  })

  test(`normalising any ${version} payload is pure, and a second time changes nothing`, () => {
    const random = seeded(9)
    for (const { name: action } of actionsOf(version))
      for (let round = 0; round < 20; round++) {
        const payload = mutatePayload(samplePayload(jsonSchemaOf(version, action, 'request') ?? {}, random), random)
        const before = structuredClone(payload)
        const once = normaliseRequest(version, { action, payload }, now)
        assert.deepEqual(payload, before)
        assert.deepEqual(normaliseRequest(version, { action, payload: once.payload }, now).payload, once.payload)
        const received = receiveRequest(version, { action, payload }, lenient)
        if (validateRequest(version, action, payload).ok) assert.ok(received.ok, action)
        // Payloads that need nothing take a short cut, which must not be seen.
        if (received.ok) assert.deepEqual(received.value, once)
      }
  })
}
