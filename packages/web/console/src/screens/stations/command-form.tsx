import { Alert, Button, Group, SegmentedControl, Select, Textarea } from '@mantine/core'
import { IconCircleCheck, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { ApiProblem, api, formatDuration } from '@voltway/ui'
import { useState } from 'react'
import type { StationCommand, StationDetail } from '../../api-types.ts'
import type { OcppSchema } from '../../command-types.ts'
import { JsonText, prettyJson } from '../../components/json-text.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { ocppActionsQuery, ocppSchemaQuery } from '../../queries.ts'
import { type TextKey, t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { initialValue } from './schema-form/initial-value.ts'
import { SchemaForm } from './schema-form/schema-form.tsx'

type Payload = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null && !Array.isArray(value)

const OUTCOMES: Readonly<Record<string, TextKey>> = {
  COMMAND_ERROR: 'command.error',
  COMMAND_EXPIRED: 'command.expired',
  STATION_OFFLINE: 'command.offline',
  COMMAND_INVALID: 'command.invalid',
}
const outcomeOf = (error: Error) => t((error instanceof ApiProblem && OUTCOMES[error.code]) || 'command.failed')

const Composer = ({
  schema,
  payload,
  onChange,
}: {
  readonly schema: OcppSchema
  readonly payload: Payload
  readonly onChange: (payload: Payload) => void
}) => {
  const [asJson, setAsJson] = useState(false)
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const write = (next: string) => {
    setText(next)
    try {
      const parsed: unknown = JSON.parse(next)
      setFault(isObject(parsed) ? undefined : t('command.jsonInvalid', { reason: '{ }' }))
      if (isObject(parsed)) onChange(parsed)
    } catch (error) {
      setFault(t('command.jsonInvalid', { reason: error instanceof Error ? error.message : '' }))
    }
  }
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('command.view')}
        value={asJson ? 'json' : 'form'}
        onChange={(view) => {
          setAsJson(view === 'json')
          setText(prettyJson(payload))
          setFault(undefined)
        }}
        data={[
          { value: 'form', label: t('command.form') },
          { value: 'json', label: t('command.json') },
        ]}
      />
      {asJson ? (
        <Textarea
          aria-label={t('command.jsonLabel')}
          value={text}
          error={fault}
          onChange={({ currentTarget }) => write(currentTarget.value)}
          autosize
          minRows={6}
          maxRows={24}
          spellCheck={false}
          classNames={{ input: 'vw-mono' }}
        />
      ) : (
        <SchemaForm schema={schema} value={payload} onChange={onChange} />
      )}
    </>
  )
}

export interface CommandFormProps {
  readonly station: StationDetail
  readonly version: string
  readonly draft: Pick<StationCommand, 'action' | 'payload'> | undefined
}

/** Chooses an action, fills its payload, sends it, and shows what the station said. */
export const CommandForm = ({ station, version, draft }: CommandFormProps) => {
  const [action, setAction] = useState(draft?.action ?? '')
  const [payload, setPayload] = useState<Payload | undefined>(isObject(draft?.payload) ? draft.payload : undefined)
  const list = useQuery(ocppActionsQuery(version))
  const schema = useQuery(ocppSchemaQuery(version, action))
  const actions = list.data ? ('items' in list.data ? list.data.items : list.data) : []
  const initial = schema.data ? initialValue(schema.data) : {}
  const current = payload ?? (isObject(initial) ? initial : {})
  const send = useAction({
    run: async () => {
      const began = performance.now()
      const answer = await api<{ readonly response: unknown }>('POST', `/stations/${station.id}/commands/${action}`, current)
      return { response: answer.response, afterMs: performance.now() - began }
    },
    stale: [['commands'], ['messages'], ['stations', station.id]],
    quiet: true,
  })
  return (
    <form
      className="c-surface c-form"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      {!station.online && (
        <Alert variant="outline" color="gray" title={t('command.offline')}>
          {t('command.offlineHint')}
        </Alert>
      )}
      <Select
        label={t('command.action')}
        placeholder={t('command.choose')}
        searchable
        data={[
          ...new Set(actions.filter(({ direction }) => direction !== 'fromStation' && direction !== 'in').map((one) => one.action)),
        ].sort()}
        value={action || null}
        onChange={(next) => {
          setAction(next ?? '')
          setPayload(undefined)
          send.reset()
        }}
        nothingFoundMessage={t('palette.nothing')}
      />
      {schema.data && <Composer key={action} schema={schema.data} payload={current} onChange={setPayload} />}
      {schema.error && <ProblemNote error={schema.error} />}
      {action && (
        <Group justify="flex-end">
          <Button type="submit" leftSection={<IconSend size={14} aria-hidden />} loading={send.isPending} disabled={!schema.data}>
            {t('command.send')}
          </Button>
        </Group>
      )}
      <output aria-live="polite">
        {send.error && <ProblemNote error={send.error} title={outcomeOf(send.error)} />}
        {send.data && (
          <Alert
            variant="outline"
            color="green"
            icon={<IconCircleCheck size={18} aria-hidden />}
            title={t('command.answered', { time: formatDuration(send.data.afterMs) })}
          >
            <JsonText text={prettyJson(send.data.response)} label={t('command.answer')} />
          </Alert>
        )}
      </output>
    </form>
  )
}
