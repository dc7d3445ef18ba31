// Stands in for the types of docs/api/openapi.json until that file exists; `npm run gen`
// replaces this whole file. The shapes are those of crates/web/src/api.
type Json<T> = { headers: { [name: string]: unknown }; content: { 'application/json': T } }
type Failed = {
  headers: { [name: string]: unknown }
  content: { 'application/problem+json': components['schemas']['Problem'] }
}
type Parameters<Query, Path> = {
  parameters: { query?: Query; header?: never; path: Path; cookie?: never }
}
type Answers<T> = { responses: { 200: Json<T>; 400: Failed } }
type Get<T, Query = never, Path = undefined> = {
  get: (Path extends undefined
    ? { parameters: { query?: Query; header?: never; path?: never; cookie?: never } }
    : Parameters<Query, Path>) &
    Answers<T> & { requestBody?: never }
}
type Post<Body, T> = {
  post: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    requestBody: { content: { 'application/json': Body } }
  } & Answers<T>
}
type S = components['schemas']

export interface paths {
  '/api/v1/organisation': Get<S['OrganisationView']>
  '/api/v1/overview': Get<
    S['OverviewView'],
    { period?: string; level?: string; internal?: string; external?: string; granularity?: string }
  >
  '/api/v1/units/{unit}/trends': Get<S['UnitTrends'], { granularity?: string }, { unit: string }>
  '/api/v1/foundation': Get<S['FoundationView']>
  '/api/v1/foundation/start': Post<S['StartRequest'], S['Started']>
  '/api/v1/uploads': {
    post: {
      parameters: { query: { name: string }; header?: never; path?: never; cookie?: never }
      requestBody: { content: { 'application/octet-stream': string } }
    } & Answers<S['UploadView']>
  }
  '/api/v1/imports': Get<S['ImportList'], { cursor?: string; limit?: number }> &
    Post<S['FileRequest'], S['ImportStarted']>
  '/api/v1/imports/guess': Post<S['FileRequest'], S['GuessView']>
  '/api/v1/imports/preview': Post<S['FileRequest'], S['PreviewView']>
  '/api/v1/imports/{import}': Get<S['ImportView'], never, { import: string }>
}

type Words<T extends string> = T
export interface components {
  schemas: {
    Text: { [language: string]: string }
    Granularity: Words<'day' | 'week' | 'month' | 'quarter' | 'year' | 'all'>
    PeriodRef: { id: string; granularity: S['Granularity']; start: string; end: string }
    PartySide: Words<'external' | 'internal'>
    PartyRole: Words<'customer' | 'frontline' | 'back_office' | 'other'>
    PartyRef: {
      id: string
      title: S['Text']
      side: S['PartySide']
      role: S['PartyRole']
      minimum_n: number
    }
    IndicatorKind: Words<
      'nps' | 'top_box' | 'mean' | 'share' | 'rate' | 'composite' | 'conformance' | 'within_target'
    >
    Direction: Words<'higher_is_better' | 'lower_is_better'>
    Scale: { min: number; max: number }
    IndicatorRef: {
      id: string
      title: S['Text']
      party: string | null
      kind: S['IndicatorKind']
      direction: S['Direction']
      target: number | null
      scale: S['Scale'] | null
      minimum_n: number
      headline: boolean
    }
    MeasureRef: {
      id: string
      title: S['Text']
      party: string | null
      kind: S['IndicatorKind'] | null
      direction: S['Direction'] | null
      target: number | null
      scale: S['Scale'] | null
      headline: boolean
    }
    CovariateRef: { id: string; title: S['Text']; direction: S['Direction'] | null }
    AttributeRef: {
      id: string
      title: S['Text']
      values: { id: string; title: S['Text'] }[]
      contact: boolean
    }
    LevelRef: { id: string; title: S['Text']; units: number }
    UnitRef: { id: string; title: S['Text']; parent: string | null; level: string }
    Reason: { reason: string } & { [parameter: string]: unknown }
    HiddenReason: { reason: 'below_minimum_n'; minimum_n: number }
    Interval: { lower: number; upper: number; level: number; method: string }
    EstimateShown: {
      status: 'estimate'
      value: number
      n: number
      interval: S['Interval'] | null
      interval_reason: S['Reason'] | null
      method: string
      snapshot: string
    }
    Estimated:
      | S['EstimateShown']
      | { status: 'undefined'; reason: S['Reason']; n: number; snapshot: string }
      | { status: 'hidden'; reason: S['HiddenReason']; snapshot: string }
    SideValue:
      | S['Estimated']
      | { status: 'covariate'; value: number | null; snapshot: string }
    Change: { value: number; interval: S['Interval'] | null; interval_reason: S['Reason'] | null }
    TrendPoint: { period: S['PeriodRef']; estimate: S['Estimated'] }
    Quadrant: Words<
      'both' | 'customers_only' | 'employees_only' | 'neither' | 'undecided' | 'not_shown'
    >
    Cut: { value: number | null; origin: 'target' | 'mean_without_unit' }
    UnitAlignment: {
      unit: string
      title: S['Text']
      parent: string | null
      internal: S['SideValue']
      external: S['SideValue']
      internal_cut: number | null
      external_cut: number | null
      quadrant: S['Quadrant']
    }
    Correlation:
      | {
          status: 'estimate'
          r: number
          lower: number | null
          upper: number | null
          level: number
          interval_reason: S['Reason'] | null
          units: number
          pairs: number
          p: number
          weights: string | null
        }
      | { status: 'undefined'; reason: S['Reason'] }
    NonResponse: {
      side: 'internal' | 'external'
      party: string | null
      indicator: string
      r: number
      lower: number | null
      upper: number | null
      level: number
      units: number
      warn: boolean
    }
    SideSummary: { mean: number | null; sd: number | null; units: number }
    Finding: { code: string } & { [parameter: string]: unknown }
    AlignmentView: {
      internal: S['MeasureRef']
      external: S['MeasureRef']
      level: string
      period: S['PeriodRef'] | null
      cuts: { internal: S['Cut']; external: S['Cut'] }
      interval_level: number
      units_compared: number
      units: S['UnitAlignment'][]
      counts: Record<S['Quadrant'], number>
      within: S['Correlation']
      within_weighted: S['Correlation']
      between: S['Correlation']
      between_weighted: S['Correlation']
      headline: 'within' | 'between'
      corrected_for_attenuation: S['Correlation']
      internal_summary: S['SideSummary']
      external_summary: S['SideSummary']
      nonresponse: S['NonResponse'][]
      cells_left_out: number
      findings: S['Finding'][]
      snapshot: string
    }
    OrganisationView: {
      name: S['Text']
      languages: string[]
      time_zone: string
      foundation_version: number
      demo: boolean
      empty: { foundation: boolean; facts: boolean }
      parties: S['PartyRef'][]
      levels: S['LevelRef'][]
      indicators: S['IndicatorRef'][]
      covariates: S['CovariateRef'][]
      attributes: S['AttributeRef'][]
      alignment: { internal: string; external: string } | null
      writable: boolean
    }
    LevelShown: { id: string; title: S['Text']; units: number; units_shown: number }
    Opened: {
      reason: 'finest_level_with_results' | 'asked_for' | 'no_level_with_results'
      coarser_than?: string
      period_reason: 'latest_complete' | 'latest_with_facts' | 'asked_for' | 'no_facts'
      units_total: number
      units_shown: number
      minimum_n: number
    }
    AlignmentMissing: {
      reason: 'no_pair' | 'no_internal_facts' | 'no_external_facts' | 'no_units'
      party?: string
    }
    ResponseView: {
      invited: number | null
      responded: number | null
      rate: S['Estimated']
      warning: S['NonResponse'] | null
    }
    IndicatorOverview: {
      indicator: S['IndicatorRef']
      estimate: S['Estimated']
      previous: S['Estimated']
      change: S['Change'] | null
      trend: S['TrendPoint'][]
    }
    PartyOverview: {
      party: S['PartyRef']
      heard: boolean
      response: S['ResponseView']
      indicators: S['IndicatorOverview'][]
    }
    ContactGroup: { value: string; title: S['Text']; estimate: S['Estimated'] }
    ContactIndicator: {
      indicator: S['IndicatorRef']
      groups: S['ContactGroup'][]
      differences: { first: string; second: string; difference: S['Estimated'] }[]
      difference_level: number
    }
    ContactOverview: {
      attribute: { id: string; title: S['Text'] }
      indicators: S['ContactIndicator'][]
    }
    OverviewView: {
      period: S['PeriodRef'] | null
      periods: S['PeriodRef'][]
      granularity: S['Granularity']
      granularities: S['Granularity'][]
      level: string | null
      levels: S['LevelShown'][]
      opened: S['Opened']
      alignment: S['AlignmentView'] | null
      alignment_missing?: S['AlignmentMissing']
      parties: S['PartyOverview'][]
      delivery: S['IndicatorOverview'][]
      contact: S['ContactOverview'] | null
      snapshot: string
    }
    IndicatorTrend: { indicator: S['IndicatorRef']; trend: S['TrendPoint'][] }
    UnitTrends: {
      unit: S['UnitRef']
      periods: S['PeriodRef'][]
      parties: { party: S['PartyRef']; indicators: S['IndicatorTrend'][] }[]
      delivery: S['IndicatorTrend'][]
      response: { party: string; rate: S['Estimated']; trend: S['TrendPoint'][] }[]
      snapshot: string
    }
    ObjectView: {
      kind: string
      id: string
      version: number
      owner: string | null
      title: S['Text']
      content: unknown
    }
    FoundationView: { version: number; objects: S['ObjectView'][] }
    StartRequest: { name: string; rename?: { [object: string]: string } }
    Started: { version: number }
    UploadView: { upload: string; name: string; bytes: number }
    ImportKind: Words<'responses' | 'aggregates' | 'observations'>
    OnError: Words<'abort' | 'reject'>
    FileRequest: {
      upload?: string
      path?: string
      name?: string
      kind?: S['ImportKind']
      mapping?: string
      mapping_name?: string
      on_error?: S['OnError']
      rows?: number
    }
    GuessedColumn: { name: string; samples: string[]; target: string | null; confidence: number }
    GuessView: { kind: S['ImportKind']; mapping: string; columns: S['GuessedColumn'][] }
    ColumnType: { name: string; type: string }
    CellValue: number | boolean | string
    ImportProblem: {
      line: number | null
      column: string | null
      field: string
      found: string
      allowed: string
      message: string
    }
    InputProblem: S['ImportProblem'] & { file: string }
    MissingCount: { column: string; count: number }
    NewUnit: { id: string; title: S['Text']; level: string; parent: string | null }
    PreviewView: {
      columns: S['ColumnType'][]
      rows: (S['CellValue'] | null)[][]
      rows_checked: number
      problems: S['ImportProblem'][]
      problems_total: number
      missing: S['MissingCount'][]
      new_units: S['NewUnit'][]
    }
    ImportStarted: { import: string }
    ImportReport: {
      tables: string[]
      snapshot: string | null
      rows_read: number
      rows_stored: number
      rows_rejected: number
      rows_dropped_as_duplicates: number
      duplicates: { exact: number; by_key: number }
      missing: S['MissingCount'][]
      new_units: S['NewUnit'][]
      reject_file: string | null
      problems: S['ImportProblem'][]
      problems_total: number
    }
    ImportView: {
      import: string
      kind: S['ImportKind']
      file_name: string
      status: 'queued' | 'running' | 'done' | 'failed' | 'already_stored'
      phase: string
      started_at: string
      finished_at: string | null
      bytes_read: number
      bytes_total: number
      rows_read: number
      rows_stored: number
      rows_rejected: number
      rows_dropped_as_duplicates: number
      report: S['ImportReport'] | null
      error: S['Problem'] | null
    }
    ImportList: { imports: S['ImportView'][]; next: string | null }
    Problem: {
      type: string
      title: string
      status: number
      detail: string
      code: string
      allowed?: string[]
      problems?: S['InputProblem'][]
      problems_total?: number
      error_id?: string
    }
  }
}
