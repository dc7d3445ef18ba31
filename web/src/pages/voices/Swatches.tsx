// What the colours of bars mean: from the low end of a scale to the high end.
import { ramp } from '../../charts/diverging'
import { useTexts } from '../../text/LanguageProvider'

const STEPS = 5

export function Swatches() {
  const { t } = useTexts()
  return (
    <div className="swatches">
      <span>{t('said-low')}</span>
      <span aria-hidden="true" className="steps">
        {ramp(STEPS).map(({ colour }) => (
          <i key={colour} style={{ background: colour }} />
        ))}
      </span>
      <span>{t('said-high')}</span>
    </div>
  )
}
