import { isoOf } from '@voltway/units'
import type { AuthorizeResponse } from '@voltway/wire/ocpp/v2'
import type { Authorisation, AuthorisationStatus } from '../authorisation.ts'

type IdTokenInfo = AuthorizeResponse['idTokenInfo']

const STATUS: Readonly<Record<AuthorisationStatus, IdTokenInfo['status']>> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  invalid: 'Invalid',
  concurrent: 'ConcurrentTx',
  notAtThisTime: 'NotAtThisTime',
  notAtThisLocation: 'NotAtThisLocation',
}

/** An unknown token is `Unknown`, so that the station does not take it for one that was withdrawn. */
export const idTokenInfo = ({ status, reason, groupIdToken, expiresAt }: Authorisation): IdTokenInfo => ({
  status: reason === 'unknownToken' ? 'Unknown' : STATUS[status],
  ...(groupIdToken !== undefined && { groupIdToken: { idToken: groupIdToken, type: 'Central' } }),
  ...(expiresAt !== undefined && { cacheExpiryDateTime: isoOf(expiresAt) }),
})
