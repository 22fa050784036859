import { type ReactNode, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { type Block, type Cell, type DocumentModel, inDigits, type Table } from '#documents/model'
import { FIRST_LANGUAGE } from '#protocol/language'
import { Button } from '#ui/button.tsx'

interface ViewProps {
  readonly model: DocumentModel
  readonly onClose: () => void
}

/** A document as it will be, on the screen and for the printer or a PDF: nothing else is printed while it is shown. */
export function DocumentView({ model, onClose }: ViewProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const words = (text: string) => inDigits(text, model.digits)
  return createPortal(
    <dialog ref={dialog} className="document-view" aria-label={model.title} onClose={onClose}>
      <div className="row no-print">
        <Button id="print-document" onClick={() => window.print()}>
          {t('measures.print')}
        </Button>
        <Button kind="secondary" id="close-document" onClick={() => dialog.current?.close()}>
          {t('measures.closeView')}
        </Button>
      </div>
      <article lang={FIRST_LANGUAGE}>
        {model.sections.map((section, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections have no name
          <div key={at} className={section.landscape ? 'sheet-wide' : 'sheet-tall'}>
            {section.blocks.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name
              <BlockView key={index} block={block} words={words} />
            ))}
          </div>
        ))}
      </article>
    </dialog>,
    document.body,
  )
}

interface BlockProps<B> {
  readonly block: B
  readonly words: (text: string) => string
}

function BlockView({ block, words }: BlockProps<Block>): ReactNode {
  switch (block.kind) {
    case 'title':
      return (
        <h1>
          {block.lines.map((line) => (
            <span key={line}>{words(line)}</span>
          ))}
        </h1>
      )
    case 'heading':
      return block.level === 1 ? <h2>{words(block.text)}</h2> : <h3>{words(block.text)}</h3>
    case 'text':
      return <p className={block.small ? 'small' : undefined}>{words(block.text)}</p>
    case 'list':
      return (
        <ul className={block.plain ? 'plain' : undefined}>
          {block.items.map((item) => (
            <li key={item}>{words(item)}</li>
          ))}
        </ul>
      )
    case 'signature':
      return (
        <div className="signature">
          {block.lines.map((line) => (
            <p key={line}>{words(line)}</p>
          ))}
        </div>
      )
    case 'table':
      return <TableView block={block} words={words} />
  }
}

function TableView({ block: { label, widths, head, body }, words }: BlockProps<Table>) {
  const row = (cells: readonly Cell[], at: number, isHead: boolean) => (
    <tr key={at}>
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no name
        <CellView key={index} block={cell} words={words} isHead={isHead} />
      ))}
    </tr>
  )
  return (
    <table aria-label={label}>
      <colgroup>
        {widths.map((width, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no name
          <col key={at} style={{ width: `${width}%` }} />
        ))}
      </colgroup>
      <thead>{head.map((cells, at) => row(cells, at, true))}</thead>
      <tbody>{body.map((cells, at) => row(cells, at, false))}</tbody>
    </table>
  )
}

function CellView({ block: cell, words, isHead }: BlockProps<Cell> & { readonly isHead: boolean }) {
  const { text, columns, rows, bold, align } = cell
  const Tag = isHead ? 'th' : 'td'
  const lines = [text].flat()
  return (
    <Tag colSpan={columns} rowSpan={rows} className={[bold ? 'bold' : '', align ?? ''].filter(Boolean).join(' ')}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name
        <span key={at} className="line">
          {words(line)}
        </span>
      ))}
    </Tag>
  )
}
