// The preview follows what is typed, and leaving with unsaved text asks first. Without this, the button above it shows it.
const form = document.querySelector("#document");
const frame = document.querySelector("#preview");
const said = document.querySelector("#preview-said");
const button = form?.querySelector("[formtarget=preview]");
const PAUSE = 600;
let timer = 0;
let latest = 0;
let saved = true;

function show(html) {
  // Our own server made this page; it replaces the middle of the one that stands there, so the place is kept.
  const made = new DOMParser().parseFromString(html, "text/html");
  const now = frame.contentDocument;
  const [old, fresh] = [now?.querySelector(".page"), made.querySelector(".page")];
  if (!old || !fresh) return;
  const top = now.documentElement.scrollTop;
  now.documentElement.lang = made.documentElement.lang;
  old.replaceWith(now.adoptNode(fresh));
  now.documentElement.scrollTop = top;
}

async function refresh() {
  const mine = ++latest;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (mine !== latest) return;
    const lost = answer.redirected || !answer.ok;
    said.textContent = lost ? said.dataset.lost : "";
    if (!lost) show(await answer.text());
  } catch {
    said.textContent = said.dataset.lost;
  }
}

if (form && frame && button) {
  button.hidden = true;
  form.addEventListener("input", ({ target }) => {
    if (target.name === "width") return;
    saved = false;
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.formTarget !== "preview") saved = true;
  });
  addEventListener("beforeunload", (leaving) => {
    if (!saved) leaving.preventDefault();
  });
  // A form that came back with an error, or from a sign-in, holds more than what is saved.
  if (form.dataset.typed) {
    saved = false;
    frame.addEventListener("load", refresh, { once: true });
    if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.querySelector(".page")) refresh();
  }
}
