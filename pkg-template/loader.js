// Where the program comes from, for pages that keep it elsewhere than beside this module.
import { source } from "./element.js";

export function configure({ wasm }) {
  source.wasm = () => wasm;
}
