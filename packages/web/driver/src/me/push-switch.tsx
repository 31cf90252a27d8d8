import '../kit.ts'
import { Switch } from '@mantine/core'
import { ApiProblem, api } from '@voltway/ui'
import { useEffect, useState } from 'react'
import { Failure } from '../layout/states.tsx'
import { text } from '../text.ts'

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))

const current = async () => (await navigator.serviceWorker.getRegistration())?.pushManager?.getSubscription()

const subscribe = async () => {
  const { publicKey } = await api<{ readonly publicKey: string }>('GET', '/driver/push-key')
  if ((await Notification.requestPermission()) !== 'granted') return false
  const registration = await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) })
  await api('POST', '/driver/push-subscriptions', subscription.toJSON())
  return true
}

/** Messages to this phone when the app is closed. */
export const PushSwitch = () => {
  const able = 'serviceWorker' in navigator && 'PushManager' in globalThis
  const [on, setOn] = useState(false)
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    if (able) void current().then((subscription) => setOn(Boolean(subscription)))
  }, [able])
  const change = async (wanted: boolean) => {
    setError(undefined)
    try {
      if (wanted) return setOn(await subscribe())
      await (await current())?.unsubscribe()
      setOn(false)
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <section className="vw-group">
      <h2>{text('messages')}</h2>
      <Switch
        size="lg"
        className="vw-switch"
        label={text('pushLabel')}
        description={able ? text('pushHint') : text('pushUnable')}
        disabled={!able}
        checked={on}
        onChange={({ currentTarget }) => void change(currentTarget.checked)}
      />
      {error !== undefined && (error instanceof ApiProblem && error.status === 503 ? <p>{text('pushOff')}</p> : <Failure error={error} />)}
    </section>
  )
}
