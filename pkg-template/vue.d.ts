import type { EmitFn, HTMLAttributes } from "vue";
import type { MeetRecordings, MeetRecordingsEventMap, MeetRecordingsProperties } from "./element.js";

export * from "./index.js";

type Emits = { [Name in keyof MeetRecordingsEventMap]: (event: MeetRecordingsEventMap[Name]) => void };

/** As templates know it: `server-url` or `serverUrl`, `:fetchToken.prop`, `@meet-ready`. */
type Component = new () => MeetRecordings & {
  /** @deprecated For templates only; the element has no such property. */
  $props: MeetRecordingsProperties & Omit<HTMLAttributes, keyof MeetRecordingsProperties>;
  /** @deprecated For templates only; the element has no such method. */
  $emit: EmitFn<Emits>;
};

declare module "vue" {
  interface GlobalComponents {
    "meet-recordings": Component;
  }
}
