import { type ClipboardEvent, type RefObject, useId, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FIRST_LANGUAGE } from '#protocol/language'
import { LONGEST_PROSE, tidyProse } from '#protocol/measures'
import { usePlan } from './plan-context.ts'

interface ProseFieldProps {
  readonly label: string
  /** Row and field that it is about: what another person wrote there is shown beside it. */
  readonly row: string
  readonly field: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** Lines of a text or table that was pasted, when there are several: answers whether they were taken. */
  readonly onLines?: (lines: readonly string[]) => void
  readonly help?: string
  /** The label is read out, but not seen: the place says it. */
  readonly quietLabel?: boolean
}

/** A text that grows with what is written in it. Documents are in the first language, whatever the screen's is. */
export function ProseField(props: ProseFieldProps) {
  const { label, row, field, value, onChange, onLines, help, quietLabel = false } = props
  const { t } = useTranslation()
  const { mayChange } = usePlan()
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  useGrowing(area, value)
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const lines = linesOf(event.clipboardData.getData('text/plain'))
    if (!onLines || lines.length < 2) return
    event.preventDefault()
    // the first line goes where the cursor is, what stands after it to the last one
    const { selectionStart, selectionEnd } = event.currentTarget
    const [first = '', ...rest] = lines
    const last = rest.pop() ?? ''
    onLines([`${value.slice(0, selectionStart)}${first}`, ...rest, `${last}${value.slice(selectionEnd)}`])
  }
  // as the schema counts
  const left = LONGEST_PROSE - value.length
  return (
    <div className="field prose">
      <label htmlFor={id} className={quietLabel ? 'unseen' : undefined}>
        {label}
      </label>
      {help && (
        <span className="help" id={`${id}-help`}>
          {help}
        </span>
      )}
      <textarea
        id={id}
        ref={area}
        lang={FIRST_LANGUAGE}
        rows={1}
        data-field={`${row}.${field}`}
        value={value}
        readOnly={!mayChange}
        aria-describedby={help ? `${id}-help` : undefined}
        aria-invalid={left < 0 || undefined}
        onPaste={paste}
        onChange={(event) => onChange(tidyProse(event.target.value))}
      />
      {left < 200 && (
        <span className={left < 0 ? 'error' : 'help'} role="status">
          {left < 0
            ? t('measures.tooLong', { count: -left, most: LONGEST_PROSE })
            : t('measures.left', { count: left })}
        </span>
      )}
    </div>
  )
}

/** As high as its text, also when letters grow or the page gets narrower. */
function useGrowing(area: RefObject<HTMLTextAreaElement | null>, value: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    const grow = () => {
      element.style.height = 'auto'
      element.style.height = `${element.scrollHeight + 4}px`
    }
    grow()
    let width = element.clientWidth
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === width && element.scrollHeight <= element.clientHeight + 1) return
      width = element.clientWidth
      grow()
    })
    watch.observe(element)
    // letters grow without a change of width
    const letters = new MutationObserver(grow)
    letters.observe(document.documentElement, { attributeFilter: ['data-text'] })
    return () => {
      watch.disconnect()
      letters.disconnect()
    }
  }, [area, value])
}

/** Lines of what was pasted: a table's cells are put together with spaces, list marks are left out. */
function linesOf(text: string): string[] {
  return tidyProse(text.replace(/\t/g, ' '))
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-•·–*]|\(?[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)])\s+/u, '').trim())
    .filter((line) => line !== '')
}
