import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '#protocol/office'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { ask, askFile, type Refused } from '../asking/ask.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { numberInName, type PartProps } from '../asking/rounds.ts'
import { saveFile } from '../asking/save-file.ts'
import { useOnce } from '../asking/use-once.ts'

type ClosedProps = Pick<PartProps, 'round' | 'onRound'>

/** The paper that says what is in the box: printed and signed before anybody opens it. */
export function ClosingSheet({ round, onRound }: ClosedProps) {
  const { t } = useTranslation()
  const [refused, setRefused] = useState<Refused | null>(null)
  const save = async () => {
    const answer = await askFile('GET /rounds/:cid/closing-sheet', { cid: round.cid })
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer)
      saveFile(`closing-${await numberInName(round)}.pdf`, [await answer.value.blob()], 'application/pdf')
  }
  if (!round.closing) return <CutOff round={round} onRound={onRound} />
  return (
    <section data-closing={round.closing.boxHash}>
      <h2>{t('closing.title')}</h2>
      <p>{t('closing.text', { count: round.closing.rows })}</p>
      <p className="fingerprint">{round.closing.boxHash.match(/.{1,4}/g)?.join(' ')}</p>
      <Button id="closing-sheet" kind="secondary" onClick={() => void save()}>
        {t('closing.sheet')}
      </Button>
      <RefusalNotice refused={refused} />
    </section>
  )
}

/** The machine stopped while the round was being closed: nothing is lost, and the box's hash is still to be taken. */
function CutOff({ round, onRound }: ClosedProps) {
  const { t } = useTranslation()
  const { me, withProof } = useOffice()
  const [refused, setRefused] = useState<Refused | null>(null)
  const finish = useOnce(async () => {
    const answer = await withProof(() => ask('POST /rounds/:cid/close', { cid: round.cid, body: { why: '' } }))
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onRound(answer.value.round)
  })
  return (
    <section data-cut-off>
      <Notice kind="warning">{t('closing.cutOff')}</Notice>
      {may(me, 'run') && (
        <Button id="finish-closing" onClick={() => void finish()}>
          {t('closing.finish')}
        </Button>
      )}
      <RefusalNotice refused={refused} />
    </section>
  )
}
