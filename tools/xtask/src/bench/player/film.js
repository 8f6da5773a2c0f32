// Put into every page before anything of its own runs. Notes when somebody clicks or presses a key, when a video is
// given something to play or is sent elsewhere, and when the picture that comes of it is shown. Knows not whose video it is.
(() => {
  "use strict";

  /** ms. */
  const PATIENCE = 30_000;
  /** Seconds by which the picture may miss the place that was sought. */
  const NEAR = 0.5;

  /** ms, on the page's clock: the last click or key. */
  let input = 0;
  for (const type of ["click", "keydown"]) {
    addEventListener(type, (event) => {
      if (event.isTrusted) input = event.timeStamp;
    }, { capture: true, passive: true });
  }

  let video = null;
  let expected = Promise.withResolvers();

  /** Waits until a frame is shown that fits; `fits` is told its place in the film, in seconds. */
  const wait = (fits) => {
    const set = performance.now();
    const look = (_, { mediaTime, presentationTime }) => {
      if (fits(mediaTime)) expected.resolve({ input, set, shown: presentationTime });
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  };

  const before = (name, note) => {
    const property = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, name);
    Object.defineProperty(HTMLMediaElement.prototype, name, {
      ...property,
      set(value) {
        video = this;
        note(value);
        property.set.call(this, value);
      },
    });
  };
  before("src", () => wait(() => true));
  before("currentTime", (wanted) => wait((at) => Math.abs(at - wanted) < NEAR));

  globalThis.film = {
    /** What `shown` tells is what comes from now on. */
    expect: () => {
      expected = Promise.withResolvers();
      const { reject } = expected;
      setTimeout(() => reject(new Error(`no picture within ${PATIENCE / 1000} s`)), PATIENCE);
      // Told by `shown`.
      expected.promise.catch(() => {});
    },
    /** When the click or key came, when the video was told, when the picture was there: ms on the page's clock. */
    shown: () => expected.promise,
    isBuffered: (seconds) => {
      const { buffered } = video;
      const parts = Array.from({ length: buffered.length }, (_, at) => [buffered.start(at), buffered.end(at)]);
      return parts.some(([start, end]) => start <= seconds && seconds <= end);
    },
  };
})();
