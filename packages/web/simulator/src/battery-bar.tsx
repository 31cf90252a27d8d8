import { formatEnergy, formatNumber } from '@voltway/ui'
import type { SimConnector } from './simulator-api.ts'
import { t } from './text.ts'

/** The car's battery as it fills; a line where its charging begins to taper. */
export const BatteryBar = ({ car }: { readonly car: SimConnector['car'] | undefined }) => {
  const soc = car?.socPercent
  return (
    <div className="s-battery">
      <span className="s-battery-text">
        <strong>{car?.label ?? t('connector.noCar')}</strong>
        <span>{car?.batteryWh !== undefined && formatEnergy(car.batteryWh)}</span>
        <span className="s-soc">{soc === undefined ? '–' : `${formatNumber(soc, 1)} %`}</span>
      </span>
      <svg
        viewBox="0 0 200 22"
        preserveAspectRatio="none"
        width="100%"
        height={22}
        role="img"
        aria-label={`${t('connector.battery')}: ${soc === undefined ? '–' : `${formatNumber(soc, 1)} %`}`}
      >
        <rect width={196} height={22} rx={3} fill="var(--vw-surface-2)" />
        <rect x={196} y={6} width={4} height={10} fill="var(--vw-surface-2)" />
        {soc !== undefined && <rect width={1.96 * soc} height={22} rx={3} fill={soc < 15 ? 'var(--vw-faulted)' : 'var(--vw-charging)'} />}
        <line
          x1={1.96 * 80}
          x2={1.96 * 80}
          y1={0}
          y2={22}
          stroke="var(--vw-muted)"
          strokeDasharray="2 2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </div>
  )
}
