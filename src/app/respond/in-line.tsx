import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '#ui/notice.tsx'

/** LINE's own browser may forget everything when it is closed; slip links ask it to hand over, and where it did not, a person can. */
export function InLine() {
  const { t } = useTranslation()
  // the page is drawn before anybody knows where it will be read
  const [isInside, setInside] = useState(false)
  useEffect(() => setInside(/ Line\//.test(navigator.userAgent)), [])
  if (!isInside) return null
  return (
    <Notice kind="warning">
      <span className="in-line" data-line>
        <svg className="picture" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
          <rect className="wash" x="3" y="5" width="42" height="38" rx="4" />
          <path d="M3 15h42" />
          <circle className="seal" cx="38" cy="10" r="1.5" />
          <circle className="seal" cx="33" cy="10" r="1.5" />
          <circle className="seal" cx="28" cy="10" r="1.5" />
          <path d="M14 26h20v8H14zM37 20l-4 6" />
        </svg>
        <span>{t('welcome.inLine')}</span>
      </span>
    </Notice>
  )
}
