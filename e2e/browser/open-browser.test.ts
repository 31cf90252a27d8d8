import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from './open-browser.ts'

test('dates are typed and written with the day first, whatever the system speaks', async () => {
  const before = process.env.LANG
  process.env.LANG = 'en_US.UTF-8'
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.setContent('<input type="date">')
    await page.locator('input').focus()
    await page.keyboard.type('05062026')
    assert.equal(await page.locator('input').inputValue(), '2026-06-05')
  } finally {
    await browser.close()
    if (before === undefined) delete process.env.LANG
    else process.env.LANG = before
  }
})
