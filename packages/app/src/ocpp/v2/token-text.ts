import type { AuthorizeRequest } from '@voltway/wire/ocpp/v2'
import { canonicalEmaid } from '../../identity/hash-id-token.ts'

/** A token as it is looked up: an eMAID is one whether or not it comes with hyphens and check digit. */
export const tokenText = ({ idToken, type }: AuthorizeRequest['idToken']): string => (type === 'eMAID' ? canonicalEmaid(idToken) : idToken)
