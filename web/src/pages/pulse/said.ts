// What somebody has said of one standard so far.

export const ASKS = ['know', 'time', 'means', 'staff', 'want'] as const

export type Said = Partial<Record<(typeof ASKS)[number], string>>

export function complete(said: Said | undefined): said is Required<Said> {
  return ASKS.every((asks) => said?.[asks] !== undefined)
}
