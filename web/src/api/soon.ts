// Shapes of endpoints that the committed OpenAPI does not have yet, written by hand after their
// description. What `npm run gen` knows replaces the entry here; then this file goes.
import type { components } from './schema'

type Known = components['schemas']
type Text = Known['Text']
type Json<Body> = { content: { 'application/json': Body } }
type Refused = { content: { 'application/problem+json': Known['Problem'] } }

export interface SoonSchemas {
  StandardRef: {
    id: string
    title: Text
    dimension: string
    touchpoint: string
    touchpoint_title: Text | null
    owner: string
    owner_title: Text | null
    owed_by: string
    owed_to: string
    picture: string | null
    target: number
    requirement: string
    unit_of_measure: string | null
  }
  VerdictView: {
    share: Known['Estimated']
    outcome: 'met' | 'not_met' | 'undecided' | 'none'
    reason: string | null
    target: number | null
    level: number
    version: number | null
    convenience: number
    earlier: number
    not_known: number
    not_known_decides: boolean
  }
  RegisterView: {
    period: Known['PeriodRef'] | null
    granularity: Known['Granularity']
    standards: SoonSchemas['StandardRow'][]
    periods: Known['PeriodRef'][]
    snapshot: string
  }
  StandardRow: {
    standard: SoonSchemas['StandardRef']
    version: number | null
    valid_from: string | null
    retired: boolean
    retired_from: string | null
    verdict: SoonSchemas['VerdictView']
    trend: Known['IndicatorTrend']['trend']
  }
  ProtectionView: {
    reason: string
    minimum: number
    asked_unit: string | null
    asked_by: Known['Granularity']
  }
  ControlPoint: {
    period: Known['PeriodRef']
    version: number | null
    segment: number
    estimate: Known['Estimated']
    centre: number | null
    lower: number | null
    upper: number | null
    rule: string | null
    meaning: string | null
  }
  SignalView: {
    rule: string
    side: number
    meaning: string
    window: number
    points: number[]
    from: Known['PeriodRef']
    to: Known['PeriodRef']
  }
  ControlChartView: {
    standard: SoonSchemas['StandardRef'] | null
    unit: Known['UnitRef'] | null
    granularity: Known['Granularity']
    protection: SoonSchemas['ProtectionView'] | null
    of: string
    chart: string
    because: string
    rules: string
    points: SoonSchemas['ControlPoint'][]
    versions: { version: number; from: string; point: number; rebases: boolean }[]
    signals: SoonSchemas['SignalView'][]
    false_alarms: { points: number; share: Known['Estimated'] }
    convenience_left_out: number
    not_known: number
    verdict: SoonSchemas['VerdictView'] | null
    snapshot: string
  }
  DeviationView: {
    kind: string
    naming: string | null
    count: number
    looks: number
    share: Known['Estimated']
    part: number
    cumulative: number
  }
  DeviationsView: {
    standard: SoonSchemas['StandardRef']
    unit: Known['UnitRef'] | null
    protection: SoonSchemas['ProtectionView'] | null
    looks: number
    deviated: number
    deviations: SoonSchemas['DeviationView'][]
    extras: SoonSchemas['DeviationView'][]
    reasons: SoonSchemas['DeviationView'][]
    snapshot: string
  }
  ConsistencyPart: { groups: number; spread: Known['Estimated'] }
  ConsistencyView: {
    standard: SoonSchemas['StandardRef']
    unit: Known['UnitRef'] | null
    level: string
    between_units: SoonSchemas['ConsistencyPart']
    between_weekdays: SoonSchemas['ConsistencyPart']
    between_hours: SoonSchemas['ConsistencyPart']
    without_time: number
    snapshot: string
  }
  VerdictsView: {
    level: string
    period: Known['PeriodRef']
    standards: SoonSchemas['StandardRef'][]
    units: Known['UnitRef'][]
    cells: { standard: string; unit: string; verdict: SoonSchemas['VerdictView'] }[]
    snapshot: string
  }
  StandardVersionView: {
    version: number
    valid_from: string | null
    author: string
    at: string
    reason: string
    retired: boolean
    changes: Known['FieldChangeView'][]
  }
  StandardDetail: {
    id: string
    version: number
    retired: boolean
    may_change: boolean
    content: unknown
    text: string
    picture: string | null
    versions: SoonSchemas['StandardVersionView'][]
  }
  CheckedDraft: {
    content: unknown
    text: string
    action: Known['ActionWord'] | null
    changes: Known['FieldChangeView'][]
  }
  LookView: { id: string; standard: string; title: Text; at: string; until: string }
  LooksView: {
    unit: string
    unit_title: Text
    day: string
    now: string
    looks: SoonSchemas['LookView'][]
  }
}

type Parameters<Query, Path> = { query?: Query; header?: never; cookie?: never } & ([Path] extends [
  never,
]
  ? { path?: never }
  : { path: Path })

interface Get<Answer, Query = never, Path = never> {
  get: {
    parameters: Parameters<Query, Path>
    requestBody?: never
    responses: { 200: Json<Answer>; 404: Refused }
  }
}

interface Send<Answer, Body, Path = never> {
  parameters: Parameters<never, Path>
  requestBody: { content: { 'application/json': Body } }
  responses: { 200: Json<Answer>; 422: Refused }
}

type Days = { unit?: string; from?: string; to?: string }

export interface SoonPaths {
  '/api/v1/standards': Get<SoonSchemas['RegisterView'], { period?: string; by?: string }>
  '/api/v1/standards/verdicts': Get<SoonSchemas['VerdictsView'], { level?: string; period: string }>
  '/api/v1/standards/check': {
    post: Send<SoonSchemas['CheckedDraft'], { standard: string; text?: string; content?: unknown }>
  }
  '/api/v1/standards/{standard}': Get<
    SoonSchemas['StandardDetail'],
    never,
    { standard: string }
  > & {
    put: Send<
      Known['Changes'],
      {
        text?: string
        content?: unknown
        reason: string
        valid_from?: string
        expected_version?: number
      },
      { standard: string }
    >
  }
  '/api/v1/standards/{standard}/retire': {
    post: Send<Known['Changes'], { reason: string; valid_from?: string }, { standard: string }>
  }
  '/api/v1/standards/{standard}/chart': Get<
    SoonSchemas['ControlChartView'],
    Days & { by?: string; of?: string; rules?: string },
    { standard: string }
  >
  '/api/v1/standards/{standard}/deviations': Get<
    SoonSchemas['DeviationsView'],
    Days,
    { standard: string }
  >
  '/api/v1/standards/{standard}/consistency': Get<
    SoonSchemas['ConsistencyView'],
    Days & { level?: string },
    { standard: string }
  >
  '/api/v1/looks': Get<SoonSchemas['LooksView'], { unit: string; day: string }>
}
