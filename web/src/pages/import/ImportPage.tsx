// Make it mine: a file, a guessed mapping to correct, a look at the rows, and the run.
import { Stack, Stepper, Text, Title } from '@mantine/core'
import { useState } from 'react'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { ChooseFile } from './ChooseFile'
import { CorrectMapping } from './CorrectMapping'
import { LookAtRows } from './LookAtRows'
import { RunImport } from './RunImport'

export interface Chosen {
  upload: string
  name: string
  guess: Schemas['GuessView']
}

export function ImportPage() {
  const { t } = useTexts()
  const [step, setStep] = useState(0)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [mapping, setMapping] = useState('')
  const [preview, setPreview] = useState<Schemas['PreviewView'] | null>(null)
  return (
    <Stack gap="lg" maw={1080}>
      <div>
        <Title order={1} size="h2">{t('import-title')}</Title>
        <Text mt={4}>{t('import-lead')}</Text>
      </div>
      <Stepper active={step} onStepClick={(to) => to < step && setStep(to)} allowNextStepsSelect={false} size="sm" aria-label={t('import-title')}>
        <Stepper.Step label={t('import-step-file')}>
          <ChooseFile
            onChosen={(found) => {
              setChosen(found)
              setMapping(found.guess.mapping)
              setStep(1)
            }}
          />
        </Stepper.Step>
        <Stepper.Step label={t('import-step-mapping')}>
          {chosen && (
            <CorrectMapping
              chosen={chosen}
              mapping={mapping}
              onMapping={setMapping}
              onPreview={(found) => {
                setPreview(found)
                setStep(2)
              }}
            />
          )}
        </Stepper.Step>
        <Stepper.Step label={t('import-step-preview')}>
          {preview && <LookAtRows preview={preview} onBack={() => setStep(1)} onRun={() => setStep(3)} />}
        </Stepper.Step>
        <Stepper.Step label={t('import-step-run')}>
          {chosen && step === 3 && (
            <RunImport
              chosen={chosen}
              mapping={mapping}
              onAgain={() => {
                setChosen(null)
                setPreview(null)
                setStep(0)
              }}
            />
          )}
        </Stepper.Step>
      </Stepper>
    </Stack>
  )
}
