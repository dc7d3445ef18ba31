// The typed client of the committed OpenAPI document.
import createFetchClient from 'openapi-fetch'
import createClient from 'openapi-react-query'

import type { paths } from './schema'

export const fetcher = createFetchClient<paths>({ baseUrl: '/' })
export const api = createClient(fetcher)
