import { stateWord, t } from './text.ts'

/** The connector's states as the simulator's table has them, on a grid of columns and rows. */
const PLACES = {
  available: [0, 0],
  reserved: [1, 0],
  unavailable: [2, 0],
  preparing: [0, 1],
  authorised: [1, 1],
  faulted: [2, 1],
  starting: [1, 2],
  suspendedEV: [0, 3],
  charging: [1, 3],
  suspendedEVSE: [2, 3],
  finishing: [0, 4],
  rampingDown: [1, 4],
  locked: [2, 4],
} as const
type State = keyof typeof PLACES
const ARROWS: readonly (readonly [State, State])[] = [
  ['available', 'reserved'],
  ['available', 'preparing'],
  ['available', 'authorised'],
  ['reserved', 'authorised'],
  ['preparing', 'authorised'],
  ['authorised', 'starting'],
  ['starting', 'charging'],
  ['charging', 'suspendedEV'],
  ['suspendedEV', 'charging'],
  ['charging', 'suspendedEVSE'],
  ['suspendedEVSE', 'charging'],
  ['charging', 'rampingDown'],
  ['suspendedEV', 'rampingDown'],
  ['suspendedEVSE', 'rampingDown'],
  ['rampingDown', 'locked'],
]
const [WIDTH, HEIGHT, COLUMN, ROW] = [130, 30, 160, 62]
/** Two ways between the same boxes lie this far from the middle, each on its own side. */
const APART = 5
const isState = (text: string): text is State => text in PLACES
const centre = (state: State) => {
  const [column, row] = PLACES[state]
  return [column * COLUMN + WIDTH / 2 + 6, row * ROW + HEIGHT / 2 + 6] as const
}

/** Where a line from the middle of a box towards another leaves it. */
const edge = (from: State, to: State) => {
  const [[x, y], [toX, toY]] = [centre(from), centre(to)]
  const [dx, dy] = [toX - x, toY - y]
  const scale = Math.min(dx === 0 ? Infinity : (WIDTH / 2 + 2) / Math.abs(dx), dy === 0 ? Infinity : (HEIGHT / 2 + 2) / Math.abs(dy))
  return [x + dx * scale, y + dy * scale] as const
}

const goesBack = (from: State, to: State) => ARROWS.some(([start, end]) => start === to && end === from)

const Arrow = ({ from, to, lit }: { readonly from: State; readonly to: State; readonly lit: boolean }) => {
  const [[x1, y1], [x2, y2]] = [edge(from, to), edge(to, from)]
  const aside = goesBack(from, to) ? Math.sign(x2 - x1) * APART : 0
  return (
    <line
      x1={x1}
      y1={y1 + aside}
      x2={x2}
      y2={y2 + aside}
      stroke={lit ? 'var(--vw-accent)' : 'var(--vw-border)'}
      strokeWidth={lit ? 2 : 1.25}
      markerEnd={`url(#s-arrow${lit ? '-lit' : ''})`}
    />
  )
}

/** The connector's state machine with its current state lit, and the ways that lead on from there. */
export const StateMachine = ({ state }: { readonly state: string }) => (
  <figure className="s-machine">
    <figcaption>{t('machine.title')}</figcaption>
    <svg
      viewBox={`0 0 ${2 * COLUMN + WIDTH + 12} ${4 * ROW + HEIGHT + 34}`}
      width="100%"
      role="img"
      aria-label={t('machine.label', { state: stateWord(state) })}
    >
      <defs>
        {(['', '-lit'] as const).map((kind) => (
          <marker key={kind} id={`s-arrow${kind}`} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={6} markerHeight={6} orient="auto">
            <path d="M0 0 8 4 0 8z" fill={kind ? 'var(--vw-accent)' : 'var(--vw-muted)'} />
          </marker>
        ))}
      </defs>
      {ARROWS.map(([from, to]) => (
        <Arrow key={from + to} from={from} to={to} lit={from === state} />
      ))}
      {/* The voltage is gone: round below to finishing, where the plug is free. */}
      <path
        d={`M ${centre('locked')[0]} ${centre('locked')[1] + HEIGHT / 2} v 20 H ${centre('finishing')[0]} v -18`}
        fill="none"
        stroke={state === 'locked' ? 'var(--vw-accent)' : 'var(--vw-border)'}
        strokeWidth={state === 'locked' ? 2 : 1.25}
        markerEnd={`url(#s-arrow${state === 'locked' ? '-lit' : ''})`}
      />
      {Object.keys(PLACES)
        .filter(isState)
        .map((name) => {
          const [x, y] = centre(name)
          const lit = name === state
          const fill = name === 'faulted' ? 'var(--vw-faulted)' : 'var(--vw-accent)'
          return (
            <g key={name}>
              <rect
                x={x - WIDTH / 2}
                y={y - HEIGHT / 2}
                width={WIDTH}
                height={HEIGHT}
                rx={6}
                fill={lit ? fill : 'var(--vw-surface)'}
                stroke={lit ? fill : 'var(--vw-border)'}
                strokeWidth={1.25}
              />
              <text
                x={x}
                y={y + 4}
                textAnchor="middle"
                fontSize={12}
                fontWeight={lit ? 600 : 400}
                fill={lit ? 'var(--vw-on-accent)' : 'var(--vw-muted)'}
              >
                {stateWord(name)}
              </text>
            </g>
          )
        })}
    </svg>
  </figure>
)
