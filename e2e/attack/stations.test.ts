import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Bystander, startBystander } from './bystander.ts'
import { doorAttacks } from './door-attacks.ts'
import { factAttacks } from './fact-attacks.ts'
import { frameAttacks } from './frame-attacks.ts'
import { openTown, type Town } from './open-town.ts'

// Hostile stations against a running server, while a bystander of the same organisation charges on.
let town: Town
let bystander: Bystander
let before_: { readonly rss: number; readonly heapUsed: number }
before(async () => {
  town = await openTown({
    port: 19_300,
    stations: [
      'BYSTANDER',
      'DOOR',
      'TWIN',
      'UNBORN',
      'VICTIM',
      'THIEF',
      ...Array.from({ length: 8 }, (_, index) => `CLOCK-${index + 1}`),
      'METER',
      'METER-2',
      'HOSTILE',
      'HOSTILE-ocpp1.6',
      'HOSTILE-ocpp2.0.1',
    ],
  })
  bystander = await startBystander(town, 'BYSTANDER')
  before_ = await town.child.call('memory', undefined)
})
after(() => town?.close())

doorAttacks(() => town)
frameAttacks(() => town)
factAttacks(() => town)

test('after all this the same process runs, and what it holds is printed beside what it held before', async () => {
  const now = await town.child.call('memory', undefined)
  const mega = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`
  console.log(`memory before and after: ${mega(before_.rss)}, ${mega(now.rss)}; heap ${mega(before_.heapUsed)}, ${mega(now.heapUsed)}`)
  process.kill(town.pid, 0)
  await town.isWell()
})

test('the bystander charged on throughout, and is billed what its meter says', async () => {
  assert.ok((await bystander.end()) > 10)
})
