import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { insertNode } from '../nodes/nodes.ts'
import { openNodeChannel } from '../nodes/open-node-channel.ts'
import { seedNode } from '../testing/seed-node.ts'
import { testId } from '../testing/seed-rows.ts'
import { testClock } from '../testing/test-clock.ts'
import { openTestDatabase } from '../testing/test-database.ts'
import { testServer } from '../testing/test-server.ts'
import { probeDatabase } from './probe-database.ts'

const database = await openTestDatabase()
const server = await testServer()
after(() => database.close())

test('a database that Voltway runs on is fit, and tells its version and role', async () => {
  const probe = await probeDatabase(database.connectionString)
  assert.equal(probe.refusal, undefined)
  assert.equal(probe.schemaOwner, probe.name)
  assert.ok(probe.version >= 150_000)
  assert.deepEqual([probe.superuser, probe.bypassesRls, probe.canCreate], [false, false, true])
})

test('the servers that are on a database are named, and those that are not are left out', async () => {
  const nodes = async () => (await probeDatabase(database.connectionString)).nodes
  await seedNode(database, 'killed')
  const id = testId<'Node'>()
  const number = await insertNode(database.directory, { id, name: 'serving', secretCheck: '', leaseMs: 6_000, at: testClock.now() })
  assert.deepEqual(await nodes(), [])
  const nothing = () => {}
  const hearing = { onMail: nothing, onWake: nothing, onNodes: nothing, log: nothing }
  const { connectionString, directory } = database
  const channel = await openNodeChannel({ ...hearing, connectionString, directory, id, number, network: testClock })
  assert.deepEqual(await nodes(), ['serving'])
  await channel.close()
})

test('an empty database is fit before the first start, and is left as it was', async () => {
  const name = server.newName()
  await server.admin.query(`create database ${name} template template0`)
  const before = await probeDatabase(server.urlOf(name))
  assert.deepEqual([before.schemaOwner, before.refusal], [undefined, undefined])
  assert.equal((await probeDatabase(server.urlOf(name))).schemaOwner, undefined)
  await server.admin.query(`revoke create on database ${name} from current_user, public`)
  const { canCreate, refusal } = await probeDatabase(server.urlOf(name))
  assert.equal(canCreate, false)
  assert.match(refusal ?? '', /grant create on database/)
  await server.admin.query(`drop database ${name} with (force)`)
})

test('what is no PostgreSQL, or is not there, is an error without the password', async () => {
  const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  for (const where of [`127.0.0.1:${port}`, '127.0.0.1:1'])
    await assert.rejects(
      probeDatabase(`postgres://voltway:geheim@${where}/voltway`),
      (error: Error) => !String(error.stack).includes('geheim'),
    )
  other.close()
})
