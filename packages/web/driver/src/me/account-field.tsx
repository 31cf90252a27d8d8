import '../kit.ts'
import { TextInput, type TextInputProps } from '@mantine/core'

export interface AccountFieldProps extends Pick<TextInputProps, 'type' | 'label' | 'description' | 'minLength' | 'autoComplete'> {
  readonly value: string
  readonly onType: (value: string) => void
}

/** A field of the forms that open an account: each is needed, and as large as a thumb wants it. */
export const AccountField = ({ onType, ...field }: AccountFieldProps) => (
  <TextInput size="lg" required withAsterisk={false} onChange={({ currentTarget }) => onType(currentTarget.value)} {...field} />
)
