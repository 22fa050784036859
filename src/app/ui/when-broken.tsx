import { Component, type ReactNode } from 'react'

interface WhenBrokenProps {
  readonly children: ReactNode
  /** Stands there instead, when what is inside cannot be drawn. */
  readonly screen: ReactNode
  /** Where somebody is: at another place it is tried again. */
  readonly place?: string
}

interface State {
  readonly isBroken: boolean
  readonly place: string
}

/** A fault of ours, or a browser too old: nobody must look at a white page without knowing what to do. */
export class WhenBroken extends Component<WhenBrokenProps, State> {
  override state: State = { isBroken: false, place: '' }

  static getDerivedStateFromProps({ place = '' }: WhenBrokenProps, before: State): State | null {
    return place === before.place ? null : { isBroken: false, place }
  }

  static getDerivedStateFromError(): Pick<State, 'isBroken'> {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.screen : this.props.children
  }
}
