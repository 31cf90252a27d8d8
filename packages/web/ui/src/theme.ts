import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#e6ebf8',
  '#c9d4f1',
  '#9fb3e6',
  '#7491dc',
  '#5986eb',
  '#2f57c0',
  '#092f97',
  '#08297f',
  '#062168',
  '#041850',
]

/** The quiet instrument: system type, 4 px steps, one accent, no gradients. Colours come from tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.25' },
      h2: { fontSize: '1rem', lineHeight: '1.25' },
      h3: { fontSize: '0.875rem', lineHeight: '1.25' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 6,
  autoContrast: true,
})

/** Gives Mantine's surfaces and text our tokens, so that both schemes come from one place. */
export const cssVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--vw-bg)',
    '--mantine-color-text': 'var(--vw-text)',
    '--mantine-color-dimmed': 'var(--vw-muted)',
    '--mantine-color-default': 'var(--vw-surface)',
    '--mantine-color-default-border': 'var(--vw-border)',
    '--mantine-color-anchor': 'var(--vw-accent)',
  }
  return { variables: {}, light: tokens, dark: tokens }
}
