import { useId, useRef, useState } from 'react'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  /** One sentence on what it is good for. */
  readonly text: string
  readonly onChoose: () => void
}

interface MenuProps {
  readonly id: string
  readonly label: string
  readonly entries: readonly MenuEntry[]
  /** Cannot be opened now. */
  readonly blocked?: boolean
}

/** A button that opens a list of acts, each with a sentence. Closed by Escape, by choosing, and when the focus leaves it. */
export function Menu({ id, label, entries, blocked = false }: MenuProps) {
  const list = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere in it closes it, and so does leaving it
    <div
      className="menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isOpen) close()
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false)
      }}
    >
      <button
        ref={button}
        type="button"
        id={id}
        className="button primary"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-disabled={blocked || undefined}
        onClick={() => !blocked && setOpen(!isOpen)}
      >
        {label} <span aria-hidden="true">▾</span>
      </button>
      {/* focusable: a tap on what is between the entries does not close it */}
      <ul id={list} hidden={!isOpen} tabIndex={-1}>
        {entries.map(({ id: entry, label: name, text, onChoose }) => (
          <li key={entry}>
            <button
              type="button"
              id={entry}
              aria-describedby={`${entry}-text`}
              onClick={() => {
                close()
                onChoose()
              }}
            >
              {name}
            </button>
            <span id={`${entry}-text`}>{text}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
