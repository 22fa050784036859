import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { isWaiting } from '#measures/held-row'
import { type DeskState, PlanDesk } from '#measures/plan-desk'
import type { RowChange } from '#protocol/measures'
import { ask } from '../asking/ask.ts'

/** A moment after the last keystroke. */
const SAVE_AFTER_MS = 900
/** How often others' changes are asked for while somebody is there. */
const LOOK_EVERY_MS = 4000
/** Nobody touched the page for so long: it asks no more, so that an open page does not keep a session alive. */
const AWAY_MS = 60_000

const TOUCHES = ['pointerdown', 'keydown', 'focusin'] as const

/** The action plan of a round on this screen, saved and looked at again by itself. What is not saved waits for the same account. */
export function useDesk(cid: string, account: string): { readonly desk: PlanDesk; readonly state: DeskState } {
  const desk = useMemo(() => new PlanDesk(worldOf(cid, account)), [cid, account])
  const state = useSyncExternalStore(desk.subscribe, desk.state)
  useEffect(() => {
    let touched = performance.now()
    const touch = () => {
      touched = performance.now()
    }
    const look = () => {
      if (document.visibilityState === 'visible' && performance.now() - touched < AWAY_MS) void desk.sync()
    }
    for (const event of TOUCHES) window.addEventListener(event, touch, { passive: true, capture: true })
    document.addEventListener('visibilitychange', look)
    const timer = setInterval(look, LOOK_EVERY_MS)
    void desk.sync()
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const event of TOUCHES) window.removeEventListener(event, touch, { capture: true })
      // leaving the page is no reason to wait; what cannot be saved waits on the device
      void desk.sync()
    }
  }, [desk])
  const { rows } = state
  useEffect(() => {
    if (![...rows.values()].some(isWaiting)) return
    const timer = setTimeout(() => void desk.sync(), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [desk, rows])
  return { desk, state }
}

function worldOf(cid: string, account: string) {
  const begin = `prongsai-measures-${account}-${cid}-`
  return {
    load: (seq: number) => ask('GET /rounds/:cid/measures/:seq', { cid, seq: String(seq) }),
    save: (change: RowChange) => ask('PUT /rounds/:cid/measures', { cid, body: { ...change, account } }),
    unsent: {
      read: () => readAll(begin),
      write: (row: string, text: string | null) => writeStored(`${begin}${row}`, text),
    },
    now: () => performance.now(),
  }
}

/** Each row under a name of its own: two tabs of one person do not write over each other's. */
function readAll(begin: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(begin))
      .map((name) => localStorage.getItem(name) ?? '')
  } catch {
    return []
  }
}

/** False where the device keeps nothing: then what is not saved is on the screen only, which says so. */
function writeStored(name: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(name)
    else localStorage.setItem(name, text)
    return true
  } catch {
    return text === null
  }
}
