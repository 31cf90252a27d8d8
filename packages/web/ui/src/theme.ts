import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

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

/** Danger is the token of a fault, so that a red button is readable in both schemes. */
const red: MantineColorsTuple = [
  '#fbe9ec',
  '#f3c9d0',
  '#eaa3ae',
  '#e58088',
  '#e06467',
  '#a3213c',
  '#7f0122',
  '#6e011d',
  '#5c0118',
  '#4a0013',
]

/** Surfaces, borders and text of the dark scheme from tokens.css, in the order in which the component library uses them. */
const dark: MantineColorsTuple = [
  '#e8ecf1',
  '#c3cad4',
  '#a3adba',
  '#7d8896',
  '#2c343f',
  '#262e38',
  '#1e252e',
  '#161b22',
  '#0e1217',
  '#0a0d11',
]

/** Text on a filled button: dark on the light blues and reds of the dark scheme, which white cannot be read on. */
const variants: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input)
  return input.variant === 'filled' ? { ...colours, color: 'var(--vw-on-accent)' } : colours
}

/** The quiet instrument: system type, 4 px steps, one accent, no gradients. Colours come from tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, red, dark },
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
  variantColorResolver: variants,
})

/** Gives Mantine's surfaces and text our tokens, so that both schemes come from one place. */
export const cssVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--vw-bg)',
    '--mantine-color-text': 'var(--vw-text)',
    '--mantine-color-dimmed': 'var(--vw-muted)',
    '--mantine-color-default': 'var(--vw-surface)',
    '--mantine-color-default-border': 'var(--vw-border)',
    '--mantine-color-error': 'var(--vw-faulted)',
    '--mantine-color-placeholder': 'var(--vw-muted)',
    '--mantine-color-anchor': 'var(--vw-accent)',
  }
  return { variables: {}, light: tokens, dark: tokens }
}
