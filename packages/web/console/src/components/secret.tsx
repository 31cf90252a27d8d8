import { Alert, Button, CopyButton, Group, Modal, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { t } from '../text.ts'

export interface SecretProps {
  /** What is shown once: labels and texts; nothing is open while this is undefined. */
  readonly secrets: readonly { readonly label: string; readonly text: string }[] | undefined
  readonly title: string
  readonly onClose: () => void
}

/** What is kept nowhere in the clear and can be read only now. It closes only by its button. */
export const Secret = ({ secrets, title, onClose }: SecretProps) => (
  <Modal
    opened={secrets !== undefined}
    onClose={onClose}
    title={title}
    centered
    size="lg"
    closeOnClickOutside={false}
    withCloseButton={false}
  >
    <Alert icon={<IconKey size={18} aria-hidden />} title={t('secret.title')} variant="outline" color="accent">
      {t('secret.hint')}
    </Alert>
    {secrets?.map(({ label, text }) => (
      <Group key={label} align="flex-end" gap="sm" mt="md" wrap="nowrap">
        <TextInput
          label={label}
          value={text}
          readOnly
          flex={1}
          classNames={{ input: 'vw-mono' }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-label={`${t('do.copy')}: ${label}`}>
              {copied ? t('do.copied') : t('do.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    ))}
    <Group justify="flex-end" mt="lg">
      <Button onClick={onClose}>{t('do.done')}</Button>
    </Group>
  </Modal>
)
