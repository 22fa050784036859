import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'

/** A fault of ours, or a browser too old: a tablet must not stand there white, with nobody who knows what to do. */
export class WhenBroken extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenScreen /> : this.props.children
  }
}

function BrokenScreen() {
  const { t } = useTranslation('counter')
  return (
    <div className="counter" data-counter="broken">
      <Page title={t('broken.title')} pageKey="broken">
        <Notice kind="warning" live>
          {t('broken.text')}
        </Notice>
        <Button onClick={() => location.reload()}>{t('broken.again')}</Button>
      </Page>
    </div>
  )
}
