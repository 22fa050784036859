import { useEffect } from 'react'
import type { Manifest } from '#protocol/manifest'
import { keepEmblem, useEmblem } from '#questions/kept-emblem.ts'

/** The department's emblem, where its round names one and it can be had: on the room's pages, and on what they print. */
export function Emblem({ emblem }: { emblem: Manifest['emblem'] | undefined }) {
  const picture = useEmblem(emblem)
  useEffect(() => {
    if (emblem) void keepEmblem(emblem)
  }, [emblem])
  return picture && picture !== 'looking' ? <img className="emblem" src={picture} alt="" /> : null
}
