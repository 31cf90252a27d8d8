import { axeFaults } from '@voltway/ui/testing/axe-faults'
import type { Page } from 'playwright-core'

/** What a thumb cannot hit: targets under 44 px, links within a sentence aside. */
const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio], [type=checkbox]), [role=slider], nav a, a[class]')]
      .filter(
        (element) =>
          element.checkVisibility() && !element.closest('.vw-skip, .maplibregl-map') && element.getAttribute('role') !== 'slider',
      )
      .filter((element) => element.getBoundingClientRect().height < 43.5)
      .map((element) => `${element.outerHTML.slice(0, 90)} is ${element.getBoundingClientRect().height} px high`),
  )

/** What sticks out to the side, so that the page would scroll sideways. */
const overflow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth}`] : []
  })

/** Everything that is wrong with the screen as it stands: WCAG 2.2 AA and good practice by axe, small targets, sideways scrolling. */
export const screenFaults = async (page: Page): Promise<readonly string[]> => [
  ...(await axeFaults(page, ['best-practice'])),
  ...(await smallTargets(page)),
  ...(await overflow(page)),
]

/** Marks what can be used by a pointer, each with a number; of a group of radios only one is in the order. */
const markControls = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const groups = new Set<string>()
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [role=slider]')]
    const usable = all.filter((element) => {
      if (
        !element.checkVisibility() ||
        element.matches(':disabled, [type=hidden], [type=file]') ||
        element.closest('[inert], .maplibregl-map')
      )
        return false
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true
      const isFirst = !groups.has(element.name)
      groups.add(element.name)
      return isFirst
    })
    for (const [index, element] of usable.entries()) element.setAttribute('data-nth', String(index))
    return usable.map((element) => element.outerHTML.replace(/ data-nth="[^"]*"/, '').slice(0, 110))
  })

interface Focused {
  readonly nth: number
  readonly seen: boolean
}

/** Where the keyboard is; the browser's own inner parts of a control, as the hours of a time, are that control. */
const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return { nth: -1, seen: true }
    const radio =
      at instanceof HTMLInputElement && at.type === 'radio' ? document.querySelector(`input[name="${CSS.escape(at.name)}"][data-nth]`) : at
    // Where text is typed, its cursor shows it.
    if (at.matches('textarea, input:not([type=radio], [type=checkbox], [type=range])'))
      return { nth: Number(at.getAttribute('data-nth') ?? -1), seen: true }
    // A control may show it on the frame around it, or on what stands for it.
    const shown = [at, at.parentElement, at.parentElement?.parentElement, at.nextElementSibling].some((element) => {
      const style = element && getComputedStyle(element)
      return style && ((style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none')
    })
    return { nth: Number(radio?.getAttribute('data-nth') ?? -1), seen: shown }
  })

/** What the Tab key does not reach from the top of the page to its end, or reaches without showing it. */
export const keyboardFaults = async (page: Page): Promise<readonly string[]> => {
  const controls = await markControls(page)
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    window.getSelection()?.removeAllRanges()
  })
  const reached = new Map<number, boolean>()
  // Dates and times have several stops, and a map some of its own.
  for (let press = 0; press < controls.length * 4 + 20 && reached.size < controls.length; press += 1) {
    await page.keyboard.press('Tab')
    const { nth, seen } = await focused(page)
    if (nth >= 0) reached.set(nth, (reached.get(nth) ?? false) || seen)
  }
  return controls.flatMap((control, nth) =>
    reached.has(nth) ? (reached.get(nth) ? [] : [`${control} does not show its focus`]) : [`${control} is not reached by the keyboard`],
  )
}
