// The page in the frame. It is the meeting server's own, so its element needs no address and no CORS. What a browser
// still keeps back from a frame on another site are cookies, until people say that they want that site here.

const element = document.querySelector("meet-recordings");
const question = document.querySelector(".notice");

async function lacksCookies() {
  return window.top !== window && document.hasStorageAccess && !(await document.hasStorageAccess());
}

element.addEventListener("meet-auth-required", async () => {
  question.hidden = !(await lacksCookies());
});

element.addEventListener("meet-load", () => {
  question.hidden = true;
});

// Browsers take the request only from a click.
question.querySelector("button").addEventListener("click", async () => {
  try {
    await document.requestStorageAccess();
    await element.refresh();
  } catch {
    question.querySelector("p").textContent = "The browser does not allow it. Sign in here, or open the recordings in a tab of their own.";
  }
});
