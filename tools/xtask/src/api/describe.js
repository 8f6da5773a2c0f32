// Behind the text of www/meet-recordings.js: what its class has, for tools/xtask/src/api/drift.rs.
const accessors = {};
const methods = [];
for (const [name, it] of Object.entries(Object.getOwnPropertyDescriptors(MeetRecordings.prototype))) {
  if (typeof it.value === "function") methods.push(name);
  else accessors[name] = it.get && it.set ? "read-write" : it.get ? "read-only" : "write-only";
}
const ofEveryFunction = ["length", "name", "prototype"];
const statics = Object.getOwnPropertyNames(MeetRecordings).filter((name) => !ofEveryFunction.includes(name));
const { observedAttributes } = MeetRecordings;
process.stdout.write(JSON.stringify({ observedAttributes, accessors, methods, statics }));
