// Registers <meet-recordings>. For the class alone, import "meet-recordings/element".
import { MeetRecordings } from "./element.js";

MeetRecordings.define();

export { MeetRecordings };
