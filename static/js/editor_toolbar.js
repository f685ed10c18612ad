// Buttons that put the marks of our Markdown around or before what is chosen. Saving never needs them.
const box = document.querySelector("#id_body");
const bar = document.querySelector(".toolbar");

function put(text, from, to) {
  // Typed as if by hand, so that the browser's own undo takes it back.
  box.focus();
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (from !== undefined) box.setSelectionRange(from, to);
}

function around(before, words, after) {
  const start = box.selectionStart;
  const chosen = box.value.slice(start, box.selectionEnd) || words;
  put(before + chosen + after, start + before.length, start + before.length + chosen.length);
}

function lines(change) {
  const start = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const found = box.value.indexOf("\n", box.selectionEnd);
  const end = found < 0 ? box.value.length : found;
  box.setSelectionRange(start, end);
  put(box.value.slice(start, end).split("\n").map(change).join("\n"));
}

// The server counts letters, the browser halves of some.
function remember() {
  const place = document.querySelector("#id_insert-at");
  const said = document.querySelector("#insert-where");
  place.value = [...box.value.slice(0, box.selectionEnd)].length;
  said.textContent = said.dataset.here;
}

function open(name) {
  document.querySelector(".insert").open = true;
  document.querySelector(name).focus();
}

const marks = {
  heading: () => lines((line) => (/^##\s/.test(line) ? `#${line}` : `## ${line.replace(/^#+\s*/, "")}`)),
  bold: () => around("**", bar.dataset.words, "**"),
  list: () => lines((line) => (line.startsWith("- ") ? line.slice(2) : `- ${line}`)),
  link: () => open("#id_insert-link_words"),
  source: () => open("#id_insert-source"),
  picture: () => open("#id_insert-picture"),
  callout: () => {
    const start = box.selectionStart;
    const chosen = box.value.slice(start, box.selectionEnd) || bar.dataset.words;
    const text = `\n\n!!! info "${bar.dataset.title}"\n    ${chosen.replaceAll("\n", "\n    ")}\n\n`;
    put(text);
  },
};

if (box && bar) {
  bar.hidden = false;
  box.addEventListener("blur", remember);
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((each, place) => (each.tabIndex = place ? -1 : 0));
  bar.addEventListener("click", ({ target }) => marks[target.closest("button")?.dataset.mark]?.());
  bar.addEventListener("keydown", (key) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key.key];
    if (!step) return;
    key.preventDefault();
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    buttons.forEach((each) => (each.tabIndex = each === next ? 0 : -1));
    next.focus();
  });
}
