import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IngestItem, IngestWriter } from '@voltway/store'
import type { ChargingStationId, TenantId } from '@voltway/units'
import { createIngest, IngestFull } from './ingest.ts'

const item = (station: string, tenant = 'a'): IngestItem => ({
  tenantId: tenant as TenantId,
  stationId: station as ChargingStationId,
  frame: undefined,
  facts: [],
})

/** A writer that commits when it is told to. */
const heldWriter = (fails: (station: string) => unknown = () => undefined) => {
  const batches: string[][] = []
  const tenants: string[][] = []
  let release = () => {}
  const writer: IngestWriter = {
    write: async (batch, of) => {
      batches.push(batch.map(({ stationId }) => stationId))
      tenants.push([...of])
      await new Promise<void>((resolve) => {
        release = resolve
      })
      const error = batch.map(({ stationId }) => fails(stationId)).find((one) => one !== undefined)
      if (error) throw error
      return batch.map(() => ({ inserted: 1, duplicates: 0 }))
    },
  }
  return { writer, batches, tenants, release: () => release() }
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const data = () => Object.assign(new Error('bad'), { code: '22P02' })

test('what waits while a batch is written makes the next batch, and nobody is answered before the commit', async () => {
  const { writer, batches, tenants, release } = heldWriter()
  const ingest = createIngest(writer)
  const answered: string[] = []
  const submit = (station: string, tenant?: string) => ingest.submit(item(station, tenant)).then(() => answered.push(station))
  const all = [submit('1'), submit('2', 'b')]
  await turn()
  all.push(submit('3'), submit('4'))
  await turn()
  assert.deepEqual(batches, [['1', '2']])
  assert.deepEqual(tenants, [['a', 'b']])
  assert.deepEqual(answered, [])
  release()
  await turn()
  assert.deepEqual(answered, ['1', '2'])
  assert.deepEqual(batches[1], ['3', '4'])
  release()
  await Promise.all(all)
})

test('one item that cannot be stored is refused alone', async () => {
  const { writer, release } = heldWriter((station) => (station === 'bad' ? data() : undefined))
  const ingest = createIngest(writer)
  const all = Promise.allSettled(['1', 'bad', '2', '3', '4'].map((station) => ingest.submit(item(station))))
  let over = false
  void all.then(() => {
    over = true
  })
  while (!over) {
    release()
    await turn()
  }
  assert.deepEqual(
    (await all).map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
  )
})

test('a database that is away refuses the batch once and is not asked item by item', async () => {
  const { writer, batches, release } = heldWriter(() => Object.assign(new Error('gone'), { code: '57P01' }))
  const ingest = createIngest(writer)
  const all = Promise.allSettled(['1', '2', '3'].map((station) => ingest.submit(item(station))))
  await turn()
  release()
  assert.ok((await all).every(({ status }) => status === 'rejected'))
  assert.equal(batches.length, 1)
})

test('more than may wait is refused at once', async () => {
  const { writer, release } = heldWriter()
  const ingest = createIngest(writer, { mostWaiting: 2 })
  const first = [ingest.submit(item('1')), ingest.submit(item('2'))]
  await assert.rejects(ingest.submit(item('3')), IngestFull)
  await turn()
  release()
  await Promise.all(first)
})

test('closing writes what waits and takes nothing more', async () => {
  const { writer, batches, release } = heldWriter()
  const ingest = createIngest(writer)
  const last = ingest.submit(item('1'))
  const closing = ingest.close()
  await assert.rejects(ingest.submit(item('2')), IngestFull)
  await turn()
  release()
  await Promise.all([last, closing])
  assert.deepEqual(batches, [['1']])
})
