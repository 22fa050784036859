/** The engines that people's phones have: Android and desks, Firefox, iPhones (as far as WebKitGTK is one). */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const

export type EngineName = (typeof ENGINES)[number]

/** A browser of some engine, as far as one who answers needs it. Selectors are CSS; each act waits for what it is about. */
export interface EnginePhone {
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** Scrolls to it, and clicks. */
  click(selector: string): Promise<void>
  type(selector: string, text: string): Promise<void>
  /** Chooses a file in a file field. */
  choose(selector: string, file: string): Promise<void>
  waitFor(selector: string, timeoutMs?: number): Promise<void>
  text(selector: string): Promise<string>
  /** What an expression is worth in the page; JSON. */
  evaluate<T>(expression: string): Promise<T>
  /** A picture of the screen under `tests/.artifacts/`. */
  picture(name: string): Promise<void>
  /** Opens an address in another tab of the same browser, and goes there. Tabs count from 0. */
  newTab(url: string): Promise<void>
  showTab(index: number): Promise<void>
  /** As a phone whose battery is taken out. */
  kill(): Promise<void>
}

/** How long anything is waited for: engines without a display of their own are slow here. */
export const ENGINE_PATIENCE_MS = 60_000

export const PHONE_SIZE = { width: 360, height: 740 } as const
