// Every language says everything, with the same variables.
import { readFileSync, readdirSync } from 'node:fs'
import assert from 'node:assert/strict'
import test from 'node:test'
import { FluentResource } from '@fluent/bundle'

const folder = new URL('../../locales/', import.meta.url)
const read = (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const keys = new Map()
  for (const message of new FluentResource(text).body) {
    const used = [...JSON.stringify(message.value).matchAll(/"type":"var","name":"(\w+)"/g)]
    keys.set(message.id, [...new Set(used.map((found) => found[1]))].sort())
  }
  return { keys, entries: text.match(/^[a-z][\w-]* =/gm).length }
}

const sources = (from, ends = /\.tsx?$/) =>
  readdirSync(from, { recursive: true })
    .filter((name) => ends.test(name))
    .map((name) => readFileSync(new URL(name, from), 'utf8'))
    .join('\n')

const english = read('en.ftl')

for (const name of readdirSync(folder)) {
  test(`${name} says everything that English says`, () => {
    const other = read(name)
    assert.equal(other.keys.size, other.entries, 'every entry parses and none stands twice')
    assert.deepEqual([...other.keys.keys()].sort(), [...english.keys.keys()].sort())
    for (const [key, variables] of english.keys)
      assert.deepEqual(other.keys.get(key), variables, key)
  })
}

test('the pages use no text that does not exist, and none is left over', () => {
  const source = sources(new URL('../src/', import.meta.url))
  // `t('key')`, a plain string that is a key, and `prefix-${…}` for families of keys.
  const words = new Set([...source.matchAll(/['"`]([a-z][\w-]*)['"`]/g)].map((found) => found[1]))
  const families = [...source.matchAll(/`([a-z][\w-]*-)\$\{/g)].map((found) => found[1])
  const asked = [...source.matchAll(/\bt\(\s*'([\w-]+)'/g)].map((found) => found[1])
  assert.deepEqual(
    asked.filter((key) => !english.keys.has(key)),
    [],
  )
  // The command line speaks from the same catalogue.
  const rust = sources(new URL('../../crates/', import.meta.url), /\.rs$/)
  for (const found of rust.matchAll(/"([a-z][\w-]*)"/g)) words.add(found[1])
  families.push(...[...rust.matchAll(/"([a-z]\w*-(?:[\w-]*-)?)\{/g)].map((found) => found[1]))
  const left = [...english.keys.keys()].filter(
    (key) => !words.has(key) && !families.some((family) => key.startsWith(family)),
  )
  assert.deepEqual(left, [])
})
