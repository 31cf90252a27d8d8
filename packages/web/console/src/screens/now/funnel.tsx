import { formatNumber, formatPercent, useWidth } from '@voltway/ui'
import type { ReactNode } from 'react'
import { causeWord } from '../../cause-word.ts'
import type { Funnel as FunnelData, Loss } from '../../overview-types.ts'
import { t, wordOf } from '../../text.ts'

export interface FunnelProps {
  readonly funnel: FunnelData
  readonly lossLink: (loss: Loss, content: ReactNode) => ReactNode
}

const HEIGHT = 96

/** Steps from plug to paid as bars of a falling height; below each, what was lost before it and to what. */
export const Funnel = ({ funnel: { steps, losses }, lossLink }: FunnelProps) => {
  const [holder, width] = useWidth(900)
  const narrow = width < 560
  return (
    <div className="c-surface" ref={holder}>
      {narrow ? null : <Bars steps={steps} width={width} />}
      <ol className="c-funnel" style={narrow ? undefined : { gridTemplateColumns: `repeat(${steps.length}, minmax(0, 1fr))` }}>
        {steps.map(({ step, count }, index) => {
          const mine = losses.filter((loss) => loss.step === step && loss.count > 0).sort((a, b) => b.count - a.count)
          return (
            <li key={step}>
              <strong>{wordOf('step', step)}</strong>
              <span className="c-funnel-count">
                {formatNumber(count)} <small>{formatPercent((100 * count) / (steps[0]?.count || 1))}</small>
              </span>
              {index > 0 && (
                <ul aria-label={t('now.funnelLost', { step: wordOf('step', step) })}>
                  {mine.map((loss) => (
                    <li key={`${loss.cause}${loss.errorCode ?? ''}`}>
                      {lossLink(
                        loss,
                        <>
                          <b>−{formatNumber(loss.count)}</b> {causeWord(loss.cause, loss.errorCode)}
                        </>,
                      )}
                    </li>
                  ))}
                  {mine.length === 0 && <li className="c-sub">{t('now.funnelNoLoss')}</li>}
                </ul>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const Bars = ({ steps, width }: { readonly steps: FunnelData['steps']; readonly width: number }) => {
  const top = steps[0]?.count || 1
  const column = width / steps.length
  const tall = (count: number) => Math.max(2, (count / top) * (HEIGHT - 8))
  return (
    <svg width={width} height={HEIGHT} aria-hidden style={{ display: 'block' }}>
      {steps.map(({ step, count }, index) => {
        const next = steps[index + 1]
        const [left, barWidth] = [index * column, column * 0.62]
        const lost = tall(steps[index - 1]?.count ?? count) - tall(count)
        return (
          <g key={step}>
            {lost > 0 && <rect x={left} y={HEIGHT - tall(count) - lost} width={barWidth} height={lost} fill="var(--vw-faulted)" />}
            <rect x={left} y={HEIGHT - tall(count)} width={barWidth} height={tall(count)} fill="var(--vw-accent)" opacity={0.85} />
            {next && (
              <polygon
                points={`${left + barWidth},${HEIGHT - tall(count)} ${left + column},${HEIGHT - tall(next.count)} ${left + column},${HEIGHT} ${left + barWidth},${HEIGHT}`}
                fill="var(--vw-accent-soft)"
              />
            )}
          </g>
        )
      })}
    </svg>
  )
}
