import { authorize } from '@voltway/wire/ocpp/v16'
import { handles } from '../handler.ts'
import { idTagInfo } from './id-tag-info.ts'

/** OCPP 1.6, 4.1. Does not say at which connector, so a booking is held to its time and station only. */
export const onAuthorize = handles(authorize, async ({ idTag }, { authorise }) => ({
  facts: [],
  reply: { idTagInfo: idTagInfo(await authorise({ idToken: idTag, purpose: 'present' })) },
}))
