// Where the installations under test are.
export const DEMO = process.env.EVENKEEL_URL ?? 'http://127.0.0.1:8651'
export const EMPTY = process.env.EVENKEEL_EMPTY_URL ?? 'http://127.0.0.1:8652'
