// The least that shows a film: what the player is measured against.
"use strict";

/** CSS pixels, as wide as the player's picture in the same window. */
const WIDTH = 1086;

let video = null;

const bare = {
  open(url) {
    video = document.createElement("video");
    video.width = WIDTH;
    document.body.append(video);
    video.src = url;
    video.play();
  },
  seek(seconds) {
    video.currentTime = seconds;
  },
  close() {
    video.pause();
    video.removeAttribute("src");
    video.load();
    video.remove();
  },
};
