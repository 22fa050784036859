import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportWords } from '#i18n/office-words.ts'
import { wordsIn } from '#instruments/years'
import { type Language, languageOf } from '#protocol/language'
import { isDemonstration } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { randomBelow } from '#protocol/random-below'
import type { ExportKind } from '#results/exports/write-export'
import type { Release, RowsAre } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { Menu } from '#ui/menu.tsx'
import { Notice } from '#ui/notice.tsx'
import { ask, type Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { saveFile } from '../asking/save-file.ts'
import { useOnce } from '../asking/use-once.ts'
import type { BoxOpening } from '../opening/box-opening.ts'
import { noteSaved } from './note-saved.ts'
import { WholeRows } from './whole-rows.tsx'
import { writeInWorker } from './write-in-worker.ts'

/** What can be saved, and the files each makes. */
const CHOICES = {
  xlsx: ['xlsx'],
  csv: ['csv', 'poster-csv'],
  spss: ['sps', 'csv'],
  json: ['json'],
} as const satisfies Record<string, readonly ExportKind[]>

type Choice = keyof typeof CHOICES

const TYPES: Readonly<Record<ExportKind, string>> = {
  csv: 'text/csv;charset=utf-8',
  'poster-csv': 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  sps: 'text/plain;charset=utf-8',
}

interface ExportsProps {
  readonly round: RoundView
  readonly box: BoxOpening
  readonly release: Release
  readonly forms: RoundForms
}

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'writing'; readonly choice: Choice; readonly rows: number; readonly of: number }
  | { readonly at: 'saved'; readonly names: readonly string[]; readonly unlogged: boolean }
  | { readonly at: 'failed' }

/** Files of the responses that may leave. Each saving is written into the log first; without a network it is noted later. */
export function Exports({ round, box, release, forms }: ExportsProps) {
  const { t, i18n } = useTranslation()
  const { withProof } = useOffice()
  const [state, setState] = useState<State>({ at: 'idle' })
  const [refused, setRefused] = useState<Refused | null>(null)
  const [rowsAre, setRowsAre] = useState<RowsAre>('protected')
  const [confirmed, setConfirmed] = useState(isDemonstration(manifestOf(round)))
  const save = useOnce(async (choice: Choice) => {
    const note = { what: choice, rows: rowsAre }
    const noted = await withProof(() => ask('POST /rounds/:cid/exported', { cid: round.cid, body: note }))
    const offline = 'refused' in noted && noted.refused === 'unreachable'
    setRefused('refused' in noted && !offline ? noted : null)
    if ('refused' in noted && !offline) return
    if (offline) noteSaved(round.cid, choice, rowsAre)
    const language = languageOf(i18n.language)
    const names = await writeAll(choice, { round, box, release, forms, language, rowsAre }, (written) =>
      setState({ at: 'writing', choice, ...written }),
    )
    setState(names ? { at: 'saved', names, unlogged: offline } : { at: 'failed' })
  })
  const print = () => {
    noteSaved(round.cid, 'scorecard', 'none')
    window.print()
  }
  return (
    <section data-exports={state.at}>
      <h2>{t('exports.title')}</h2>
      <p>{t('exports.text')}</p>
      <fieldset className="choices">
        <legend>{t('exports.rows')}</legend>
        {(['protected', 'whole'] as const).map((how) => (
          <label key={how} className="choice">
            <input type="radio" name="rows" value={how} checked={rowsAre === how} onChange={() => setRowsAre(how)} />
            <span>{t(`exports.rowsAre.${how}`)}</span>
          </label>
        ))}
      </fieldset>
      {rowsAre === 'whole' && (
        <WholeRows round={round} box={box} confirmed={confirmed} onConfirmed={() => setConfirmed(true)} />
      )}
      <Menu
        id="exports"
        label={t('exports.menu')}
        blocked={state.at === 'writing' || (rowsAre === 'whole' && !confirmed)}
        entries={[
          ...(Object.keys(CHOICES) as Choice[]).map((choice) => ({
            id: `export-${choice}`,
            label: t(`exports.choice.${choice}`),
            text: t(`exports.for.${choice}`),
            onChoose: () => void save(choice),
          })),
          { id: 'export-print', label: t('results.print'), text: t('exports.for.print'), onChoose: print },
        ]}
      />
      {state.at === 'writing' && (
        <p aria-live="polite">
          <progress max={Math.max(1, state.of)} value={state.rows || undefined} aria-label={t('exports.writing')} />{' '}
          {t('exports.writing')}
        </p>
      )}
      {state.at === 'saved' && (
        <Notice kind="good" live>
          {t('exports.saved', { names: state.names.join(', ') })} {state.unlogged && t('exports.unlogged')}
        </Notice>
      )}
      {state.at === 'failed' && (
        <Notice kind="warning" live>
          {t('exports.failed')}
        </Notice>
      )}
      <RefusalNotice refused={refused} />
    </section>
  )
}

/** In which language, and which rows. */
interface Wanted {
  readonly language: Language
  readonly rowsAre: RowsAre
}

interface Written {
  readonly rows: number
  readonly of: number
}

/** Writes and saves the files of a choice; answers their names, or null when one could not be written. */
async function writeAll(
  choice: Choice,
  { round, box, release, forms, language, rowsAre }: ExportsProps & Wanted,
  onRows: (written: Written) => void,
): Promise<string[] | null> {
  const rows = box.opening.rows(rowsAre, randomBelow, round.choices)
  const hasPoster = rows.some(({ lane }) => lane === 'eit-open')
  const names: string[] = []
  for (const kind of CHOICES[choice]) {
    if (kind === 'poster-csv' && !hasPoster) continue
    const file = await writeInWorker({ kind, release, forms, rows, rowsAre, words: wordsOf(release, language) }, onRows)
    if (!file) return null
    saveFile(file.name, [...file.parts], TYPES[kind])
    names.push(file.name)
  }
  return names
}

/** The words of files, in the language on the screen: of the questions, the very wording that the round asked. */
function wordsOf({ asked }: Release, language: Language) {
  return { export: exportWords(language), questionnaires: wordsIn(asked, language), language }
}
