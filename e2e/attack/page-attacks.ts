import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import type { People } from './people.ts'

const PAYLOADS = [
  '<img src=x onerror=__xss=1>',
  '<script>__xss=1</script>',
  '"><svg onload=__xss=1>',
  "';__xss=1;//",
  '{{constructor.constructor("__xss=1")()}}',
  'javascript:__xss=1',
  '<iframe srcdoc="<script>parent.__xss=1</script>">',
  '</title><script>__xss=1</script>',
] as const
const payload = (index: number) => PAYLOADS[index % PAYLOADS.length] ?? ''

const DIST = resolve(import.meta.dirname, '..', '..', 'packages', 'web')
const isBuilt = ['console', 'driver'].every((app) => existsSync(resolve(DIST, app, 'dist', 'index.html')))

/** What a station or a driver may write into a page that somebody else looks at. */
export const pageAttacks = (peopleOf: () => People) => {
  /** Puts the payloads wherever a stranger's words are kept. */
  const plant = async () => {
    const { town, dana } = peopleOf()
    const must = async (method: string, path: string, body: object, who: object = { key: town.key }) => {
      const answer = await town.ask(method, `/api/v1${path}`, { ...who, body })
      assert.ok(answer.status < 300, `${path}: ${answer.text}`)
      return answer.body
    }
    const identity = town.one.stations[1]?.identity ?? ''
    const link = await town.link(identity)
    const text = {
      chargePointVendor: payload(0),
      chargePointModel: payload(1),
      chargePointSerialNumber: payload(2),
      firmwareVersion: payload(3),
    }
    await link.call('BootNotification', text)
    for (const [index, status] of ['Faulted', 'Charging'].entries())
      await link.call('StatusNotification', {
        connectorId: index + 1,
        errorCode: 'OtherError',
        status,
        info: payload(index),
        vendorErrorCode: payload(index + 1),
        vendorId: payload(index + 2),
      })
    await link.call('DataTransfer', { vendorId: payload(4), messageId: payload(5), data: payload(6) })
    await link.call('Authorize', { idTag: payload(0) })
    await link.call('StartTransaction', {
      connectorId: 2,
      idTag: payload(1).slice(0, 20),
      meterStart: 0,
      timestamp: new Date().toISOString(),
    })
    link.send(`not JSON ${payload(0)}`)
    await link.call(payload(1), {})
    await link.call('Heartbeat', {})
    await link.close()

    const { definition } = await must('GET', `/tariffs/${town.one.tariffIds.flat}`, {})
    await must('POST', '/tariffs', { definition: { ...definition, name: payload(2) } })
    await must('PATCH', `/sites/${town.one.siteIds[0]}`, {
      name: payload(0),
      address: payload(1),
      city: payload(2),
      operatorName: payload(3),
    })
    await must('PATCH', `/stations/${town.one.stations[1]?.id}`, { name: payload(1) })
    const driver = await must('POST', '/drivers', { name: payload(0) })
    await must('POST', `/drivers/${String(driver.id)}/tokens`, { type: 'rfid', token: '04FFEE77', label: payload(4) })
    await must('POST', '/api-keys', { name: payload(5), scopes: ['stations:read'] })
    await must('PATCH', '/driver/profile', { name: payload(6) }, { cookie: dana })
    await must('PATCH', `/driver/vehicles/${town.one.drivers[0]?.vehicleIds[0]}`, { label: payload(7) }, { cookie: dana })
  }

  test("strangers' words come back as they were, as data that no browser takes for a page", async () => {
    await plant()
    const { town } = peopleOf()
    const station = await town.ask('GET', `/api/v1/stations/${town.one.stations[1]?.id}`, { key: town.key })
    assert.deepEqual([String(station.body.vendor), String(station.body.model)], [payload(0), payload(1)])
    for (const path of [
      '/stations',
      `/stations/${town.one.stations[1]?.id}/messages`,
      '/sites',
      '/tariffs',
      '/drivers',
      '/tokens',
      '/public/sites',
    ]) {
      const { headers, status } = await town.ask('GET', `/api/v1${path}`, { key: town.key })
      assert.equal(status, 200, path)
      assert.match(String(headers['content-type']), /^application\/json/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
    }
    const missing = await town.ask('GET', `/${encodeURIComponent(payload(0))}`)
    assert.ok(!missing.text.includes('onerror'))
  })

  test('none of it runs in the pages of operators and drivers', {
    skip: !isBuilt && 'the web apps are not built',
    timeout: 60_000,
  }, async () => {
    const { town, owner, dana, sessionId } = peopleOf()
    const station = town.one.stations[1]?.id
    const code = town.one.stations[1]?.evses[0]?.code
    const screens = [
      '',
      'map',
      'stations',
      `stations/${station}`,
      `stations/${station}?tab=messages`,
      'sessions',
      `sessions/${sessionId}`,
      'reservations',
      'energy',
      'drivers',
      `drivers/${town.one.drivers[0]?.id}`,
      'tariffs',
      'settings',
    ]
    const browser = await openBrowser()
    try {
      await visit(browser, { town, cookie: owner, paths: screens.map((screen) => `/console/${screen}`) })
      await visit(browser, {
        town,
        cookie: dana,
        paths: ['/', `/start/${code}`, '/sessions', `/sessions/${sessionId}`, '/reservations', '/profile'],
      })
    } finally {
      await browser.close()
    }
  })
}

const openBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })

interface Visit {
  readonly town: People['town']
  readonly cookie: string
  readonly paths: readonly string[]
}

/** Looks at every page and its tabs, and holds that nothing ran there, nothing asked, and no policy was broken. */
const visit = async (browser: Browser, { town, cookie, paths }: Visit) => {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const cookies = cookie.split('; ').map((part) => {
    const [name = '', ...value] = part.split('=')
    return { name, value: value.join('='), url: town.url }
  })
  await context.addCookies(cookies)
  const page = await context.newPage()
  const faults: string[] = []
  let shown = ''
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text())
  })
  for (const path of paths) {
    await page.goto(`${town.url}${path}`, { waitUntil: 'load' })
    await page.waitForTimeout(400)
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click({ timeout: 1_000 }).catch(() => {})
      await page.waitForTimeout(100)
    }
    shown += await page.locator('body').innerText()
    assert.equal(await page.evaluate('window.__xss'), undefined, path)
    const planted = await page.locator('[onerror], [onload], iframe, svg[onload], script:not([src])').count()
    assert.equal(planted, 0, `${path} has what a stranger wrote as an element`)
  }
  // They were there to be run: what a stranger wrote is shown, as text.
  assert.ok(shown.includes('<img src=x onerror=__xss=1>'), shown.slice(0, 2_000))
  assert.deepEqual(faults, [])
  await context.close()
}
