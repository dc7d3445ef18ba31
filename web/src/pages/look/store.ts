// What was seen, on this phone, until the server has it. IndexedDB, because it holds photos and
// outlives a reload, a flat battery and a day without a network.
//
// Invariant: nothing is told to be saved before the browser has written it, and nothing leaves
// this store before the server has answered for it.

export interface Problem {
  field?: string
  message: string
}

export interface Entry {
  /** Made here; with it a repeat changes nothing at the server. */
  key: string
  /** Whose look it is: nobody else sends it. */
  account: string
  /** For the list; the names of that day. */
  title: string
  unit: string
  unitTitle: string
  /** Milliseconds since 1970. */
  savedAt: number
  state: 'waiting' | 'sent' | 'refused'
  /** What goes to the server, but for the photo. */
  observation: Record<string, unknown>
  photo: Blob | null
  /** The photo's name at the server, once it is there. */
  photoName: string | null
  /** Of a sent one: what the server made of it. */
  kept: boolean | null
  sentAt: number | null
  problems: Problem[]
}

const NAME = 'evenkeel-look'
const VERSION = 1
/** Sent ones are shown for a day and then forgotten. */
const SENT_SHOWN_MS = 24 * 60 * 60 * 1000

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION)
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('entries', { keyPath: 'key' })
      asked.result.createObjectStore('drafts')
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('IndexedDB'))
  })
}

/** Does something in one transaction; done when the browser has written it. */
async function within<Found>(
  store: 'entries' | 'drafts',
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Found>,
): Promise<Found> {
  const database = await opened()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' })
      const asked = act(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(asked.result)
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
      transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB'))
    })
  } finally {
    database.close()
  }
}

const listeners = new Set<() => void>()
// Other tabs of the same page see what this one does.
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null
channel?.addEventListener('message', () => listeners.forEach((one) => one()))

function changed() {
  listeners.forEach((one) => one())
  channel?.postMessage('changed')
}

export function onChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export async function add(entry: Entry) {
  await within('entries', 'readwrite', (store) => store.add(entry))
  changed()
}

export async function replace(entry: Entry) {
  await within('entries', 'readwrite', (store) => store.put(entry))
  changed()
}

export async function remove(key: string) {
  await within('entries', 'readwrite', (store) => store.delete(key))
  changed()
}

/** The oldest first. */
export async function entries(): Promise<Entry[]> {
  const found = await within(
    'entries',
    'readonly',
    (store) => store.getAll() as IDBRequest<Entry[]>,
  )
  return found.sort((one, other) => one.savedAt - other.savedAt)
}

/** Forgets what was sent long ago. What waits or was refused stays for ever. */
export async function tidy(now: number) {
  for (const entry of await entries()) {
    if (entry.state === 'sent' && now - (entry.sentAt ?? 0) > SENT_SHOWN_MS) await remove(entry.key)
  }
}

/** A look that is not finished: a running clock survives a reload. */
export const draftOf = (id: string) =>
  within('drafts', 'readonly', (store) => store.get(id) as IDBRequest<unknown>)

export const keepDraft = (id: string, draft: unknown) =>
  within('drafts', 'readwrite', (store) => store.put(draft, id))

export const dropDraft = (id: string) => within('drafts', 'readwrite', (store) => store.delete(id))
