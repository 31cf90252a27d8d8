import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
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

type Line = readonly [from: string, message: string, code: string]

const CAR = 'Car (EVCC) to Charger (SECC)'
const CHARGER = 'Charger (SECC) to Car (EVCC)'
const STATION = 'Station (OCPP) to Server'
const SERVER = 'Server to Station (OCPP)'

/** What makes a session of ISO 15118-20 one of them. */
const ISO_20: readonly Line[] = [
  [CAR, 'AuthorizationSetupReq', ''],
  [CAR, 'ServiceSelectionReq', ''],
  [CHARGER, 'ScheduleExchangeRes', 'OK'],
  [CHARGER, 'AC_ChargeLoopRes', 'OK'],
]
/** A contract comes from the server, by way of the station. */
const FETCHED: readonly Line[] = [
  [CAR, 'CertificateInstallationReq', ''],
  [STATION, 'Get15118EVCertificate', ''],
  [SERVER, 'Get15118EVCertificate', 'Accepted'],
  [CHARGER, 'CertificateInstallationRes', 'OK'],
]

const CASES = [
  {
    name: 'a car with a contract of ISO 15118-2',
    speaks: 'contract',
    spoken: 'ISO 15118-2 · TLS 1.2',
    lines: [[CAR, 'PaymentDetailsReq', '']],
  },
  {
    name: 'a car of ISO 15118-2 that has no contract and fetches it over the cable',
    speaks: 'fetches',
    spoken: 'ISO 15118-2 · TLS 1.2',
    lines: [...FETCHED, [CAR, 'PaymentDetailsReq', '']],
  },
  { name: 'a car with a contract of ISO 15118-20', speaks: 'iso20Contract', spoken: 'ISO 15118-20 · TLS 1.3', lines: ISO_20 },
  {
    name: 'a car of ISO 15118-20 that has no contract and fetches it over the cable',
    speaks: 'iso20Fetches',
    spoken: 'ISO 15118-20 · TLS 1.3',
    lines: [...FETCHED, ...ISO_20],
  },
] as const satisfies readonly { readonly lines: readonly Line[]; readonly [part: string]: unknown }[]

/** The contract is checked by the server, whatever it came by. */
const AUTHORISED: readonly Line[] = [
  [STATION, 'Authorize', ''],
  [SERVER, 'Authorize', 'Accepted'],
  [CHARGER, 'AuthorizationRes', 'OK'],
  [CHARGER, 'PowerDeliveryRes', 'OK'],
]

const saysAll = async (connector: Locator, lines: readonly Line[]) => {
  const said = connector.getByRole('region', { name: 'Sequence of messages at connector 1' }).getByRole('listitem')
  for (const [line, message, code] of lines)
    await said
      .filter({ hasText: `${line}: ${message}` })
      .filter({ hasText: code })
      .first()
      .waitFor()
}

const sessionOf = (sessionId: string) => town.api<{ readonly receiptNumber?: number }>(`/api/v1/sessions/${sessionId}`)

for (const { name, speaks, spoken, lines } of CASES)
  test(`${name} charges without a card, what it says is seen, and the receipt is of the contract’s driver`, () =>
    withPeople({ town, browser }, async ({ station, console }) => {
      await openStation(station, town.url, 'LB-MARKET-02')
      const left = connectorOf(station, 1)
      await left.getByText('No car is plugged in.').waitFor()
      await left.getByLabel('How the car speaks').selectOption(speaks)
      await plugIn(left, 'Hatchback')
      await stateIs(left, 'charging')
      await saysAll(left, [...lines, ...AUTHORISED])
      await left.getByText(spoken).waitFor()
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
      await eventually(
        () => sessionOf(sessionId),
        ({ receiptNumber = 0 }) => receiptNumber > 0,
        { what: 'there is a receipt' },
      )
    }))
