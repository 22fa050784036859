/** Full screen and an awake display, where they are offered; a counter works without either. */
export function stayAwake(): void {
  void document.documentElement.requestFullscreen?.().catch(() => undefined)
  void navigator.wakeLock?.request('screen').catch(() => undefined)
}
