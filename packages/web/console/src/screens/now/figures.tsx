import { Link } from '@tanstack/react-router'
import { type EvseStatusName, formatMoney, formatNumber, type MoneyJson, StatusBadge } from '@voltway/ui'
import { Figure } from '../../components/facts.tsx'
import type { Overview } from '../../overview-types.ts'
import { t } from '../../text.ts'

const startOfToday = () => Temporal.Now.zonedDateTimeISO().startOfDay().toInstant().toString()
const several = (money: MoneyJson | readonly MoneyJson[] | undefined): readonly MoneyJson[] =>
  money === undefined ? [] : 'micros' in money ? [money] : money
const ORDER: readonly EvseStatusName[] = [
  'charging',
  'suspended',
  'occupied',
  'reserved',
  'available',
  'unavailable',
  'faulted',
  'offline',
  'unknown',
]

/** The few numbers that matter; each leads to the rows behind it. */
export const Figures = ({ counts }: { readonly counts: Overview['counts'] }) => {
  const today = { from: startOfToday() }
  const revenue = several(counts.revenueToday)
  return (
    <>
      <div className="c-figures">
        <Link to="/sessions" search={{ active: true }}>
          <Figure label={t('now.sessions')} value={formatNumber(counts.sessionsActive)} />
        </Link>
        <Link to="/energy">
          <Figure label={t('now.power')} value={formatNumber(counts.powerW / 1000, 1)} unit="kW" />
        </Link>
        <Link to="/stations" search={counts.online < counts.stations ? { inError: true } : {}}>
          <Figure label={t('now.online')} value={`${counts.online} / ${counts.stations}`} />
        </Link>
        <Link to="/sessions" search={today}>
          <Figure label={t('now.vehicles')} value={formatNumber(counts.vehiclesChargedToday)} />
        </Link>
        <Link to="/sessions" search={today}>
          <Figure label={t('now.energy')} value={formatNumber(counts.energyTodayWh / 1000, 1)} unit="kWh" />
        </Link>
        <Link to="/sessions" search={{ ...today, state: 'billed' }}>
          <Figure
            label={t('now.revenue')}
            value={revenue.length > 0 ? revenue.map((money) => formatMoney(money)).join(' · ') : t('word.unknown')}
          />
        </Link>
        <Link to="/energy">
          <Figure
            label={t('now.soc')}
            value={counts.overallSocPercent === undefined ? t('word.unknown') : formatNumber(counts.overallSocPercent)}
            unit={counts.overallSocPercent === undefined ? undefined : '%'}
          />
        </Link>
      </div>
      <nav className="c-evses" aria-label={t('now.evses')}>
        {ORDER.filter((status) => counts.evses[status]).map((status) => (
          <Link key={status} to="/stations" search={{ status }} className="c-evse-count">
            <StatusBadge status={status} />
            <b>{formatNumber(counts.evses[status] ?? 0)}</b>
          </Link>
        ))}
      </nav>
    </>
  )
}
