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
