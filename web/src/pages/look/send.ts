// Hands one kept look to the server. A repeat is harmless: the photo and the observation carry the
// key that was made on the phone, so that an answer that got lost costs a question, never a double.
import type { Entry, Problem } from './store'

/** After these nobody should try again by himself: the same would be refused again. */
const FINAL = [400, 403, 409, 413, 415, 422]
const PATIENCE_MS = { photo: 90_000, observation: 20_000 }

export type Outcome =
  | { step: 'sent'; kept: boolean | null; photoName: string | null }
  | { step: 'refused'; problems: Problem[] }
  /** No network, or a server that is not well: the same again later. */
  | { step: 'later' }
  | { step: 'signed_out' }

interface Answered {
  results?: {
    status: 'stored' | 'already_stored' | 'refused'
    kept?: boolean | null
    problems?: Problem[]
  }[]
}

/**
 * `keepName` writes down what the server calls the photo before the observation names it: a phone
 * that dies in between sends the very same observation again, not one with another photo.
 */
export async function send(
  entry: Entry,
  keepName: (photoName: string) => Promise<void>,
): Promise<Outcome> {
  let photoName = entry.photoName
  try {
    if (entry.photo && !photoName) {
      const answer = await fetch(`/api/v1/photos?unit=${encodeURIComponent(entry.unit)}`, {
        method: 'POST',
        headers: {
          'content-type': entry.photo.type,
          'idempotency-key': `${entry.key}-photo`,
        },
        body: entry.photo,
        signal: AbortSignal.timeout(PATIENCE_MS.photo),
      })
      if (!answer.ok) return await refusal(answer)
      photoName = ((await answer.json()) as { photo: string }).photo
      await keepName(photoName)
    }
    const detail = {
      ...((entry.observation.detail as object | undefined) ?? {}),
      ...(photoName ? { photo: photoName } : {}),
    }
    const answer = await fetch('/api/v1/observations', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': entry.key },
      body: JSON.stringify({
        ...entry.observation,
        key: entry.key,
        ...(Object.keys(detail).length > 0 ? { detail } : {}),
      }),
      signal: AbortSignal.timeout(PATIENCE_MS.observation),
    })
    if (!answer.ok) return await refusal(answer)
    const result = ((await answer.json()) as Answered).results?.[0]
    if (!result) return { step: 'later' }
    if (result.status === 'refused') return { step: 'refused', problems: result.problems ?? [] }
    return { step: 'sent', kept: result.kept ?? null, photoName }
  } catch {
    // The request or its answer got lost: nobody knows which, and with the key it does not matter.
    return { step: 'later' }
  }
}

async function refusal(answer: Response): Promise<Outcome> {
  if (answer.status === 401) return { step: 'signed_out' }
  if (!FINAL.includes(answer.status)) return { step: 'later' }
  const said = (await answer.json().catch(() => ({}))) as {
    title?: string
    detail?: string
    problems?: Problem[]
  }
  return {
    step: 'refused',
    problems: said.problems?.length
      ? said.problems
      : [{ message: said.detail ?? said.title ?? String(answer.status) }],
  }
}
