import { authorize } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'
import { idTokenInfo } from './id-token-info.ts'

/** OCPP 2.0.1, C01. Does not say at which EVSE, so a booking is held to its time and station only. */
export const onAuthorize = handles(authorize, async ({ idToken }, { authorise }) => ({
  facts: [],
  reply: { idTokenInfo: idTokenInfo(await authorise({ idToken: idToken.idToken, purpose: 'present' })) },
}))
