import { isoOf } from '@voltway/units'
import type { AuthorizeResponse } from '@voltway/wire/ocpp/v16'
import type { Authorisation, AuthorisationStatus } from '../authorisation.ts'

type IdTagInfo = AuthorizeResponse['idTagInfo']

/** 1.6 has fewer words: a token that is good but not here or not now is Invalid to it, or Expired when its time is over. */
const STATUS: Readonly<Record<AuthorisationStatus, IdTagInfo['status']>> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  invalid: 'Invalid',
  concurrent: 'ConcurrentTx',
  notAtThisTime: 'Invalid',
  notAtThisLocation: 'Invalid',
}

export const idTagInfo = ({
  status,
  groupIdToken,
  expiresAt,
}: Pick<Authorisation, 'status' | 'groupIdToken' | 'expiresAt'>): IdTagInfo => ({
  status: STATUS[status],
  ...(groupIdToken !== undefined && { parentIdTag: groupIdToken }),
  ...(expiresAt !== undefined && { expiryDate: isoOf(expiresAt) }),
})
