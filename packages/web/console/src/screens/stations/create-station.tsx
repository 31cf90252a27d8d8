import { Button, Checkbox, Fieldset, Group, Modal, NativeSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '@voltway/ui'
import { useState } from 'react'
import type { StationDetail } from '../../api-types.ts'
import { faultAt, ProblemNote } from '../../components/problem.tsx'
import { Secret } from '../../components/secret.tsx'
import { sitesQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { connectionUrl } from './connection-url.ts'

const STANDARDS = ['IEC_62196_T2', 'IEC_62196_T2_COMBO', 'CHADEMO', 'IEC_62196_T1', 'IEC_62196_T1_COMBO', 'DOMESTIC']
const AC = new Set(['IEC_62196_T2', 'IEC_62196_T1', 'DOMESTIC'])
const EVSE = { standard: 'IEC_62196_T2', maxPowerKw: 22, side: '', cableAttached: false }
interface Values {
  readonly siteId: string
  readonly name: string
  readonly identity: string
  readonly sharedLimitKw: number | string
  readonly evses: (typeof EVSE)[]
}
interface Created {
  readonly station: StationDetail
  readonly password?: string
}

const bodyOf = ({ sharedLimitKw, evses, ...station }: Values) => ({
  ...station,
  ...(sharedLimitKw !== '' && { sharedLimitW: Math.round(Number(sharedLimitKw) * 1000) }),
  evses: evses.map(({ standard, maxPowerKw, side, cableAttached }) => ({
    currentType: AC.has(standard) ? 'AC' : 'DC',
    maxPowerW: Math.round(maxPowerKw * 1000),
    ...(side && { side }),
    connectors: [{ standard, cableAttached: cableAttached || !AC.has(standard) }],
  })),
})

export interface CreateStationProps {
  readonly opened: boolean
  readonly siteId?: string | undefined
  readonly onClose: () => void
}

/** A new station: its password and the address to point it at are shown once it is made. */
export const CreateStation = ({ opened, siteId, onClose }: CreateStationProps) => {
  const sites = useQuery(sitesQuery).data?.items ?? []
  const [created, setCreated] = useState<Created>()
  const form = useForm<Values>({
    initialValues: { siteId: siteId ?? '', name: '', identity: '', sharedLimitKw: '', evses: [EVSE] },
  })
  const create = useAction({
    run: (values: Values) => api<Created>('POST', '/stations', bodyOf({ ...values, siteId: values.siteId || (sites[0]?.id ?? '') })),
    stale: [['stations'], ['sites'], ['overview']],
    quiet: true,
    onDone: (answer) => {
      setCreated(answer)
      form.reset()
      onClose()
    },
  })
  const fault = (path: string) => ({ error: faultAt(create.error, path) })
  return (
    <>
      <Modal opened={opened} onClose={onClose} title={t('create.title')} size="lg" closeButtonProps={{ 'aria-label': t('do.close') }}>
        <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <TextInput label={t('create.name')} required data-autofocus {...form.getInputProps('name')} {...fault('name')} />
            <NativeSelect
              label={t('create.site')}
              required
              data={sites.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps('siteId')}
              {...fault('siteId')}
            />
            <TextInput
              label={t('create.identity')}
              description={t('create.identityHint')}
              required
              pattern="[A-Za-z0-9*._=@\|\-]{1,48}"
              classNames={{ input: 'vw-mono' }}
              {...form.getInputProps('identity')}
              {...fault('identity')}
            />
            <NumberInput
              label={`${t('create.sharedLimit')}, kW (${t('word.optional')})`}
              description={t('settings.sharedLimit')}
              hideControls
              min={1}
              {...form.getInputProps('sharedLimitKw')}
              {...fault('sharedLimitW')}
            />
          </SimpleGrid>
          {form.values.evses.map((evse, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the position is the EVSE's number
            <Fieldset key={index} legend={t('create.evse', { number: index + 1 })} mt="md">
              <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="md">
                <NativeSelect
                  label={t('create.standard')}
                  data={STANDARDS.map((value) => ({ value, label: wordOf('standard', value) }))}
                  {...form.getInputProps(`evses.${index}.standard`)}
                />
                <NumberInput
                  label={t('create.maxPower')}
                  required
                  min={1}
                  max={10_000}
                  hideControls
                  {...form.getInputProps(`evses.${index}.maxPowerKw`)}
                />
                <NativeSelect
                  label={t('create.side')}
                  data={[
                    { value: '', label: t('create.noSide') },
                    { value: 'left', label: t('create.left') },
                    { value: 'right', label: t('create.right') },
                  ]}
                  {...form.getInputProps(`evses.${index}.side`)}
                />
                {AC.has(evse.standard) && (
                  <Checkbox label={t('create.cable')} {...form.getInputProps(`evses.${index}.cableAttached`, { type: 'checkbox' })} />
                )}
                {form.values.evses.length > 1 && (
                  <Button variant="default" size="xs" onClick={() => form.removeListItem('evses', index)}>
                    {t('do.remove')}
                  </Button>
                )}
              </SimpleGrid>
            </Fieldset>
          ))}
          {create.error && <ProblemNote error={create.error} title={t('do.failed')} />}
          <Group justify="space-between" mt="lg">
            <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => form.insertListItem('evses', EVSE)}>
              {t('create.addEvse')}
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('do.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('create.do')}
              </Button>
            </Group>
          </Group>
        </form>
      </Modal>
      <Secret
        title={created?.station.name ?? ''}
        secrets={
          created && [
            { label: t('secret.url'), text: connectionUrl(created.station.identity) },
            { label: t('secret.identity'), text: created.station.identity },
            ...(created.password ? [{ label: t('secret.password'), text: created.password }] : []),
          ]
        }
        onClose={() => setCreated(undefined)}
      />
    </>
  )
}
