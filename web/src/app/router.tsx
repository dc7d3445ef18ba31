// Addresses of the pages. What is chosen on a page is in the address, so that a view can be
// sent to a colleague.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'

import { AgreedPage } from '../pages/agreed/AgreedPage'
import { CasesPage } from '../pages/cases/CasesPage'
import { HooksPage } from '../pages/hooks/HooksPage'
import { ImportPage } from '../pages/import/ImportPage'
import { NotFound } from '../pages/NotFound'
import { LookPage } from '../pages/look/LookPage'
import { OverviewPage } from '../pages/overview/OverviewPage'
import { EditPage, NewPage } from '../pages/standards/edit/EditPage'
import { MapPage } from '../pages/standards/map/MapPage'
import { RegisterPage } from '../pages/standards/RegisterPage'
import { StandardPage } from '../pages/standards/StandardPage'
import { PulsePage } from '../pages/pulse/PulsePage'
import { StartPage } from '../pages/start/StartPage'
import { VoicesPage } from '../pages/voices/VoicesPage'
import { AccountsPage } from '../pages/people/AccountsPage'
import { BadgePage } from '../pages/people/BadgePage'
import { LogPage } from '../pages/people/LogPage'
import { OwnPage } from '../pages/people/OwnPage'
import { WelcomePage } from '../pages/people/WelcomePage'
import { Shell } from './Shell'

export interface OverviewSearch {
  period?: string
  level?: string
  granularity?: string
  unit?: string
}

export interface VoicesSearch {
  party?: string
  period?: string
  granularity?: string
  /** What goes with it and who differs in it. */
  indicator?: string
}

export interface StandardsSearch {
  period?: string
  dimension?: string
  owner?: string
}

export interface StandardSearch {
  unit?: string
  by?: string
  /** The period that the chart shows first, such as that of a case, and the chart it is of. */
  at?: string
  /** A version was saved that holds from this day in the past. */
  since?: string
  chart?: string
}

export interface MapSearch {
  period?: string
  level?: string
}

export interface LookSearch {
  unit?: string
  standard?: string
}

export interface PulseSearch {
  party?: string
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const word = (value: unknown) => (typeof value === 'string' && value ? value : undefined)
const dayOf = (value: unknown) => {
  const text = word(value)
  return text && !Number.isNaN(Date.parse(text)) && /^\d{4}-\d\d-\d\d$/.test(text)
    ? text
    : undefined
}

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: OverviewPage,
  validateSearch: (search): OverviewSearch => ({
    period: word(search.period),
    level: word(search.level),
    granularity: word(search.granularity),
    unit: word(search.unit),
  }),
})
const voices = createRoute({
  getParentRoute: () => root,
  path: '/voices',
  component: VoicesPage,
  validateSearch: (search): VoicesSearch => ({
    party: word(search.party),
    period: word(search.period),
    granularity: word(search.granularity),
    indicator: word(search.indicator),
  }),
})
const standards = createRoute({
  getParentRoute: () => root,
  path: '/standards',
  component: RegisterPage,
  validateSearch: (search): StandardsSearch => ({
    period: word(search.period),
    dimension: word(search.dimension),
    owner: word(search.owner),
  }),
})
const standardsMap = createRoute({
  getParentRoute: () => root,
  path: '/standards/map',
  component: MapPage,
  validateSearch: (search): MapSearch => ({
    period: word(search.period),
    level: word(search.level),
  }),
})
const standardNew = createRoute({
  getParentRoute: () => root,
  path: '/standards/new',
  component: NewPage,
})
const standard = createRoute({
  getParentRoute: () => root,
  path: '/standards/$id',
  component: StandardPage,
  validateSearch: (search): StandardSearch => ({
    unit: word(search.unit),
    by: word(search.by),
    at: word(search.at),
    since: dayOf(search.since),
    chart: word(search.chart),
  }),
})
const standardEdit = createRoute({
  getParentRoute: () => root,
  path: '/standards/$id/edit',
  component: EditPage,
})
const look = createRoute({
  getParentRoute: () => root,
  path: '/look',
  component: LookPage,
  validateSearch: (search): LookSearch => ({
    unit: word(search.unit),
    standard: word(search.standard),
  }),
})
const pulse = createRoute({
  getParentRoute: () => root,
  path: '/pulse',
  component: PulsePage,
  validateSearch: (search): PulseSearch => ({ party: word(search.party) }),
})
const methods = createRoute({
  getParentRoute: () => root,
  path: '/methods',
  component: lazyRouteComponent(() => import('../pages/methods/MethodsPage'), 'MethodsPage'),
})
const imports = createRoute({ getParentRoute: () => root, path: '/import', component: ImportPage })
const agreed = createRoute({ getParentRoute: () => root, path: '/agreed', component: AgreedPage })
const start = createRoute({ getParentRoute: () => root, path: '/start', component: StartPage })
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: WelcomePage,
})
const badge = createRoute({ getParentRoute: () => root, path: '/badge', component: BadgePage })
const me = createRoute({ getParentRoute: () => root, path: '/me', component: OwnPage })
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: AccountsPage,
})
const cases = createRoute({ getParentRoute: () => root, path: '/cases', component: CasesPage })
const hooks = createRoute({ getParentRoute: () => root, path: '/hooks', component: HooksPage })
const log = createRoute({ getParentRoute: () => root, path: '/log', component: LogPage })

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    voices,
    standards,
    standardsMap,
    standardNew,
    standard,
    standardEdit,
    look,
    pulse,
    methods,
    imports,
    agreed,
    start,
    welcome,
    badge,
    me,
    people,
    cases,
    hooks,
    log,
  ]),
  // Words in the address as they are: ?period=2026-q3, not JSON.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).filter(([, value]) => value !== undefined) as [string, string][],
    ).toString()
    return text ? `?${text}` : ''
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
