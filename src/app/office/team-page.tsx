import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#protocol/office'
import { modulesOfText } from '#protocol/qr'
import { Button } from '#ui/button.tsx'
import { Page } from '#ui/page.tsx'
import { QrPicture } from '#ui/qr-picture.tsx'
import { ask, type Refused } from './asking/ask.ts'
import { Confirm } from './asking/confirm.tsx'
import { useOffice } from './asking/office-context.ts'
import { RefusalNotice } from './asking/refusal-notice.tsx'
import { useLoaded } from './asking/use-loaded.ts'
import { useOnce } from './asking/use-once.ts'

const loadAccounts = () => ask('GET /accounts')

/** Who is in the team, and links for whoever joins. */
export function TeamPage() {
  const { t } = useTranslation()
  const { withProof } = useOffice()
  const { value, refused, reload } = useLoaded(loadAccounts)
  const [link, setLink] = useState<{ readonly role: Role; readonly link: string } | null>(null)
  const [failed, setFailed] = useState<Refused | null>(null)
  const invite = useOnce(async (role: Role) => {
    const answer = await withProof(() => ask('POST /invitations', { body: { role } }))
    setFailed('refused' in answer ? answer : null)
    setLink('value' in answer ? { role, link: answer.value.link } : null)
    reload()
  })
  const withdraw = async () => {
    setFailed(null)
    await ask('POST /invitations/withdraw')
    setLink(null)
    reload()
  }
  const remove = async (id: string) => {
    const answer = await withProof(() => ask('POST /accounts/:id/remove', { id }))
    setFailed('refused' in answer ? answer : null)
    reload()
  }
  return (
    <Page title={t('team.title')} pageKey="team">
      <RefusalNotice refused={refused} />
      <ul className="cards">
        {value?.accounts.map(({ id, name, role, passkeys, password }) => (
          <li key={id} className="card" data-account={name}>
            <strong>{name}</strong>
            <span>{t(`role.${role}`)}</span>
            <span className="small">
              {passkeys > 0 ? t('team.byPasskey') : ''} {password ? t('team.byPassword') : ''}
            </span>
            <Confirm id={`remove-${id}`} label={t('team.remove')} yes={t('team.removeYes')} onYes={() => remove(id)}>
              <p>{t('team.removeAsk', { name })}</p>
            </Confirm>
          </li>
        ))}
      </ul>
      <RefusalNotice refused={failed} />
      <h2>{t('team.invite')}</h2>
      <p>{t('team.inviteText')}</p>
      <div className="row">
        {ROLES.map((role) => (
          <Button key={role} id={`invite-${role}`} kind="secondary" onClick={() => void invite(role)}>
            {t(`role.${role}`)}
          </Button>
        ))}
      </div>
      <ul className="small">
        {ROLES.map((role) => (
          <li key={role}>{t(`team.may.${role}`)}</li>
        ))}
      </ul>
      {value && value.invitations.length > 0 && (
        <p data-invitations={value.invitations.length}>
          {t('team.open', { count: value.invitations.length })}{' '}
          <button type="button" className="link" id="withdraw" onClick={() => void withdraw()}>
            {t('team.withdraw')}
          </button>
        </p>
      )}
      {link && (
        <section className="notice good" data-invitation>
          <h3>{t('team.link', { role: t(`role.${link.role}`) })}</h3>
          <QrPicture
            modules={modulesOfText(link.link)}
            label={t('team.link', { role: t(`role.${link.role}`) })}
            inView
          />
          <p className="small">
            <code>{link.link}</code>
          </p>
        </section>
      )}
    </Page>
  )
}
