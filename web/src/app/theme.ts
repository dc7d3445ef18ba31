// One look: calm greys, blue for what is, orange for what asks attention (Okabe–Ito).
import { createTheme, Loader, type CSSVariablesResolver } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'blue',
  // White on the lighter shade that dark mode would take misses 4.5:1.
  primaryShade: 8,
  defaultRadius: 'md',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  components: {
    // What it says in its label is said when it appears.
    Loader: Loader.extend({ defaultProps: { role: 'status' } }),
  },
})

// Mantine's secondary text is too light for WCAG AA on grey paper.
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4a5560',
    '--mantine-color-placeholder': '#66707b',
    '--mantine-color-body': '#f6f7f9',
    '--ek-paper': '#ffffff',
    '--ek-line': '#dfe3e8',
    '--ek-blue': '#0072b2',
    '--ek-orange': '#d55e00',
    '--ek-attention': '#9a4300',
    '--ek-attention-paper': '#fff6ee',
    '--ek-attention-line': '#e0a06b',
  },
  dark: {
    '--mantine-color-dimmed': '#b4bdc7',
    '--mantine-color-placeholder': '#98a2ad',
    '--mantine-color-body': '#191b1f',
    '--ek-paper': '#23262b',
    '--ek-line': '#383d45',
    '--ek-blue': '#56b4e9',
    '--ek-orange': '#ff9a4d',
    '--ek-attention': '#ffb27a',
    '--ek-attention-paper': '#2b231c',
    '--ek-attention-line': '#8a5a33',
  },
})
