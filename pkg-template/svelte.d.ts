import type { HTMLAttributes } from "svelte/elements";
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

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "meet-recordings": Intrinsic;
  }
}
