import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { codeOf, uuid } from './testing/fake-places.ts'
import { DESK, open, openPhones, PHONE, type Phones, SEEN, type Visit } from './testing/phones.ts'
import { keyboardFaults, screenFaults } from './testing/screen-faults.ts'
import { SCREENS } from './testing/screens.ts'

const FREE = codeOf(1, 4)
let phones: Phones
const visit: Phones['visit'] = (...args) => phones.visit(...args)
before(async () => {
  phones = await openPhones()
})
after(() => phones?.close())

/** Every screen, shown and settled, one after the other. */
const onEveryScreen = async (here: Visit, faultsOf: (page: Page) => Promise<readonly string[]>) => {
  for (const [name, path, first] of SCREENS) {
    await open(here, path)
    await first?.(here.page)
    await here.page.locator('.vw-waiting').waitFor({ state: 'detached' })
    if (name === 'map') await here.page.locator('.vw-pin').first().waitFor()
    const faults = await faultsOf(here.page)
    assert.equal(faults.length, 0, `${name}: ${faults.join('\n')}`)
  }
}

test('no screen has a fault of accessibility, a small target, a sideways scroll or a thing that the keyboard misses, light on a phone and dark on a desk', () =>
  visit((here) =>
    onEveryScreen(here, async (page) => {
      const phone = await screenFaults(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize(DESK)
      const desk = await screenFaults(page)
      const keys = await keyboardFaults(page)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(PHONE)
      return Object.entries({ phone, desk, keys }).flatMap(([look, faults]) => faults.map((fault) => `${look}: ${fault}`))
    }),
  ))

test('the checks see what they look for', () =>
  visit(async (here) => {
    await open(here, '/help')
    await here.page.evaluate(() => {
      document
        .querySelector('main')
        ?.insertAdjacentHTML(
          'afterbegin',
          '<p style="color:#ccc;background:#fff">pale</p><button class="x" style="height:20px">tiny</button><button tabindex="-1">skipped</button><button style="outline:none">unseen</button><img src="/icon.svg">',
        )
    })
    const faults = [...(await screenFaults(here.page)), ...(await keyboardFaults(here.page))].join('\n')
    assert.match(faults, /color-contrast/)
    assert.match(faults, /image-alt/)
    assert.match(faults, /20 px high/)
    assert.match(faults, /skipped.* is not reached/)
    assert.match(faults, /unseen.* does not show its focus/)
  }))

test('without signing in one sees what is free, how old the fact is, and what a charge costs', () =>
  visit(
    async (here) => {
      await open(here, '/')
      const card = here.page.getByRole('link', { name: /Ring Road Services/ })
      assert.match(await card.innerText(), /3 of 6 free[\s\S]*ago[\s\S]*about £18\.60/)
      await here.page.getByRole('button', { name: '150 kW or more' }).click()
      assert.match(await card.innerText(), /2 of 4 free/)
      assert.equal(await here.page.getByRole('link', { name: /Market Square/ }).count(), 0)
    },
    { signedIn: false },
  ))

test('a reservation whose plan pauses lists its stretches with their power, and what of a minimum will be missing', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/reservations/${uuid(4, 2)}`)
    await page.getByText('It charges in 2 stretches').waitFor()
    const told = (await page.locator('.vw-stretches li').allInnerTexts()).map((line) => line.replaceAll(/\s/g, ' '))
    assert.deepEqual(
      told.map((line) => line.replaceAll(/\d\d:\d\d/g, 'hh:mm')),
      ['hh:mm – hh:mm · 50.0 kW', 'hh:mm – hh:mm · up to 50.0 kW'],
    )
    await page.getByText(/^You asked for 12\.0 kWh by .* 3\.7 kWh of it cannot be had by then: there is not enough time\./).waitFor()
    // A plan in one go needs no list.
    await open(here, `/reservations/${uuid(4, 1)}`)
    await page.getByText('The price is').waitFor()
    assert.equal(await page.locator('.vw-stretches').count(), 0)
  }))

test('the live session draws what was planned, what the site allows and what was measured, on one scale', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/sessions/${uuid(3, 1)}`)
    const chart = page.getByRole('img', { name: /^Power over time/ })
    await chart.locator('.vw-chart-measured').waitFor()
    for (const words of ['Measured power', 'Planned power', 'What the site allows']) await page.getByText(words, { exact: true }).waitFor()
    const top = (selector: string) =>
      chart
        .locator(selector)
        .first()
        .evaluate((part) => (part as SVGGraphicsElement).getBBox().y)
    // 60 kW were allowed at first, 50 kW are planned, and no more was measured.
    const [limit, planned, measured] = [await top('.vw-chart-limit'), await top('.vw-chart-planned'), await top('.vw-chart-measured')]
    assert.ok(limit < planned && limit < measured, `${limit} ${planned} ${measured}`)
    // Allowed at two powers: two level stretches in the line.
    const path = (await chart.locator('.vw-chart-limit').getAttribute('d')) ?? ''
    assert.equal(new Set(path.match(/,[\d.]+/g)).size, 2)
    // A session that no site steers has the connector's limit.
    await open(here, `/sessions/${uuid(3, 2)}`)
    await page.getByText('Most the connector gives').waitFor()
  }))

test('a code typed at the start page leads through plugging in to the live session', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, '/start')
    await page.getByLabel('Code on the station').fill(`  https://charge.example/q/${FREE.toLowerCase()} `)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/start/${FREE}`)
    await page.getByRole('button', { name: 'Start charging' }).click()
    await page.getByText('Plug in now').waitFor()
    await page.waitForURL('**/sessions/*')
  }))

test('the camera before a station’s code leads to that connector, and is off afterwards; without leave the code can be typed', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, '/start')
    // The first time the person says no. Whether a track still runs when the page has moved on is only seen from its beginning.
    await page.evaluate(() => {
      const { mediaDevices } = navigator
      const ask = mediaDevices.getUserMedia.bind(mediaDevices)
      let asked = 0
      mediaDevices.getUserMedia = async (wanted) => {
        asked += 1
        if (asked === 1) throw new DOMException('Permission denied', 'NotAllowedError')
        const stream = await ask(wanted)
        Reflect.set(window, 'tracks', stream.getTracks())
        return stream
      }
    })
    await page.getByRole('button', { name: 'Scan' }).click()
    await page.getByText('The camera is not available. Type the code instead.').waitFor()
    await page.getByRole('button', { name: 'Scan' }).click()
    await page.waitForURL(`**/start/${SEEN.split('/').at(-1)}`)
    await page.getByRole('button', { name: 'Start charging' }).waitFor()
    assert.deepEqual(await page.evaluate(() => (Reflect.get(window, 'tracks') as MediaStreamTrack[]).map(({ readyState }) => readyState)), [
      'ended',
    ])
  }))

test('a station that is offline refuses in words and offers help', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/start/${codeOf(4, 1)}`)
    await page.getByRole('button', { name: 'Start charging' }).click()
    await page.getByText('The station is not connected now.').waitFor()
    await page.getByRole('link', { name: 'Help' }).click()
    await page.getByRole('button', { name: 'No' }).click()
    await page.getByText('Push the plug in until it clicks').waitFor()
  }))

test('stop asks once, says that the connector is locked, then that it is not, and the receipt has the same total', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/sessions/${uuid(3, 1)}`)
    await page.getByRole('button', { name: 'Stop charging' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop charging' }).click()
    await page.getByText('the connector stays locked').waitFor()
    await page.getByText('Unlocked: you can unplug.').waitFor()
    await page.getByRole('link', { name: 'Show receipt' }).waitFor()
    const total = await page.locator('.vw-cost-total td').innerText()
    await page.getByRole('link', { name: 'Show receipt' }).click()
    await page.getByRole('heading', { name: 'Receipt', exact: true }).waitFor()
    await page.locator('.vw-receipt').waitFor()
    assert.equal(await page.locator('.vw-cost-total td').innerText(), total)
    assert.match(await page.locator('main').innerText(), /Receipt no\. 1046/)
  }))

test('a history and notifications longer than a page are shown to their end, by keyboard, and what runs is found behind them', () =>
  visit(async (here) => {
    const { page, server } = here
    const { world } = server
    const [running, ...ended] = world.sessions
    const [notice] = world.notices
    assert.ok(running && ended[0] && notice)
    const many = Array.from({ length: 23 }, (_, n) => ({ ...ended[n % 2]!, id: uuid(3, 100 + n), siteName: `Old place ${n + 1}` }))
    world.sessions = [...many, running]
    world.notices = Array.from({ length: 12 }, (_, n) => ({ ...notice, id: uuid(6, 100 + n) }))
    await open(here, '/charging')
    const rows = page.getByRole('link', { name: /Old place/ })
    await rows.first().waitFor()
    assert.equal(await rows.count(), 10)
    // The oldest of all still runs: it stands on top, whatever page it is on.
    await page.getByRole('heading', { name: 'Running' }).waitFor()
    const more = page.getByRole('button', { name: 'Show more' })
    for (const shown of [20, 23]) {
      await more.focus()
      await page.keyboard.press('Enter')
      await rows.nth(shown - 1).waitFor()
      assert.equal(await rows.count(), shown)
    }
    await more.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /Old place 23/ }).waitFor()
    await open(here, '/notifications')
    const notices = page.locator('main .vw-rows li')
    await notices.first().waitFor()
    assert.equal(await notices.count(), 10)
    assert.deepEqual(await screenFaults(page), [])
    await more.click()
    await notices.nth(11).waitFor()
    await more.waitFor({ state: 'detached' })
  }))

test('the whole frame is reached by keyboard, and the focus is seen', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, '/help')
    const reached: string[] = []
    for (let press = 0; press < 9; press += 1) {
      await page.keyboard.press('Tab')
      const outline = await page.evaluate(() => document.activeElement && getComputedStyle(document.activeElement).outlineStyle)
      assert.notEqual(outline, 'none')
      reached.push(
        await page.evaluate(() => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()),
      )
    }
    for (const name of ['Skip to content', 'Find', 'Start', 'My charging', 'Me', 'Back', 'Yes'])
      assert.ok(reached.includes(name), `${name} in ${reached}`)
  }))

test('the app can be installed: a manifest with its name, a start, icons that are there, and a worker', () =>
  visit(
    async (here) => {
      const { page } = here
      await open(here, '/')
      const manifest = await page.evaluate(async () => {
        const link = document.querySelector('link[rel=manifest]')
        const answer = await fetch(link?.getAttribute('href') ?? '')
        const json = await answer.json()
        const sizeOf = async (src: string) => {
          const { width, height } = await createImageBitmap(await (await fetch(src)).blob())
          return `${width}x${height}`
        }
        const drawn = json.icons.filter(({ src }: { readonly src: string }) => src.endsWith('.png'))
        const icons = await Promise.all(
          drawn.map(async ({ src, sizes, purpose = 'any' }: Record<string, string>) => `${sizes} ${await sizeOf(src ?? '')} ${purpose}`),
        )
        return { ...json, icons }
      })
      assert.deepEqual([manifest.name, manifest.start_url, manifest.display], ['Voltway', '/', 'standalone'])
      assert.deepEqual(manifest.icons, ['192x192 192x192 any', '512x512 512x512 any', '512x512 512x512 maskable'])
      await page.evaluate(() => navigator.serviceWorker.ready)
    },
    { worker: true },
  ))

test('the map and all else come from the platform alone', () =>
  visit(async (here) => {
    const { page, server } = here
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await open(here, '/?view=map')
    await page.locator('.vw-pin').first().waitFor()
    await page.locator('canvas').waitFor()
    const elsewhere = asked.filter((url) => !url.startsWith(server.url) && !/^(blob|data):/.test(url))
    assert.deepEqual(elsewhere, [])
    assert.ok(asked.length > 5)
  }))

test('offline, the app opens and shows what was last known', () =>
  visit(
    async (here) => {
      const { page, context } = here
      await open(here, '/charging')
      await page.evaluate(() => navigator.serviceWorker.ready)
      // The worker keeps what is asked for after it has taken over.
      await page.reload()
      await page
        .getByRole('link', { name: /Ring Road Services/ })
        .first()
        .waitFor()
      await context.setOffline(true)
      await here.server.close()
      await page.reload()
      await page.getByText('You are offline').waitFor()
      await page
        .getByRole('link', { name: /Ring Road Services/ })
        .first()
        .waitFor()
    },
    { worker: true },
  ))
