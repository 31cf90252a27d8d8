import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { t } from './text.ts'

interface Action<Input, Answer> {
  readonly run: (input: Input) => Promise<Answer>
  /** Query keys that are stale afterwards. */
  readonly stale: readonly (readonly unknown[])[]
  readonly said?: (answer: Answer, input: Input) => string
  readonly onDone?: (answer: Answer, input: Input) => void
  /** Failures that the caller shows itself. */
  readonly quiet?: boolean
}

/** A change with its words: what is stale is read again, a failure is said with the server's reason. */
export const useAction = <Answer, Input = void>({ run, stale, said, onDone, quiet }: Action<Input, Answer>) => {
  const queries = useQueryClient()
  return useMutation<Answer, Error, Input>({
    mutationFn: run,
    onSuccess: (answer, input) => {
      if (said) notifications.show({ message: said(answer, input) })
      onDone?.(answer, input)
    },
    onError: (error) => {
      if (!quiet) notifications.show({ title: t('do.failed'), message: error.message, color: 'red', autoClose: 8000 })
    },
    onSettled: () => Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
