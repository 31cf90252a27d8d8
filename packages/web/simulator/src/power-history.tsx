import { formatPower } from '@voltway/ui'
import { useEffect, useState } from 'react'
import type { SimConnector } from './simulator-api.ts'
import { t } from './text.ts'

const MOST = 120
interface Point {
  readonly offeredW: number
  readonly powerW: number
  readonly soc: number | undefined
}

/**
 * Offered against drawn power over the last changes seen, a dashed line over an area, below zero what is given back; and the state of charge from 0 to
 * 100 %, dotted.
 */
export const PowerHistory = ({ connector }: { readonly connector: SimConnector }) => {
  const [points, setPoints] = useState<readonly Point[]>([])
  // Each event brings a new object, also when nothing in it changed: time went on.
  useEffect(() => {
    const { transaction } = connector
    const point = { offeredW: transaction?.offeredW ?? 0, powerW: transaction?.powerW ?? 0, soc: connector.car?.socPercent }
    setPoints((old) => (old.length === 0 && !transaction ? old : [...old, point].slice(-MOST)))
  }, [connector])
  const top = Math.max(connector.maxPowerW, ...points.map(({ offeredW }) => offeredW))
  const x = (index: number) => (index / (MOST - 1)) * 400
  const back = Math.max(0, ...points.map(({ powerW }) => -powerW))
  const y = (watts: number) => 4 + ((top - watts) / (top + back)) * 54
  const zero = y(0)
  const last = points.at(-1) ?? { offeredW: 0, powerW: 0, soc: undefined }
  const charge = points.flatMap(({ soc }, index) => (soc === undefined ? [] : [`${x(index)},${58 - soc * 0.54}`]))
  const label = t('connector.powerBar', {
    drawn: formatPower(last.powerW),
    offered: formatPower(last.offeredW),
    max: formatPower(connector.maxPowerW),
  })
  return (
    <figure className="s-power">
      <figcaption>
        {t('connector.chart')}
        <span>{formatPower(top)}</span>
      </figcaption>
      <svg viewBox="0 0 400 60" preserveAspectRatio="none" width="100%" height={64} role="img" aria-label={label}>
        <line x1={0} x2={400} y1={zero} y2={zero} stroke="var(--vw-border)" vectorEffect="non-scaling-stroke" />
        {points.length > 1 && (
          <>
            <polygon
              points={`0,${zero} ${points.map(({ powerW }, index) => `${x(index)},${y(powerW)}`).join(' ')} ${x(points.length - 1)},${zero}`}
              fill="var(--vw-charging)"
              opacity={0.35}
            />
            <polyline
              points={points.map(({ powerW }, index) => `${x(index)},${y(powerW)}`).join(' ')}
              fill="none"
              stroke="var(--vw-charging)"
              strokeWidth={2}
              vectorEffect="non-scaling-stroke"
            />
            <polyline
              points={points.map(({ offeredW }, index) => `${x(index)},${y(offeredW)}`).join(' ')}
              fill="none"
              stroke="var(--vw-text)"
              strokeWidth={1.5}
              strokeDasharray="5 4"
              vectorEffect="non-scaling-stroke"
            />
            <polyline
              points={charge.join(' ')}
              fill="none"
              stroke="var(--vw-available)"
              strokeWidth={1.5}
              strokeDasharray="1 3"
              vectorEffect="non-scaling-stroke"
            />
          </>
        )}
      </svg>
    </figure>
  )
}
