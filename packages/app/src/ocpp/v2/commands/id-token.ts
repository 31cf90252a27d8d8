import type { RequestStartTransactionRequest } from '@voltway/wire/ocpp/v2'

type IdToken = RequestStartTransactionRequest['idToken']

/** A token that we name to a station: it was made here, so its type is Central. */
export const centralToken = (idToken: string): IdToken => ({ idToken, type: 'Central' })
