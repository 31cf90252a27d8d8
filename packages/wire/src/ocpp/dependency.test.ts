import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { OCPP16, OCPP20, OCPP21 } from 'typed-ocpp'
import { actionsOf } from './protocols.ts'
import { OCPP_VERSIONS } from './version.ts'

const COUNTS: readonly (readonly [version: string, schemas: object, count: number])[] = [
  ['1.6 with its security extension', OCPP16.schemas, 78],
  ['2.0.1', OCPP20.schemas, 128],
  ['2.1', OCPP21.schemas, 181],
]
for (const [version, schemas, count] of COUNTS)
  test(`the schemas of OCPP ${version} are ${count}`, () => assert.equal(Object.keys(schemas).length, count))

/** Without descriptions and definitions, which may be worded anew. */
const hashOf = (schema: object) =>
  createHash('sha256')
    .update(JSON.stringify(schema, (key, value) => (['description', 'definitions', 'title'].includes(key) ? undefined : value)))
    .digest('hex')
    .slice(0, 16)

const HASHES: readonly (readonly [name: string, schema: object, hash: string])[] = [
  ['1.6 MeterValues', OCPP16.schemas.MeterValuesRequest, '79c730904be6836c'],
  ['1.6 StartTransaction', OCPP16.schemas.StartTransactionRequest, '469416c238bbd31d'],
  ['1.6 BootNotification response', OCPP16.schemas.BootNotificationResponse, '3a1cdf13758f7fa4'],
  ['2.0.1 TransactionEvent', OCPP20.schemas.TransactionEventRequest, 'f8518257cb29231c'],
  ['2.0.1 sampled value', OCPP20.schemas.MeterValuesRequest.definitions.SampledValueType, 'ad79df0d19577f6f'],
  ['2.1 TransactionEvent', OCPP21.schemas.TransactionEventRequest, 'ba8345f7d5a7ca89'],
]
for (const [name, schema, hash] of HASHES) test(`the schema ${name} is the one that was checked`, () => assert.equal(hashOf(schema), hash))

test('every action of the dependency has validators here', () => {
  const names = [OCPP16.schemas, OCPP20.schemas].map((schemas) =>
    Object.keys(schemas)
      .filter((name) => name.endsWith('Request'))
      .map((name) => name.slice(0, -'Request'.length))
      .sort(),
  )
  assert.deepEqual(
    OCPP_VERSIONS.map((version) =>
      actionsOf(version)
        .map(({ name }) => name)
        .sort(),
    ),
    names,
  )
})
