import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../browser/open-browser.ts'
import { openLiveSession } from './console-page.ts'
import { type DemoTown, startDemoTown } from './demo-town.ts'
import { numberIn } from './driver-app.ts'
import { eventually } from './eventually.ts'
import { withPeople } from './people.ts'
import { connectorOf, fact, openStation, plugIn, stateIs, unplug } from './simulator-page.ts'

let town: DemoTown
let browser: Browser
before(async () => {
  ;[town, browser] = await Promise.all([startDemoTown(), openBrowser()])
})
after(async () => {
  await browser?.close()
  await town?.close()
})

test('a car with a contract charges without a card, what it says is seen, and the session has the contract’s driver', () =>
  withPeople({ town, browser }, async ({ station, console }) => {
    await openStation(station, town.url, 'LB-MARKET-02')
    const left = connectorOf(station, 1)
    await left.getByText('No car is plugged in.').waitFor()
    await left.getByLabel('How the car speaks').selectOption('contract')
    await plugIn(left, 'Hatchback')
    await stateIs(left, 'charging')

    const said = left.getByRole('region', { name: 'Sequence of messages at connector 1' }).getByRole('listitem')
    for (const [line, message, code] of [
      ['Car (EVCC) to Charger (SECC)', 'PaymentDetailsReq', ''],
      ['Station (OCPP) to Server', 'Authorize', ''],
      ['Server to Station (OCPP)', 'Authorize', 'Accepted'],
      ['Charger (SECC) to Car (EVCC)', 'AuthorizationRes', 'OK'],
      ['Charger (SECC) to Car (EVCC)', 'PowerDeliveryRes', 'OK'],
    ] as const)
      await said
        .filter({ hasText: `${line}: ${message}` })
        .filter({ hasText: code })
        .first()
        .waitFor()
    await left.getByText('ISO 15118-2 · TLS 1.2').waitFor()
    await eventually(
      async () => numberIn(await fact(left, 'Drawn').first().innerText()),
      (kW) => kW > 0,
      { what: 'power flows' },
    )

    const sessionId = await openLiveSession(console, { station: 'Level 1 South', driver: 'Alex Morgan' })
    assert.match(sessionId, /^[0-9a-f-]{36}$/)

    await left.getByRole('button', { name: 'Stop', exact: true }).click()
    await left.getByText('Both ended the session in order.').waitFor()
    await stateIs(left, 'finishing')
    await unplug(left)
    await left.getByText('No car is plugged in.').waitFor()
  }))
