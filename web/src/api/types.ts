// Names for the shapes of the API that the pages use, from the generated schema.
import type { components } from './schema'

export type Schemas = components['schemas']
export type Text = Record<string, string>
