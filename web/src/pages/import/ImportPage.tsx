// Make it mine: a file, a guessed mapping to correct, a look at the rows, and the run.
import { Stack, Stepper, Text, Title } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { useTitle } from '../useTitle'
import { ChooseFile } from './ChooseFile'
import { CorrectMapping } from './CorrectMapping'
import { LookAtRows } from './LookAtRows'
import { PastImports } from './PastImports'
import { RunImport } from './RunImport'

export interface Chosen {
  upload: string
  name: string
  guess: Schemas['GuessView']
}

export function ImportPage() {
  const { t } = useTexts()
  useTitle(t('import-title'))
  const [step, setStep] = useState(0)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [mapping, setMapping] = useState('')
  const [preview, setPreview] = useState<Schemas['PreviewView'] | null>(null)
  const [onError, setOnError] = useState<Schemas['OnError']>('abort')
  const top = useRef<HTMLDivElement>(null)
  const arrived = useRef(false)
  useEffect(() => {
    // The next step begins where the eyes and the screen reader are sent to.
    if (arrived.current) top.current?.focus()
    arrived.current = true
  }, [step])
  const { data: organisation } = api.useQuery('get', '/api/v1/organisation')
  // A file is read against what was agreed; without that there is nothing to take it for.
  if (organisation?.empty.foundation) return <Navigate to="/start" />
  return (
    <Stack gap="lg" maw={1080}>
      <div>
        <Title order={1} size="h2">
          {t('import-title')}
        </Title>
        <Text mt={4}>{t('import-lead')}</Text>
      </div>
      <div ref={top} tabIndex={-1} className="step" role="group" aria-label={t('import-steps')}>
        <Stepper
          active={step}
          onStepClick={(to) => to < step && step < 3 && setStep(to)}
          allowNextStepsSelect={false}
          size="sm"
        >
          <Stepper.Step label={t('import-step-file')}>
            <ChooseFile
              onChosen={(found) => {
                setChosen(found)
                setMapping(found.guess.mapping)
                setOnError('abort')
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
                onChosen={setChosen}
                onPreview={(found) => {
                  setPreview(found)
                  setStep(2)
                }}
              />
            )}
          </Stepper.Step>
          <Stepper.Step label={t('import-step-preview')}>
            {preview && (
              <LookAtRows
                preview={preview}
                onError={onError}
                onOnError={setOnError}
                onBack={() => setStep(1)}
                onRun={() => setStep(3)}
              />
            )}
          </Stepper.Step>
          <Stepper.Step label={t('import-step-run')}>
            {chosen && step === 3 && (
              <RunImport
                chosen={chosen}
                mapping={mapping}
                onError={onError}
                onCorrect={() => setStep(1)}
                onAgain={() => {
                  setChosen(null)
                  setPreview(null)
                  setStep(0)
                }}
              />
            )}
          </Stepper.Step>
        </Stepper>
      </div>
      {step === 0 && <PastImports />}
    </Stack>
  )
}
