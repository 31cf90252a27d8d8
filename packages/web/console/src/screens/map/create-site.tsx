import { Button, Group, Modal } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '@voltway/ui'
import { ProblemNote } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { bodyOfSite, EMPTY_SITE, type SiteDraft, SiteForm } from '../sites/site-form.tsx'

/** A new site: where it is, in which zone and currency, and what its grid connection gives. */
export const CreateSite = ({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) => {
  const form = useForm({ initialValues: EMPTY_SITE })
  const create = useAction({
    run: (draft: SiteDraft) => {
      const { gridLimitW, ...site } = bodyOfSite(draft)
      return api('POST', '/sites', { ...site, ...(gridLimitW !== null && { gridLimitW }) })
    },
    stale: [['sites']],
    quiet: true,
    onDone: () => {
      form.reset()
      onClose()
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('map.newSite')} size="lg" closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <SiteForm form={form} error={create.error} />
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
