// What waits on this phone, and its way to the server: at once, when the network is back, when the
// page is opened or looked at again, and otherwise after a while that grows.
import { useCallback, useEffect, useRef, useState } from 'react'

import { send } from './send'
import { entries, onChange, replace, tidy, type Entry } from './store'

const FIRST_MS = 1_000
const LONGEST_MS = 60_000

export interface Queue {
  entries: Entry[]
  /** Waiting for somebody else to come in on this phone. */
  others: number
  sending: boolean
  /** The last try found no way to the server. */
  cutOff: boolean
  /** The server does not know us any more. */
  signedOut: boolean
  tryNow: () => void
}

export function useQueue(account: string | undefined): Queue {
  const [all, setAll] = useState<Entry[]>([])
  const [sending, setSending] = useState(false)
  const [cutOff, setCutOff] = useState(!navigator.onLine)
  const [signedOut, setSignedOut] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const wait = useRef(FIRST_MS)

  useEffect(() => {
    const load = () => void entries().then(setAll)
    load()
    void tidy(Date.now())
    return onChange(load)
  }, [])

  const work = useCallback(async () => {
    if (!account) return
    clearTimeout(timer.current)
    // One sender for all tabs; without the lock the server's keys still keep it from doubling.
    const locked = (act: () => Promise<void>) =>
      navigator.locks
        ? navigator.locks.request('evenkeel-look', { ifAvailable: true }, (lock) =>
            lock ? act() : undefined,
          )
        : act()
    await locked(async () => {
      setSending(true)
      try {
        for (;;) {
          // Asked anew each time: something may have been saved meanwhile.
          const entry = (await entries()).find(
            (one) => one.state === 'waiting' && one.account === account,
          )
          if (!entry) return
          const outcome = await send(entry, (photoName) => replace({ ...entry, photoName }))
          switch (outcome.step) {
            case 'sent':
              // The photo is at the server now; a phone has better use for the room.
              await replace({
                ...entry,
                state: 'sent',
                kept: outcome.kept,
                photo: null,
                photoName: outcome.photoName,
                sentAt: Date.now(),
              })
              setCutOff(false)
              setSignedOut(false)
              wait.current = FIRST_MS
              break
            case 'refused':
              await replace({ ...entry, state: 'refused', problems: outcome.problems })
              setCutOff(false)
              break
            case 'signed_out':
              setSignedOut(true)
              return
            case 'later':
              setCutOff(true)
              timer.current = setTimeout(() => void work(), wait.current)
              wait.current = Math.min(LONGEST_MS, wait.current * 2)
              return
          }
        }
      } finally {
        setSending(false)
      }
    })
  }, [account])

  const tryNow = useCallback(() => {
    wait.current = FIRST_MS
    void work()
  }, [work])

  useEffect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') tryNow()
    }
    const gone = () => setCutOff(true)
    const back = () => {
      setCutOff(false)
      tryNow()
    }
    tryNow()
    window.addEventListener('online', back)
    window.addEventListener('offline', gone)
    document.addEventListener('visibilitychange', seen)
    return () => {
      clearTimeout(timer.current)
      window.removeEventListener('online', back)
      window.removeEventListener('offline', gone)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [tryNow])

  return {
    entries: all.filter((entry) => entry.account === account),
    others: all.filter((entry) => entry.account !== account && entry.state === 'waiting').length,
    sending,
    cutOff,
    signedOut,
    tryNow,
  }
}
