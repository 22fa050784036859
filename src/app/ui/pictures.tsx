/** What a picture shows; all are drawn in two colours of the page, so that they are one language in the light and in the dark. */
export type PictureName = 'phone' | 'box' | 'alike' | 'way' | 'thanks'

interface PictureProps {
  readonly name: PictureName
  readonly large?: boolean
}

/** A small drawing beside words that say the same: nothing is in it alone, so that it is not read out. */
export function Picture({ name, large = false }: PictureProps) {
  return (
    <svg className={large ? 'picture large' : 'picture'} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  )
}

const ENVELOPE = 'M0 0h20v14H0zM0 0l10 8 10-8'

const DRAWINGS = {
  /** A phone with a sealed envelope in it. */
  phone: (
    <>
      <rect x="9" y="3" width="30" height="42" rx="4" />
      <path className="wash" d="M14 14h20v15H14zM14 14l10 8 10-8" />
      <circle className="seal" cx="24" cy="29" r="4" />
      <path d="M21 39h6" />
    </>
  ),
  /** A box with two locks. */
  box: (
    <>
      <path className="wash" d="M5 20h38v23H5z" />
      <path d="M5 20l5-9h28l5 9M18 11h12" />
      <circle className="seal" cx="16" cy="30" r="4" />
      <circle className="seal" cx="32" cy="30" r="4" />
      <path d="M16 34v4M32 34v4" />
    </>
  ),
  /** Envelopes of which one is like the other. */
  alike: (
    <>
      <path className="wash" d={ENVELOPE} transform="translate(3 6)" />
      <path className="wash" d={ENVELOPE} transform="translate(25 6)" />
      <path className="wash" d={ENVELOPE} transform="translate(14 27)" />
    </>
  ),
  /** An envelope on its way. */
  way: (
    <>
      <path className="wash" d={ENVELOPE} transform="translate(24 17)" />
      <path d="M4 20h14M8 27h10M12 34h6" />
    </>
  ),
  /** An envelope in the box. */
  thanks: (
    <>
      <path className="wash" d={ENVELOPE} transform="translate(14 4)" />
      <path className="wash" d="M5 24h38v20H5z" />
      <path d="M17 33l5 5 9-9" />
    </>
  ),
} as const satisfies Record<PictureName, React.ReactNode>
