import { SiteMap } from '@voltway/ui'
import { useMemo, useState } from 'react'
import { text } from '../text.ts'
import type { FoundSite } from './choose-sites.ts'
import { SiteCard } from './site-card.tsx'

const colourOf = ({ free, evses }: FoundSite) => {
  if (free > 0) return 'available'
  return evses.every(({ status }) => status === 'offline' || status === 'unknown') ? 'offline' : 'suspended'
}

/** The found places on a map; the chosen one shows its card below. */
export const FindMap = ({ found, now }: { readonly found: readonly FoundSite[]; readonly now: number }) => {
  const [chosen, setChosen] = useState<string>()
  const pins = useMemo(
    () =>
      found.map((one) => ({
        id: one.site.id,
        name: one.site.name,
        latitude: one.site.latitude,
        longitude: one.site.longitude,
        label: `${one.free}/${one.evses.length}`,
        colour: colourOf(one),
      })),
    [found],
  )
  const selected = found.find(({ site }) => site.id === chosen)
  return (
    <div className="vw-map">
      <SiteMap sites={pins} selectedId={chosen} onSelect={setChosen} height="100%" townUrl="/api/v1/public/town" label={text('mapLabel')} />
      <div className="vw-map-card" aria-live="polite">
        {selected ? <SiteCard found={selected} now={now} /> : <p className="vw-muted">{text('mapHint')}</p>}
      </div>
    </div>
  )
}
