import { chosenIn, EarlyScreen, optionIn } from './early-screen.ts'
import { type Fresh, readFresh, writeFresh } from './fresh.ts'

/** What the app finds when it takes the page over. */
export interface EarlyPage {
  readonly ticket: Fresh['ticket']
  readonly lane: Fresh['lane']
  /** Whether the first questions are on the screen; otherwise the promise is. */
  readonly isBegun: () => boolean
  /**
   * Draws the app's own page in the place of this one, then puts back into it what was chosen, opened and focused, and presses
   * the button that was pressed last and that only the app can answer for. All in one go, so that no tap falls in between.
   */
  readonly takeOver: (draw: () => void) => void
}

/**
 * Makes the prerendered page usable before the app has come, where its slip was just taken in: "start" shows the first questions
 * of its lane. Null where there is nothing of the kind: then the app begins as it always does.
 */
export function beginEarly(root: HTMLElement): EarlyPage | null {
  const fresh = readFresh()
  const template = fresh && templateFor(fresh)
  if (!template) return null
  const page = new Early(root, fresh, template)
  return {
    ticket: fresh.ticket,
    lane: fresh.lane,
    isBegun: () => page.isBegun,
    takeOver: (draw) => page.takeOver(draw),
  }
}

export function templateFor({ lane }: Pick<Fresh, 'lane'>): HTMLTemplateElement | null {
  return document.querySelector<HTMLTemplateElement>(`template[data-lanes~="${lane}"]`)
}

/** The start button as it is when one may begin, and the words beside it; answers how to take that back. */
export function allowStart(template: HTMLTemplateElement): () => void {
  const start = document.getElementById('start')
  const state = document.getElementById('ticket-state')
  const words = state?.textContent ?? ''
  start?.removeAttribute('aria-disabled')
  if (state) state.textContent = template.dataset.start ?? ''
  return () => {
    start?.setAttribute('aria-disabled', 'true')
    if (state) state.textContent = words
  }
}

class Early {
  isBegun = false
  readonly #root: HTMLElement
  readonly #fresh: Fresh
  readonly #template: HTMLTemplateElement
  readonly #promise: readonly Node[]
  #screen: EarlyScreen | null = null
  #stop: (() => void) | null = null
  /** Which button of the page was pressed that only the app can answer for. */
  #pressed: { readonly index: number; readonly words: string | null } | null = null

  constructor(root: HTMLElement, fresh: Fresh, template: HTMLTemplateElement) {
    this.#root = root
    this.#fresh = fresh
    this.#template = template
    this.#promise = [...root.childNodes]
    allowStart(template)
    root.addEventListener('click', this.#clicked)
    window.addEventListener('popstate', this.#popped)
    if (fresh.begun) this.#begin()
  }

  takeOver(draw: () => void): void {
    this.#stop?.()
    this.#root.removeEventListener('click', this.#clicked)
    window.removeEventListener('popstate', this.#popped)
    writeFresh(null)
    const chosen = chosenIn(this.#root)
    const opened = [...this.#root.querySelectorAll('details')].map(({ open }) => open)
    const focus = focusOf(this.#root)
    const at = window.scrollY
    draw()
    // the app's own form learns what was chosen as if it were chosen now, and stores it once more: the same draft
    for (const { name, value } of chosen) optionIn(this.#root, name, value)?.click()
    this.#root.querySelectorAll('details').forEach((one, index) => {
      one.open = opened[index] === true
    })
    focus?.()
    window.scrollTo(0, at)
    // the app may have more buttons: those that read aloud come with a voice
    if (this.#pressed) buttonsCalled(this.#root, this.#pressed.words)[this.#pressed.index]?.click()
  }

  readonly #clicked = ({ target }: Event): void => {
    const button = target instanceof Element ? target.closest('button') : null
    if (!button) return
    if (button.id === 'start') {
      this.#begin()
      return
    }
    const words = button.textContent
    this.#pressed = { index: buttonsCalled(this.#root, words).indexOf(button), words }
    button.setAttribute('aria-busy', 'true')
    this.#screen?.sayComing()
  }

  readonly #popped = (): void => {
    // the step that was pushed when answering began
    if (history.state === null && this.isBegun) this.#showPromise()
    else if (history.state !== null && !this.isBegun) this.#show()
  }

  #begin(): void {
    if (this.isBegun) return
    if (history.state === null) history.pushState(JSON.parse(this.#template.dataset.entry ?? 'null'), '')
    this.#show()
  }

  #show(): void {
    this.isBegun = true
    this.#pressed = null
    writeFresh({ ...this.#fresh, begun: true })
    this.#root.replaceChildren(this.#template.content.cloneNode(true))
    this.#screen = new EarlyScreen(this.#root, this.#fresh, this.#template)
    this.#stop = this.#screen.listen()
    window.scrollTo(0, 0)
    this.#root.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }

  #showPromise(): void {
    this.isBegun = false
    this.#pressed = null
    this.#stop?.()
    this.#screen = null
    writeFresh({ ...this.#fresh, begun: false })
    this.#root.replaceChildren(...this.#promise)
    window.scrollTo(0, 0)
  }
}

function buttonsCalled(root: HTMLElement, words: string | null): HTMLButtonElement[] {
  return [...root.querySelectorAll('button')].filter(({ textContent }) => textContent === words)
}

/** How to put the focus back once the page was drawn anew; null when nothing in it had it. */
function focusOf(root: HTMLElement): (() => void) | null {
  const held = document.activeElement
  if (!(held instanceof HTMLElement) || !root.contains(held)) return null
  if (held instanceof HTMLInputElement) {
    const { name, value } = held
    return () => optionIn(root, name, value)?.focus({ preventScroll: true })
  }
  const alike = `${held.tagName.toLowerCase()}${held.id === '' ? '' : `#${held.id}`}`
  const index = [...root.querySelectorAll(alike)].indexOf(held)
  return () => root.querySelectorAll<HTMLElement>(alike)[index]?.focus({ preventScroll: true })
}
