export { MeetRecordings } from "./element.js";
export type { MeetErrorDetail } from "./element.js";
