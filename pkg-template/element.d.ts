/** What a `meet-error` event carries. */
export interface MeetErrorDetail {
  code: "load-failed" | "refused";
  /** For people, in English. */
  message: string;
  /** Whether trying again can help. */
  retryable: boolean;
}

export interface MeetRecordingsEventMap {
  /** The recordings have taken over from the skeleton. */
  "meet-ready": CustomEvent<Record<string, never>>;
  /** Loading failed; the element shows why, with a button to retry. */
  "meet-error": CustomEvent<MeetErrorDetail>;
}

export declare class MeetRecordings extends HTMLElement {
  /** Registers the element; doing so twice, or where there are no custom elements, is harmless. */
  static define(tag?: string, registry?: CustomElementRegistry): typeof MeetRecordings;

  /** The meeting server's address, relative to the page. Attribute `server-url`. */
  serverUrl: string;

  /** When to load: near the viewport, or at once. Attribute `loading`. */
  loading: "lazy" | "eager";

  /** Settles when the program has mounted, or could not; a retry brings a new promise. */
  readonly ready: Promise<MeetRecordings>;

  addEventListener<K extends keyof MeetRecordingsEventMap>(
    type: K,
    listener: (this: MeetRecordings, event: MeetRecordingsEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "meet-recordings": MeetRecordings;
  }
}
