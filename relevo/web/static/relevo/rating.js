// Sends the answer that was chosen in a mail, once somebody is here. Without it, or without a sign, the button does.
//
// Programs open the links of a mail, some in a browser that runs scripts. Time alone is therefore no sign, nor is the
// focus, which a browser without a screen has as well: somebody has to move, touch, turn a wheel or press a key.

const form = document.querySelector("form[data-sends-itself]");
const SETTLED_MS = 700;
const PLACES = 3;
const places = new Set();
const began = performance.now();
let isSent = false;

const show = (took) => {
  const told = document.querySelector(took === "kept" ? "[data-kept]" : "[data-press]");
  if (told) told.hidden = false;
};

/** Whether this is a page that somebody looks at, in a browser that no program steers. */
const isLookedAt = () =>
  !navigator.webdriver && document.visibilityState === "visible" && document.hasFocus() &&
  performance.now() - began > SETTLED_MS;

const isSign = (event) => {
  if (!event.isTrusted || !isLookedAt()) return false;
  if (event.type !== "pointermove") return true;
  places.add(`${event.clientX},${event.clientY}`);
  return places.size >= PLACES;
};

const send = async () => {
  const told = new FormData(form);
  told.set("how", "moved");
  try {
    const answer = await fetch(location.href, { method: "POST", body: told, keepalive: true });
    if (answer.ok) show((await answer.json()).took);
  } catch {
    // Nothing was kept: the button is still there.
  }
};

const notice = (event) => {
  // Whoever is at the form answers with its button.
  if (isSent || form.contains(event.target) || !isSign(event)) return;
  isSent = true;
  send();
};

if (form) {
  for (const type of ["pointermove", "pointerdown", "wheel", "touchmove", "keydown"]) {
    document.addEventListener(type, notice, { passive: true });
  }
}
