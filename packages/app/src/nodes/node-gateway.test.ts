import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { beginLink, type Database, endNode, type NodeId, type OtherNode, otherNodes } from '@voltway/store'
import { openTestDatabase, type SeededTenant, seedNode, seedTenant, testClock, testId } from '@voltway/store/testing'
import type { StationGateway } from '../ocpp/station-gateway.ts'
import type { Asked } from './node.ts'
import { createNodeGateway } from './node-gateway.ts'
import type { NodeRequest } from './node-request.ts'

let database: Database
let place: SeededTenant
let other: NodeId
let others: ReadonlyMap<NodeId, OtherNode>
before(async () => {
  database = await openTestDatabase()
  place = await seedTenant(database)
  other = await seedNode(database, 'other')
  others = new Map((await otherNodes(database.directory, undefined)).map((node) => [node.id, node]))
})
after(() => database.close())

const link = () =>
  database.inTenant(place.tenantId, (tx) => beginLink(tx, { ...place, ocppVersion: 'ocpp1.6', nodeId: other, at: testClock.now() }))

/** A gateway on a node without links, whose questions to the other are answered in turn. */
const worldOf = (answers: readonly Asked[], isHere = false) => {
  const asked: NodeRequest[] = []
  const here: StationGateway = {
    call: async () => ({ outcome: isHere ? 'answered' : 'offline', response: {} }),
    perform: async () => (isHere ? { accepted: true } : { accepted: false, reason: 'offline' }),
    linkOf: async () => (isHere ? { version: 'ocpp1.6', epoch: 1, connectedAt: testClock.now() } : undefined),
    linksOf: async () => () => isHere,
    disconnect: () => {},
  }
  const self = testId<'Node'>()
  const node = {
    id: () => self,
    others: () => others,
    ask: async (_: NodeId, request: NodeRequest) => {
      asked.push(request)
      return answers[asked.length - 1] ?? { kind: 'gone' }
    },
  }
  const gateway = createNodeGateway(here, { db: database, node })
  const target = { tenantId: place.tenantId, stationId: place.stationId }
  return { asked, gateway, target, call: () => gateway.call(target, 'Reset', {}, { requestedBy: 'test', timeoutMs: 1_000 }) }
}
const answered = { kind: 'called', outcome: { outcome: 'answered', response: { status: 'Accepted' } } } as const

test('a station without a link is offline, and nobody is asked', async () => {
  const { asked, call } = worldOf([answered])
  assert.equal((await call()).outcome, 'offline')
  assert.deepEqual(asked, [])
})

test('the holder is asked with the epoch of the link; where that has moved on, it is looked up again', async () => {
  const { epoch } = await link()
  const { asked, gateway, target, call } = worldOf([{ kind: 'gone' }, answered])
  assert.deepEqual(await call(), answered.outcome)
  assert.deepEqual(
    asked.map((request) => [request.kind, request.epoch]),
    [
      ['call', epoch],
      ['call', epoch],
    ],
  )
  assert.equal((await gateway.linkOf(target))?.epoch, epoch)
  assert.equal((await gateway.linksOf(place.tenantId))(place.stationId), true)
})

test('a link that nobody has after all is offline after a few looks', async () => {
  const { asked, call } = worldOf([])
  assert.equal((await call()).outcome, 'offline')
  assert.equal(asked.length, 3)
})

test('a holder that dies or says nothing makes the command expire, with the reason', async () => {
  const gone = await worldOf([{ kind: 'ended' }]).call()
  assert.deepEqual(gone, { outcome: 'expired', afterMs: 1_000, reason: 'the server that held the link is gone' })
  const silent = await worldOf([{ kind: 'silent' }]).call()
  assert.deepEqual(silent, { outcome: 'expired', afterMs: 1_000, reason: 'the server that holds the link does not answer' })
  const { gateway, target } = worldOf([{ kind: 'ended' }])
  const performed = await gateway.perform(target, { kind: 'reset', hard: false }, 'test')
  assert.deepEqual(performed, { accepted: false, reason: 'expired: the server that held the link is gone' })
})

test('a link of this node is spoken to directly', async () => {
  const { asked, gateway, target, call } = worldOf([], true)
  assert.equal((await call()).outcome, 'answered')
  assert.deepEqual(await gateway.perform(target, { kind: 'reset', hard: false }, 'test'), { accepted: true })
  assert.deepEqual(asked, [])
})

test('a link whose node’s lease has ended is none', async () => {
  await endNode(database.directory, { id: other, at: testClock.now(), reason: 'test' })
  const { asked, gateway, target, call } = worldOf([answered])
  assert.equal((await call()).outcome, 'offline')
  assert.equal(await gateway.linkOf(target), undefined)
  assert.deepEqual(asked, [])
})
