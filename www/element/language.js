// In which language the element speaks, and its texts.

/** Texts by their English, where the page is in one of these. */
const languages = {
  ar: () => import("./lang/ar.js"),
  de: () => import("./lang/de.js"),
  es: () => import("./lang/es.js"),
  fr: () => import("./lang/fr.js"),
  hi: () => import("./lang/hi.js"),
  it: () => import("./lang/it.js"),
  ja: () => import("./lang/ja.js"),
  nl: () => import("./lang/nl.js"),
  pl: () => import("./lang/pl.js"),
  pt: () => import("./lang/pt.js"),
  zh: () => import("./lang/zh.js"),
};

/** A tag that `Intl` takes, or nothing: a browser may call its language "C". */
function languageTag(text) {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? "";
  } catch {
    return "";
  }
}

/** The page's language as it is said for this element, in the reader's variety of it. */
export function languageOf(element) {
  const reader = languageTag(globalThis.navigator?.language ?? []) || "en";
  let said = "";
  for (let node = element; node && !said; node = node.getRootNode().host) said = node.closest("[lang]")?.lang ?? "";
  const tag = languageTag(said);
  return !tag || reader.split("-")[0] === tag ? reader : tag;
}

export async function textsIn(language) {
  try {
    return (await languages[language.split("-")[0]]?.())?.default;
  } catch {
    // English is better than nothing.
    return undefined;
  }
}

/** Languages that are written from right to left. */
export const RTL = /^(ar|fa|he|ur)\b/;
