import type { MapSite } from './map-site.ts'

const button = ({
  label,
  words,
  colour,
  name,
}: {
  readonly label: string
  readonly words: string
  readonly colour: string
  readonly name?: string
}) => {
  const pin = document.createElement('button')
  pin.type = 'button'
  pin.className = 'vw-pin'
  pin.setAttribute('aria-label', words)
  pin.style.setProperty('--pin', `var(--vw-${colour})`)
  const count = document.createElement('span')
  count.textContent = label
  pin.append(count)
  if (name !== undefined) {
    const below = document.createElement('span')
    below.className = 'vw-pin-name'
    below.textContent = name
    pin.append(' ', below)
  }
  return pin
}

export interface PinOptions {
  readonly selected: boolean
  /** Names are left out where they would cover each other. */
  readonly named: boolean
  readonly onSelect: (id: string) => void
}

/** The pin of one site: a button that says name and state. */
export const sitePin = ({ id, name, label, colour }: MapSite, { selected, named, onSelect }: PinOptions) => {
  const pin = button({ label, words: `${label} ${name}`, colour, ...((named || selected) && { name }) })
  pin.setAttribute('aria-pressed', String(selected))
  pin.addEventListener('click', () => onSelect(id))
  return pin
}

/** The pin of several sites: pressing it brings them apart. */
export const groupPin = (sites: readonly MapSite[], onOpen: () => void) => {
  const pin = button({
    label: String(sites.length),
    words: `${sites.length}: ${sites.map(({ name, label }) => `${label} ${name}`).join(', ')}`,
    colour: 'accent',
  })
  pin.classList.add('vw-pin-group')
  pin.style.setProperty('--pin-text', 'var(--vw-on-accent)')
  pin.addEventListener('click', onOpen)
  return pin
}
