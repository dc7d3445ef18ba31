// A way to deviate in words: "Missed: Cutlery and napkins", "Too late".
import { useTexts } from '../../text/LanguageProvider'
import type { Schemas } from '../../api/types'
import type { Standard } from './content'

const KINDS = new Set([
  'over_time',
  'still_open',
  'too_low',
  'too_high',
  'item_missed',
  'share_too_low',
  'score_too_low',
  'phrase_missing',
  'phrase_forbidden',
  'wrong_address',
  'greeting_missing',
  'closing_missing',
  'apology_missing',
  'gratitude_missing',
  'sentence_too_long',
  'hard_to_read',
  'step_missing',
  'step_added',
  'steps_swapped',
  'stated',
  'not_said',
])

type Found = Pick<Schemas['DeviationView'], 'kind' | 'naming'>

export function useDeviationWords(content: Standard) {
  const { t, named } = useTexts()
  /** A point is stored by its id; people know it by its title. */
  const title = (naming: string) => {
    const { requirement } = content
    if (requirement.kind !== 'checklist') return naming
    return named(requirement.items.find(({ id }) => id === naming)?.title) || naming
  }
  return {
    deviation: ({ kind, naming }: Found): string => {
      const said = t(`deviation-${KINDS.has(kind) ? kind : 'other'}`)
      return naming ? t('deviation-of', { said, naming: title(naming) }) : said
    },
    extra: ({ naming }: Found): string => (naming ? title(naming) : t('deviation-not_said')),
  }
}
