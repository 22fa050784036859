import { type ReactNode, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { makeMemoryStore } from '#device/memory-store'
import { makeI18n } from '#i18n/i18n.ts'
import { LANES } from '#protocol/lane'
import { loadNewestForm } from '#questions/forms.ts'
import { RespondApp } from '#respond/respond-app.tsx'
import { earlyStage } from '#respond/take-over.ts'

const i18n = makeI18n()

/** The first screen as HTML, for the build to put into the page: Thai words on screen before any script runs. */
export function firstScreen(): string {
  return html(<RespondApp device={null} slip={null} />)
}

/**
 * What "start" shows before the app has come, as templates: the first screen of the newest questions of each lane, with what
 * its script needs to know.
 */
export async function earlyScreens(): Promise<string> {
  const lanes = new Map<string, { readonly lanes: string[]; readonly attributes: string; readonly screen: string }>()
  for (const lane of LANES) {
    const form = await loadNewestForm(i18n, lane)
    if (!form) continue
    const known = lanes.get(form.hash)
    if (known) known.lanes.push(lane)
    else {
      const stage = earlyStage('', lane, form, null, true)
      const entry = { step: stage.at === 'answering' ? stage.from : null, hasBefore: false }
      const attributes = `data-form="${form.hash}" data-entry="${quoted(entry)}" data-words="${quoted(wordsOf(form.questionnaire.items.length))}" data-start="${i18n.t('ticket.coming')}"`
      const screen = html(<RespondApp device={nowhere()} slip={null} first={stage} />)
      lanes.set(form.hash, { lanes: [lane], attributes, screen })
    }
  }
  return [...lanes.values()]
    .map((one) => `<template data-lanes="${one.lanes.join(' ')}" ${one.attributes}>${one.screen}</template>`)
    .join('\n')
}

/** What the script says of an answer. */
function wordsOf(all: number) {
  return {
    answered: i18n.t('question.answered', { done: '#', all }),
    saved: i18n.t('question.saved'),
    saving: i18n.t('question.saving'),
    notSaved: i18n.t('question.notSaved'),
    coming: i18n.t('question.coming'),
  }
}

/** A device that is never asked: a page that is only drawn stores and sends nothing. */
function nowhere() {
  const never = () => {
    throw new Error('a page that is only drawn has no device')
  }
  return {
    origin: '',
    store: makeMemoryStore(),
    fetch: never,
    clock: { now: never, schedule: never },
    random: { bytes: never, fraction: never },
    lock: { exclusively: never },
  }
}

function quoted(value: unknown): string {
  return JSON.stringify(value).replace(/&/g, '&amp;').replace(/"/g, '&quot;')
}

function html(app: ReactNode): string {
  return renderToString(
    <StrictMode>
      <I18nextProvider i18n={i18n}>{app}</I18nextProvider>
    </StrictMode>,
  )
}
