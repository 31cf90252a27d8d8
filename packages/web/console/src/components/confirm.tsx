import { Button, Group, Modal, Text } from '@mantine/core'
import { t } from '../text.ts'

export interface ConfirmProps {
  readonly opened: boolean
  readonly title: string
  readonly hint: string
  readonly confirm: string
  readonly danger?: boolean
  readonly waiting?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks once more before something that cannot be taken back. */
export const Confirm = ({ opened, title, hint, confirm, danger = true, waiting = false, onConfirm, onClose }: ConfirmProps) => (
  <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': t('do.close') }}>
    <Text size="sm">{hint}</Text>
    <Group justify="flex-end" mt="lg" gap="sm">
      <Button variant="default" onClick={onClose} data-autofocus>
        {t('do.cancel')}
      </Button>
      <Button color={danger ? 'red' : 'accent'} loading={waiting} onClick={onConfirm}>
        {confirm}
      </Button>
    </Group>
  </Modal>
)
