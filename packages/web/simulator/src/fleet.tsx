import { formatPercent } from '@voltway/ui'
import { LinkWord } from './link-word.tsx'
import type { SimStation } from './simulator-api.ts'
import { stateWord, t } from './text.ts'

export interface FleetProps {
  readonly stations: readonly SimStation[]
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
}

/** All stations, each with its link and what its connectors are at. */
export const Fleet = ({ stations, selected, onSelect }: FleetProps) => (
  <nav className="s-fleet" aria-label={t('fleet.label')}>
    <h2>{t('fleet.title')}</h2>
    <ul>
      {stations.map((station) => (
        <li key={station.id}>
          <button type="button" aria-current={station.id === selected ? 'true' : undefined} onClick={() => onSelect(station.id)}>
            <span className="s-fleet-name">
              <code>{station.identity}</code>
              <LinkWord link={station.link} />
            </span>
            {station.connectors.map(({ evse, state, car }) => (
              <span key={evse} className="s-fleet-line">
                <span>
                  {evse} · {stateWord(state)}
                </span>
                <span>{car?.socPercent !== undefined && formatPercent(car.socPercent)}</span>
              </span>
            ))}
          </button>
        </li>
      ))}
    </ul>
  </nav>
)
