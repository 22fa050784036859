import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withoutJoiners } from '#i18n/compounds.ts'
import { Button } from '#ui/button.tsx'

/** Reads a question and its choices aloud, where the device has a voice for the language; hidden where it has none. */
export function ReadAloud({ text }: { text: string }) {
  const { t, i18n } = useTranslation()
  const voice = useVoice(i18n.language)
  if (!voice) return null
  const speak = () => {
    speechSynthesis.cancel()
    const words = new SpeechSynthesisUtterance(withoutJoiners(text))
    words.voice = voice
    words.lang = voice.lang
    // a little slower than the voice's own pace: it is heard once, standing
    words.rate = 0.9
    speechSynthesis.speak(words)
  }
  return (
    <Button kind="quiet" onClick={speak}>
      {t('question.readAloud')}
    </Button>
  )
}

/** A voice on the device itself: others would send the question to somebody's server. Voices arrive late, and some browsers have none. */
function useVoice(language: string): SpeechSynthesisVoice | null {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | null>(null)
  useEffect(() => {
    if (!('speechSynthesis' in window)) return
    const find = () => {
      const voices = speechSynthesis.getVoices()
      setVoice(voices.find((one) => one.localService && one.lang.toLowerCase().startsWith(language)) ?? null)
    }
    find()
    speechSynthesis.addEventListener?.('voiceschanged', find)
    return () => {
      speechSynthesis.removeEventListener?.('voiceschanged', find)
      speechSynthesis.cancel()
    }
  }, [language])
  return voice
}
