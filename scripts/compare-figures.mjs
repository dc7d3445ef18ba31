// Compares a JSON object of figures on stdin with an expected file.
// Expected values are plain (must be equal) or [value, tolerance]. A figure that is
// missing, not expected or outside its tolerance is a difference.
import { readFileSync } from 'node:fs'

const found = JSON.parse(readFileSync(0, 'utf8'))
const expected = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const differences = []
for (const name of [...new Set([...Object.keys(found), ...Object.keys(expected)])].sort()) {
  const got = found[name]
  const want = expected[name]
  if (!(name in found)) differences.push(`${name}: missing`)
  else if (!(name in expected)) differences.push(`${name}: ${JSON.stringify(got)} is not expected`)
  else if (Array.isArray(want)) {
    const near = typeof got === 'number' && Math.abs(got - want[0]) <= want[1]
    if (!near) differences.push(`${name}: ${JSON.stringify(got)}, expected ${want[0]} ± ${want[1]}`)
  } else if (JSON.stringify(want) !== JSON.stringify(got))
    differences.push(`${name}: ${JSON.stringify(got)}, expected ${JSON.stringify(want)}`)
}
for (const line of differences) console.error(`  ${line}`)
process.exit(differences.length ? 1 : 0)
