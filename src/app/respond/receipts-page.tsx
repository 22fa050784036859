import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { readHoldings } from '#device/holdings'
import { loadPublished, type Published, type PublishedLane } from '#device/published'
import type { Closing } from '#protocol/published'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'

interface Round {
  readonly cid: string
  readonly mine: readonly string[]
  readonly published: Published
}

/** The published receipts of every round this phone knows, with this phone's own looked up in them. */
export function ReceiptsPage({ device, onBack }: { device: Device; onBack: () => void }) {
  const { t } = useTranslation('check')
  const { t: general } = useTranslation()
  const [rounds, setRounds] = useState<readonly Round[] | null>(null)
  const look = useCallback(() => {
    setRounds(null)
    // a store that does not answer is told on the screen that owns it; here there is just nothing to show
    void loadRounds(device).then(setRounds, () => setRounds([]))
  }, [device])
  useEffect(look, [look])
  return (
    <Page title={t('receipts.title')} pageKey="receipts">
      <p className="lead">{t('receipts.lead')}</p>
      <div aria-live="polite" data-receipts={rounds ? 'shown' : 'loading'}>
        {!rounds && <Notice>{t('receipts.loading')}</Notice>}
        {rounds?.length === 0 && <Notice>{t('receipts.none')}</Notice>}
        {rounds?.map((round) => (
          <RoundBlock key={round.cid} round={round} />
        ))}
      </div>
      <div className="row">
        <Button kind="secondary" onClick={onBack}>
          {general('more.back')}
        </Button>
        <Button kind="quiet" onClick={look}>
          {t('receipts.again')}
        </Button>
      </div>
    </Page>
  )
}

function RoundBlock({ round: { mine, published } }: { round: Round }) {
  const { t } = useTranslation('check')
  const lanes = published.outcome === 'published' ? published.lanes : null
  const reason = published.outcome === 'published' ? null : published.outcome
  return (
    <section>
      {reason && <Notice>{t(`receipts.${reason}`)}</Notice>}
      {mine.length > 0 && (
        <>
          <h2>{t('receipts.mine')}</h2>
          <ul className="receipts">
            {mine.map((receipt) => (
              <li key={receipt} data-mine={lanes ? isIn(lanes, receipt) : undefined}>
                <strong>{receipt}</strong>
                {lanes && <> {t(isIn(lanes, receipt) ? 'receipts.found' : 'receipts.missing')}</>}
              </li>
            ))}
          </ul>
        </>
      )}
      {lanes && <Search lanes={lanes} />}
      {lanes?.map((lane) => (
        <LaneList key={lane.lane} list={lane} />
      ))}
      {published.outcome === 'published' && <ClosingFacts closing={published.closing} />}
    </section>
  )
}

/** What the signed closing sheet must say, too. */
function ClosingFacts({ closing: { rows, boxHash, logHead } }: { closing: Closing }) {
  const { t } = useTranslation('check')
  const inGroups = (hex: string) => hex.match(/.{1,4}/g)?.join(' ') ?? ''
  return (
    <Disclosure summary={t('receipts.closing')}>
      <p>{t('receipts.closingText', { count: rows })}</p>
      <p className="fingerprint" lang="en">
        {inGroups(boxHash)}
      </p>
      <p>{t('receipts.logHead')}</p>
      <p className="fingerprint" lang="en">
        {inGroups(logHead.slice(0, 20))}
      </p>
    </Disclosure>
  )
}

function Search({ lanes }: { lanes: readonly PublishedLane[] }) {
  const { t } = useTranslation('check')
  const [typed, setTyped] = useState('')
  const receipt = asReceipt(typed)
  return (
    <label className="field">
      <span>{t('receipts.search')}</span>
      <input
        type="text"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <span aria-live="polite" data-found={receipt ? isIn(lanes, receipt) : undefined}>
        {receipt && t(isIn(lanes, receipt) ? 'receipts.found' : 'receipts.missing')}
      </span>
    </label>
  )
}

function LaneList({ list: { lane, receipts, slips } }: { list: PublishedLane }) {
  const { t } = useTranslation('check')
  const { t: general } = useTranslation()
  if (receipts.length === 0 && !(slips && Object.values(slips).some((count) => count > 0))) return null
  return (
    <div data-lane={lane}>
      <h2>{general(`lane.${lane}`)}</h2>
      <p>{t('receipts.count', { count: receipts.length })}</p>
      {slips && slips.printed > 0 && <p>{t('receipts.slips', { ...slips })}</p>}
      {slips && slips.toTablets > 0 && <p>{t('receipts.toTablets', { ...slips })}</p>}
      {slips && slips.onRequest > 0 && <p>{t('receipts.onRequest', { ...slips })}</p>}
      {receipts.length > 0 && (
        <Disclosure summary={t('receipts.list')}>
          <figure className="bytes">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
            <pre tabIndex={0} lang="en">
              {receipts.join('\n')}
            </pre>
          </figure>
        </Disclosure>
      )}
    </div>
  )
}

async function loadRounds(device: Device): Promise<Round[]> {
  const { receipts } = await readHoldings(device)
  const campaigns = await device.store.transact('relaxed', ['campaigns'], (tx) => tx.all('campaigns'))
  return Promise.all(
    campaigns.map(async ({ id: cid }) => ({
      cid,
      mine: receipts.filter((receipt) => receipt.cid === cid).map(({ id }) => id),
      published: await loadPublished(device, cid),
    })),
  )
}

function isIn(lanes: readonly PublishedLane[], receipt: string): boolean {
  return lanes.some(({ receipts }) => receipts.includes(receipt))
}

/** Eight characters as people write them down, or null while it is not a whole number yet. */
function asReceipt(typed: string): string | null {
  const bare = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return bare.length === 8 ? `${bare.slice(0, 4)}-${bare.slice(4)}` : null
}
