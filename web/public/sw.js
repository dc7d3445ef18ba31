// Keeps the phone page (/look) for the time without a network: the page itself, and what was
// agreed. It is registered for /look alone, so that no other page, and above all no questionnaire,
// ever passes through here. What was seen is not kept here but in IndexedDB (src/pages/look/store.ts),
// and results of anybody are kept nowhere.
const SHELL = 'evenkeel-look-shell'
const AGREED = 'evenkeel-look-agreed'
/** Longer than this a bad connection is no connection. */
const PATIENCE_MS = 4000

/** What the page asks of the API: all of it is agreed, nothing is a result. */
const ASKED = ['/api/v1/session', '/api/v1/foundation', '/api/v1/units', '/api/v1/looks']
const PICTURE = /^\/api\/v1\/standards\/[^/]+\/picture$/

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (address.pathname === '/look') event.respondWith(page(event))
  } else if (address.pathname.startsWith('/assets/') || address.pathname === '/favicon.svg') {
    event.respondWith(file(request))
  } else if (PICTURE.test(address.pathname)) {
    event.respondWith(file(request, AGREED))
  } else if (ASKED.includes(address.pathname)) {
    event.respondWith(agreed(request))
  }
})

/** The newest page where the network allows it, else the one that is kept. */
async function page(event) {
  const kept = await caches.match('/look', { cacheName: SHELL })
  try {
    const found = await patiently(event.request, Boolean(kept))
    if (found.ok) event.waitUntil(keepShell(found.clone()))
    return found
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

/** Files with a hash in their name never change. */
async function file(request, cacheName = SHELL) {
  const kept = await caches.match(request, { cacheName })
  if (kept) return kept
  const found = await fetch(request)
  if (found.ok) await (await caches.open(cacheName)).put(request, found.clone())
  return found
}

async function agreed(request) {
  const kept = await caches.match(request, { cacheName: AGREED })
  try {
    const found = await patiently(request, Boolean(kept))
    if (found.ok) await (await caches.open(AGREED)).put(request, found.clone())
    // Whoever is signed out leaves nothing behind.
    if (found.status === 401) await caches.delete(AGREED)
    return found
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

/** Waits for ever where nothing is kept: late is better than never. */
function patiently(request, hasKept) {
  if (!hasKept) return fetch(request)
  return Promise.race([
    fetch(request),
    new Promise((_, reject) => setTimeout(() => reject(new Error('slow')), PATIENCE_MS)),
  ])
}

/** The page and every file that it names, together: an old page never asks for new files. */
async function keepShell(fresh) {
  const found = fresh ?? (await fetch('/look', { cache: 'no-cache' }))
  if (!found.ok) throw new Error(`the page answered ${found.status}`)
  const text = await found.clone().text()
  const cache = await caches.open(SHELL)
  const before = await cache.match('/look')
  if (before && (await before.text()) === text) return
  const named = [...text.matchAll(/(?:src|href)="(\/(?:assets\/[^"]+|favicon\.svg))"/g)]
  const files = named.map((match) => match[1])
  await Promise.all(
    files.map(async (name) => {
      if (!(await cache.match(name))) await cache.add(name)
    }),
  )
  await cache.put('/look', found)
  // Files of the page before are of no use any more.
  const wanted = new Set([...files, '/look'])
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request)
  }
}
