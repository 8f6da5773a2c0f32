/** What can be the program: where it is, an answer to a request for it, or itself. */
export type WasmSource = string | URL | Response | WebAssembly.Module;

export interface LoaderOptions {
  /**
   * The file `meet-recordings/wasm` of this version. An address as text is relative to the page. A `Response` can be read
   * once only, so a failed load cannot be tried again.
   */
  wasm: WasmSource | Promise<WasmSource>;
}

/** To be called before the first element is in a page; later calls count for a load that is tried again. */
export declare function configure(options: LoaderOptions): void;
