// Makes the page ready for the time without a network: the worker keeps the page, and what was
// agreed is kept beside it. The worker serves only what was asked under /look, so that the page keeps
// the first answers itself.

/** As in public/sw.js. */
const AGREED = 'evenkeel-look-agreed'
const ADDRESSES = ['/api/v1/session', '/api/v1/foundation', '/api/v1/units']

export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('/sw.js', { scope: '/look' })
    const cache = await caches.open(AGREED)
    await Promise.all(
      ADDRESSES.map(async (address) => {
        const found = await fetch(address)
        if (found.ok) await cache.put(address, found)
      }),
    )
    // Without this a full phone may throw away what waits.
    await navigator.storage?.persist?.()
  } catch {
    // Offline, or a browser without storage: the page works as long as it is open.
  }
}

/** Whoever goes out leaves nothing of what was agreed on the phone. */
export async function forgetPage(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(AGREED)
}
