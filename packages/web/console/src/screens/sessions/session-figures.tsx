import { formatDuration, formatNumber, useNow } from '@voltway/ui'
import type { Session } from '../../api-types.ts'
import { Figure } from '../../components/facts.tsx'
import { t } from '../../text.ts'

/** Energy, power, time, battery and cost of a session. */
export const SessionFigures = ({ session }: { readonly session: Session }) => {
  const now = useNow(session.endedAt ? 3_600_000 : 1_000)
  const { importWh, exportWh, powerW, socStart, socPercent, cost, endedAt, startedAt, plan } = session
  return (
    <div className="c-figures">
      <div>
        <Figure
          label={t('session.energy')}
          value={formatNumber(importWh / 1000, 2)}
          unit="kWh"
          note={plan && `${t('chart.planned')} ${formatNumber(plan.energyWh / 1000, 1)} kWh`}
        />
      </div>
      {exportWh > 0 && (
        <div>
          <Figure label={t('session.exported')} value={formatNumber(exportWh / 1000, 2)} unit="kWh" />
        </div>
      )}
      {!endedAt && (
        <div>
          <Figure label={t('session.power')} value={powerW === undefined ? t('word.unknown') : formatNumber(powerW / 1000, 1)} unit="kW" />
        </div>
      )}
      <div>
        <Figure label={t('session.duration')} value={formatDuration((endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt))} />
      </div>
      {socPercent !== undefined && (
        <div>
          <Figure
            label={t('session.soc')}
            value={formatNumber(socPercent)}
            unit="%"
            note={socStart === undefined ? undefined : `${formatNumber(socStart)} % → ${formatNumber(socPercent)} %`}
          />
        </div>
      )}
      {cost && (
        <div>
          <Figure
            label={t(endedAt ? 'session.costFinal' : 'session.cost')}
            value={formatNumber(Number(cost.total.micros) / 1e6, 2)}
            unit={cost.currency}
          />
        </div>
      )}
    </div>
  )
}
