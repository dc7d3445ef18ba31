// Names for the shapes of the API that the pages use, from the generated schema.
import type { components } from './schema'
import type { SoonSchemas } from './soon'

export type Schemas = components['schemas'] & SoonSchemas
export type Text = Record<string, string>
