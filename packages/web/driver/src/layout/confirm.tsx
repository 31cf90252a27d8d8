import '../kit.ts'
import { Button, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { text } from '../text.ts'

export interface ConfirmProps {
  readonly label: string
  readonly question: string
  readonly detail?: string
  readonly pending?: boolean
  readonly onConfirm: () => void
  /** Draws what opens the question. */
  readonly render: (open: () => void) => ReactNode
}

/** Asks before something is done that cannot be undone. */
export const Confirm = ({ label, question, detail, pending = false, onConfirm, render }: ConfirmProps) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      {render(() => setOpen(true))}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={question}
        centered
        closeButtonProps={{ 'aria-label': text('close'), size: 44 }}
        transitionProps={{ duration: 0 }}
      >
        {detail && <p>{detail}</p>}
        <div className="vw-actions">
          <Button
            size="lg"
            data-autofocus
            loading={pending}
            onClick={() => {
              onConfirm()
              setOpen(false)
            }}
          >
            {label}
          </Button>
          <Button size="lg" variant="default" onClick={() => setOpen(false)}>
            {text('notNow')}
          </Button>
        </div>
      </Modal>
    </>
  )
}
