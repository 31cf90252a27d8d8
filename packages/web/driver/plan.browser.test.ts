import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codeOf } from './testing/fake-places.ts'
import { FAKE_DRIVER } from './testing/fake-server.ts'
import { open, openPhones, type Phones, type Visit } from './testing/phones.ts'
import { arriveTomorrow, SCREENS } from './testing/screens.ts'

const FREE = codeOf(1, 4)
let phones: Phones
const visit: Phones['visit'] = (...args) => phones.visit(...args)
before(async () => {
  phones = await openPhones()
})
after(() => phones?.close())

test('planning asks to sign in, comes back, and a reservation shows its code; cancelling gives the slot back', () =>
  visit(
    async (here) => {
      const { page } = here
      await open(here, `/plan/${FREE}`)
      await page.getByRole('link', { name: 'Sign in' }).click()
      await page.getByLabel('E-mail').fill(FAKE_DRIVER.email)
      await page.getByLabel('Password').fill(FAKE_DRIVER.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.waitForURL(`**/plan/${FREE}`)
      await page.getByRole('button', { name: /^Reserve/ }).click()
      await page.waitForURL('**/reservations/*')
      assert.match(await page.locator('.vw-code').innerText(), /X4QP 7M2A/)
      assert.match(await page.locator('main').innerText(), /Use the right connector/)
      await page.getByRole('button', { name: 'Cancel reservation' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel reservation' }).click()
      await page.getByText('Cancelled.').waitFor()
    },
    { signedIn: false },
  ))

test('a lost race says so and names the nearest free start', () =>
  visit(async (here) => {
    here.server.world.slotTaken = true
    await open(here, `/plan/${FREE}`)
    await here.page.getByRole('button', { name: /^Reserve/ }).click()
    await here.page.getByText('Somebody was quicker').waitFor()
    await here.page.getByText('The nearest free start is').waitFor()
  }))

test('what is impossible says what is missing', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/plan/${codeOf(2, 1)}`)
    await page.getByText('kWh', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Energy' }).fill('400')
    await page.getByText(/There is not enough time: .* are missing/).waitFor()
    await page.getByRole('textbox', { name: 'Energy' }).fill('20')
    await page.getByLabel('Pay at most').fill('1')
    await page.getByText(/Under your price limit/).waitFor()
  }))

test('the slider moves the choice from the soonest plan to the cheapest, by keyboard alone', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/plan/${FREE}`)
    const choice = page.locator('.vw-plan-chosen .vw-plan-name strong')
    await choice.waitFor()
    await arriveTomorrow(page)
    await page.getByLabel('I can stay').selectOption('8')
    const slider = page.getByRole('slider', { name: 'What matters more' })
    await slider.focus()
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await page.locator('.vw-plan-chosen', { hasText: 'All the energy' }).waitFor()
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowLeft')
    await page.locator('.vw-plan-chosen', { hasText: 'Cheapest' }).waitFor()
    assert.match(await page.locator('.vw-plan-chosen .vw-reasons').innerText(), /saves £/)
    await page.getByRole('button', { name: /^Reserve/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/reservations/*')
  }))

const lastWish = ({ server }: Visit) => server.world.wishes.at(-1)

test('more choices are closed at first; by keyboard they are opened, asked for in place of the slider, told when closed, and cleared', () =>
  visit(async (here) => {
    const { page, server } = here
    await open(here, `/plan/${FREE}`)
    await arriveTomorrow(page)
    await page.getByLabel('I can stay').selectOption('8')
    const least = page.getByLabel('At least')
    assert.equal(await least.isVisible(), false)
    await page.locator('.vw-more summary').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await least.evaluate((field) => field === document.activeElement), true)
    await page.keyboard.type('10')
    await page.getByText('Say by when you need it.').first().waitFor()
    await page.getByLabel('By', { exact: true }).fill('22:00')
    await page.getByLabel('Keep for just before I leave').selectOption('15')
    await page.getByText('For your minimum: 20:30 – 20:35, 10.0 kWh.').waitFor()
    await page.getByText('Kept for just before you leave: 04:15 – 04:30, 30.0 kWh').waitFor()
    await page.getByText('Reserved by others: 21:15 – 22:00.').waitFor()
    await page.getByText('Proved: no plan gives as much for less. One more kWh would cost').waitFor()
    await page.getByLabel('In one go, without a pause').focus()
    await page.keyboard.press('Space')
    await page.getByText('in one go', { exact: false }).last().waitFor()
    await page.getByText('Soonest', { exact: true }).last().click()
    await page.locator('.vw-plan-chosen', { hasText: 'Soonest' }).waitFor()
    const { goal, minimum, lastPartMinutes, uninterrupted } = lastWish(here) ?? {}
    assert.deepEqual([goal, minimum?.energyWh, lastPartMinutes, uninterrupted], ['earliest', 10_000, 15, true])
    assert.equal(await page.getByRole('slider').count(), 0)
    await page.locator('.vw-more summary').click()
    const told = 'at least 10.0 kWh by 22:00 · the last 15 min before you leave · in one go · Soonest'
    await page.locator('.vw-more summary', { hasText: told }).waitFor()
    await page.locator('.vw-more summary').click()
    await page.getByRole('button', { name: 'Clear these choices' }).click()
    await page.getByRole('slider', { name: 'What matters more' }).waitFor()
    await page.locator('.vw-plan').nth(1).waitFor()
    assert.equal(await least.inputValue(), '')
    const asksMore = (wish: object) => ['goal', 'minimum', 'lastPartMinutes', 'uninterrupted'].some((key) => key in wish)
    for (const wish of server.world.wishes) assert.notEqual('waitingMicrosPerHour' in wish, asksMore(wish))
  }))

test('what the platform says against a choice stands at its field, and goes when it is mended', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/plan/${FREE}`)
    await SCREENS.find(([name]) => name === 'plan-fault')?.[2]?.(page)
    const faultAt = async (label: string) => {
      const field = page.getByLabel(label, { exact: label === 'By' })
      if ((await field.getAttribute('aria-invalid')) !== 'true') return undefined
      const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
      return (await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).innerText()))).join(' ')
    }
    assert.equal(await faultAt('At least'), 'More than all the energy you ask for.')
    assert.equal(await faultAt('By'), 'Later than you leave.')
    assert.equal(await faultAt('Keep for just before I leave'), 'Longer than you stay.')
    await page.getByLabel('I can stay').selectOption('8')
    await page.getByLabel('At least').fill('5')
    await page.locator('.vw-stretches').waitFor()
    for (const label of ['At least', 'By', 'Keep for just before I leave']) assert.equal(await faultAt(label), undefined, label)
  }))

test('a minimum that cannot be in by its hour says how much is missing and why, and is not called in time', () =>
  visit(async (here) => {
    const { page } = here
    await open(here, `/plan/${FREE}`)
    await arriveTomorrow(page)
    await page.getByText('More choices').click()
    await page.getByLabel('At least').fill('30')
    await page.getByLabel('By', { exact: true }).fill('20:35')
    await page.getByText('You asked for 30.0 kWh by 20:35. 20.0 kWh of it cannot be had by then: there is not enough time.').waitFor()
    assert.doesNotMatch(await page.locator('.vw-plan-chosen').innerText(), /your minimum in time/)
    await page.getByLabel('At least').fill('10')
    await page.getByText('You asked for').waitFor({ state: 'detached' })
  }))
