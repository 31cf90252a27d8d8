import { Button, Group, Modal, NativeSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '@voltway/ui'
import { faultAt, ProblemNote } from '../../components/problem.tsx'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'

const KINDS = ['station', 'parking', 'depot', 'home']
const EMPTY = {
  name: '',
  kind: 'station',
  address: '',
  city: '',
  country: '',
  latitude: '' as number | string,
  longitude: '' as number | string,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'EUR',
  gridLimitKw: '' as number | string,
  operatorName: '',
}

/** A new site: where it is, in which zone and currency, and what its grid connection gives. */
export const CreateSite = ({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) => {
  const form = useForm({ initialValues: EMPTY })
  const create = useAction({
    run: ({ gridLimitKw, latitude, longitude, ...site }: typeof EMPTY) =>
      api('POST', '/sites', {
        ...site,
        latitude: Number(latitude),
        longitude: Number(longitude),
        ...(gridLimitKw !== '' && { gridLimitW: Math.round(Number(gridLimitKw) * 1000) }),
      }),
    stale: [['sites']],
    quiet: true,
    onDone: () => {
      form.reset()
      onClose()
    },
  })
  const field = (name: keyof typeof EMPTY) => {
    const input = form.getInputProps(name)
    return {
      ...input,
      label: t(name === 'gridLimitKw' ? 'site.gridLimit' : name === 'operatorName' ? 'site.operator' : `site.${name}`),
      error: faultAt(create.error, name),
    }
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('map.newSite')} size="lg" closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <TextInput required data-autofocus {...field('name')} />
          <NativeSelect {...field('kind')} data={KINDS.map((kind) => ({ value: kind, label: wordOf('kind', kind) }))} />
          <TextInput required {...field('address')} />
          <TextInput required {...field('city')} />
          <TextInput
            required
            maxLength={2}
            {...field('country')}
            onChange={({ currentTarget }) => form.setFieldValue('country', currentTarget.value.toUpperCase())}
          />
          <TextInput
            required
            maxLength={3}
            {...field('currency')}
            onChange={({ currentTarget }) => form.setFieldValue('currency', currentTarget.value.toUpperCase())}
          />
          <NumberInput required hideControls min={-90} max={90} decimalScale={6} {...field('latitude')} />
          <NumberInput required hideControls min={-180} max={180} decimalScale={6} {...field('longitude')} />
          <TextInput required {...field('timeZone')} />
          <NumberInput hideControls min={1} {...field('gridLimitKw')} />
          <TextInput required {...field('operatorName')} />
        </SimpleGrid>
        {create.error && <ProblemNote error={create.error} title={t('do.failed')} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('do.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('map.newSite')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
