import type { JSX } from "solid-js";
import type {
  MeetRecordings,
  MeetRecordingsAttributes,
  MeetRecordingsEventMap,
  MeetRecordingsProperties,
} from "./element.js";

export * from "./index.js";

type Intrinsic = Omit<JSX.HTMLAttributes<MeetRecordings>, keyof MeetRecordingsAttributes> &
  MeetRecordingsAttributes & {
    [Name in keyof MeetRecordingsProperties as `prop:${Name}`]?: MeetRecordingsProperties[Name];
  } & {
    [Name in keyof MeetRecordingsEventMap as `on:${Name}`]?: (event: MeetRecordingsEventMap[Name]) => void;
  };

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "meet-recordings": Intrinsic;
    }
  }
}
