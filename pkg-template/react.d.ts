import type { ClassAttributes, HTMLAttributes, ReactElement } from "react";
import type {
  MeetRecordings as Element,
  MeetRecordingsAttributes,
  MeetRecordingsEventMap,
  MeetRecordingsProperties,
} from "./element.js";

type Pascal<Name extends string> = Name extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${Pascal<Rest>}`
  : Capitalize<Name>;

type EventFor<Name extends keyof MeetRecordingsEventMap> = MeetRecordingsEventMap[Name] & { currentTarget: Element };

/** `onMeetReady` and so on. */
export type MeetRecordingsListeners = {
  [Name in keyof MeetRecordingsEventMap as `on${Pascal<Name>}`]?: (event: EventFor<Name>) => void;
};

export interface MeetRecordingsProps
  extends Omit<HTMLAttributes<Element>, keyof MeetRecordingsProperties>,
    ClassAttributes<Element>,
    MeetRecordingsProperties,
    MeetRecordingsListeners {
  lang?: string;
}

/** `<meet-recordings>` with React's names. `ref` is the element; React 18 has none for it, but every event has `currentTarget`. */
export declare function MeetRecordings(props: MeetRecordingsProps): ReactElement;

/** The tag itself, as React 19 knows it: properties, attributes, and events as `onmeet-ready`. */
type Intrinsic = Omit<HTMLAttributes<Element>, keyof MeetRecordingsProperties> &
  ClassAttributes<Element> &
  Omit<MeetRecordingsAttributes, keyof MeetRecordingsProperties> &
  MeetRecordingsProperties & {
    [Name in keyof MeetRecordingsEventMap as `on${Name}`]?: (event: EventFor<Name>) => void;
  };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "meet-recordings": Intrinsic;
    }
  }
}
