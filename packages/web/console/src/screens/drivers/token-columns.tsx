import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Age, api, type Column, Time } from '@voltway/ui'
import type { IdToken } from '../../api-types.ts'
import { StateWord } from '../../components/state-word.tsx'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'

const stateOf = ({ state, expiresAt }: IdToken, now: number) =>
  state === 'active' && expiresAt && Date.parse(expiresAt) < now ? 'expired' : state

/** A token that no station accepts. */
export const tokenTone = (token: IdToken, now: number) => (stateOf(token, now) === 'active' ? undefined : ('error' as const))

const Toggle = ({ token }: { readonly token: IdToken }) => {
  const verb = token.state === 'blocked' ? 'unblock' : 'block'
  const change = useAction({ run: () => api('POST', `/tokens/${token.id}/${verb}`, {}), stale: [['tokens'], ['drivers']] })
  return (
    <Button
      variant="default"
      size="compact-xs"
      loading={change.isPending}
      onClick={() => change.mutate()}
      aria-label={`${t(`drivers.${verb}`)} ${token.label}`}
    >
      {t(`drivers.${verb}`)}
    </Button>
  )
}

export interface TokenColumnsOptions {
  readonly now: number
  readonly withDriver: boolean
  readonly mayChange: boolean
}
/** The columns of every list of tokens; their text is never shown. */
export const tokenColumns = ({ now, withDriver, mayChange }: TokenColumnsOptions): readonly Column<IdToken>[] => [
  {
    id: 'label',
    header: t('tokens.label'),
    cell: ({ label, type }) => (
      <>
        {label}
        <span className="c-sub">{wordOf('tokenType', type)}</span>
      </>
    ),
    sortBy: ({ label }) => label,
  },
  { id: 'last', header: t('tokens.last'), cell: ({ lastFour }) => <code>…{lastFour}</code>, sortBy: ({ lastFour }) => lastFour },
  ...(withDriver
    ? [
        {
          id: 'driver',
          header: t('tokens.driver'),
          cell: ({ driverId, driverName }) =>
            driverId ? (
              <Link to="/drivers/$id" params={{ id: driverId }}>
                {driverName ?? driverId}
              </Link>
            ) : (
              t('word.unknown')
            ),
          sortBy: ({ driverName }) => driverName,
        } satisfies Column<IdToken>,
      ]
    : []),
  {
    id: 'state',
    header: t('tokens.state'),
    cell: (token) => <StateWord family="tokenState" state={stateOf(token, now)} />,
    sortBy: (token) => stateOf(token, now),
  },
  {
    id: 'used',
    header: t('tokens.used'),
    show: 'wide',
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Age at={lastUsedAt} now={now} /> : t('tokens.never')),
    sortBy: ({ lastUsedAt }) => lastUsedAt,
  },
  {
    id: 'expires',
    header: t('tokens.expires'),
    show: 'wider',
    cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : t('tokens.never')),
  },
  ...(mayChange
    ? [{ id: 'do', header: t('need.action'), cell: (token: IdToken) => <Toggle token={token} /> } satisfies Column<IdToken>]
    : []),
]
