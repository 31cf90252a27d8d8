import { after, before, test } from 'node:test'
import { browserAttacks } from './browser-attacks.ts'
import { neighbourAttacks } from './neighbour-attacks.ts'
import { offerAttacks } from './offer-attacks.ts'
import { pageAttacks } from './page-attacks.ts'
import { openPeople, type People } from './people.ts'

import { requestAttacks } from './request-attacks.ts'

// Hostile people and programs against a running server.
let people: People
before(async () => {
  people = await openPeople({ port: 19_301, stations: ['CHARGER-1', 'CHARGER-2'], racers: 200, pages: true })
})
after(() => people?.close())

neighbourAttacks(() => people)
offerAttacks(() => people)
requestAttacks(() => people)
browserAttacks(() => people)
pageAttacks(() => people)

test('after all this the same process runs, and no error was logged', async () => {
  process.kill(people.town.pid, 0)
  await people.town.isWell()
})
