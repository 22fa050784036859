import { makePlainStore } from '#device/browser/plain-store'
import { type Draft, loadDraft, saveDraft } from '#device/draft'
import { goToItem } from '#questions/move-on.ts'
import type { Fresh } from './fresh.ts'

/** The words of a prerendered screen that only a script says, and where it stands in the history. */
interface EarlyWords {
  /** `#` is the number of answered items. */
  readonly answered: string
  readonly saved: string
  readonly saving: string
  readonly notSaved: string
  /** Another part was asked for, and is still on its way. */
  readonly coming: string
}

/** A chosen option in the page. */
interface Chosen {
  readonly name: string
  readonly value: string
}

const ANSWER = 'answers.'
const CONTACT = 'opening.contact'

/**
 * The first questions as they were prerendered, answered before the app has come: every change is stored as a draft, the same
 * record that the app writes. What only the app can do is remembered, and done when it is there.
 */
export class EarlyScreen {
  readonly #root: HTMLElement
  readonly #fresh: Fresh
  readonly #form: string
  readonly #words: EarlyWords
  readonly #device = { store: makePlainStore(), clock: { now: () => Date.now() } }
  #byPointer = false
  #latest = 0

  constructor(root: HTMLElement, fresh: Fresh, template: HTMLTemplateElement) {
    this.#root = root
    this.#fresh = fresh
    this.#form = template.dataset.form ?? ''
    this.#words = JSON.parse(template.dataset.words ?? '{}') as EarlyWords
  }

  /** Listens until the app takes over; answers how to stop. */
  listen(): () => void {
    const onPointer = () => {
      this.#byPointer = true
    }
    const onKey = () => {
      this.#byPointer = false
    }
    const onChange = ({ target }: Event) => target instanceof HTMLInputElement && this.#changed(target)
    this.#root.addEventListener('pointerdown', onPointer)
    this.#root.addEventListener('keydown', onKey)
    this.#root.addEventListener('change', onChange)
    void this.#showStored()
    return () => {
      this.#root.removeEventListener('pointerdown', onPointer)
      this.#root.removeEventListener('keydown', onKey)
      this.#root.removeEventListener('change', onChange)
    }
  }

  /** Says that what was tapped will come. */
  sayComing(): void {
    this.#say('#ticket-state', this.#words.coming)
  }

  /** Answers of this very ticket, when the page is loaded again before the app has come. */
  async #showStored(): Promise<void> {
    const draft = await loadDraft(this.#device, this.#fresh.ticket, this.#form).catch(() => null)
    for (const [item, code] of Object.entries(draft?.answers ?? {}))
      choose(this.#root, `${ANSWER}${item}`, String(code))
    this.#showProgress()
  }

  #changed({ name, value }: HTMLInputElement): void {
    // what somebody used the service for is asked of those who did
    if (name === 'opening.used') showContacts(this.#root, value === 'yes')
    const draft = draftOf({ name, value })
    if (!draft) return
    this.#showProgress()
    this.#save(draft)
    const next = this.#byPointer && name.startsWith(ANSWER) ? nextUnanswered(this.#root, name) : null
    if (next) goToItem(next, 'glide')
  }

  #save(draft: Draft): void {
    this.#latest += 1
    const turn = this.#latest
    // said only after the transaction has completed, and only for the latest change
    const say = (state: string, words: string) => {
      if (turn === this.#latest) this.#say('.save-state', words, state)
    }
    say('saving', this.#words.saving)
    saveDraft(this.#device, this.#fresh.ticket, this.#form, draft).then(
      (stored) => (stored ? say('saved', this.#words.saved) : say('not-saved', this.#words.notSaved)),
      () => say('not-saved', this.#words.notSaved),
    )
  }

  #showProgress(): void {
    const bar = this.#root.querySelector('progress')
    const done = chosenIn(this.#root).filter(({ name }) => name.startsWith(ANSWER)).length
    if (!bar) return
    bar.value = done
    this.#say('.save-line span', this.#words.answered.replace('#', String(done)))
  }

  #say(selector: string, words: string, saved?: string): void {
    const place = this.#root.querySelector<HTMLElement>(selector)
    if (!place) return
    place.textContent = words
    if (saved !== undefined) place.dataset.saved = saved
  }
}

/** What is chosen in a page, in its order. */
export function chosenIn(root: HTMLElement): Chosen[] {
  return [...root.querySelectorAll<HTMLInputElement>('input:checked')].map(({ name, value }) => ({ name, value }))
}

/** The option of a page that was chosen; undefined when it has none of that name and value. */
export function optionIn(root: HTMLElement, name: string, value: string): HTMLInputElement | undefined {
  return [...root.querySelectorAll('input')].find((input) => input.name === name && input.value === value)
}

function choose(root: HTMLElement, name: string, value: string): void {
  const option = optionIn(root, name, value)
  if (option) option.checked = true
}

function showContacts(root: HTMLElement, shown: boolean): void {
  const contacts = root.querySelector<HTMLElement>('[data-opening=contact]')?.parentElement
  if (contacts) contacts.hidden = !shown
}

function draftOf({ name, value }: Chosen): Draft | null {
  if (name === CONTACT) return { answers: {}, coarse: { contact: value } }
  return name.startsWith(ANSWER) ? { answers: { [name.slice(ANSWER.length)]: Number(value) }, coarse: {} } : null
}

/** The item right below without an answer: nothing jumps when an answer is changed. */
function nextUnanswered(root: HTMLElement, name: string): string | null {
  const items = [...root.querySelectorAll<HTMLElement>('[data-item]')]
  const next = items[items.findIndex(({ dataset }) => `${ANSWER}${dataset.item}` === name) + 1]
  return next?.dataset.item && !next.querySelector('input:checked') ? next.dataset.item : null
}
