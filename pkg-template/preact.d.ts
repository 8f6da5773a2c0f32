import type { HTMLAttributes } from "preact";
import type {
  MeetRecordings,
  MeetRecordingsAttributes,
  MeetRecordingsEventMap,
  MeetRecordingsProperties,
} from "./element.js";

export * from "./index.js";

type Intrinsic = Omit<HTMLAttributes<MeetRecordings>, keyof MeetRecordingsProperties> &
  Omit<MeetRecordingsAttributes, keyof MeetRecordingsProperties> &
  MeetRecordingsProperties & {
    [Name in keyof MeetRecordingsEventMap as `on${Name}`]?: (event: MeetRecordingsEventMap[Name]) => void;
  };

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "meet-recordings": Intrinsic;
    }
  }
}
