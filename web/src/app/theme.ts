// One look: calm greys, blue for what is, orange for what asks attention (Okabe–Ito).
import { createTheme, type CSSVariablesResolver } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 5 },
  defaultRadius: 'md',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: { fontWeight: '650' },
})

// Mantine's secondary text is too light for WCAG AA on grey paper.
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#4a5560', '--mantine-color-body': '#f7f8fa' },
  dark: { '--mantine-color-dimmed': '#b4bdc7' },
})
