import { text } from '../text.ts'

/** Where two connectors look alike: a picture of the station with the right one marked. */
export const WhichConnector = ({ side }: { readonly side: 'left' | 'right' | undefined }) => {
  if (!side) return null
  const fill = (which: 'left' | 'right') => (which === side ? 'var(--vw-accent)' : 'var(--vw-planned)')
  return (
    <figure className="vw-which">
      <svg viewBox="0 0 120 96" width={120} height={96} aria-hidden="true">
        <rect x="36" y="4" width="48" height="88" rx="6" fill="var(--vw-surface-2)" stroke="var(--vw-border)" />
        <rect x="46" y="14" width="28" height="18" rx="3" fill="var(--vw-border)" />
        <path d="M36 50 C16 50 18 84 18 88" fill="none" stroke={fill('left')} strokeWidth="7" strokeLinecap="round" />
        <path d="M84 50 C104 50 102 84 102 88" fill="none" stroke={fill('right')} strokeWidth="7" strokeLinecap="round" />
      </svg>
      <figcaption>{text(side === 'left' ? 'useLeft' : 'useRight')}</figcaption>
    </figure>
  )
}
