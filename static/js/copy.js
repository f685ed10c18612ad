// Copies the words of a block with one press. Without this, they can be selected by hand.
"use strict";
for (const block of document.querySelectorAll("[data-copy]:not([data-ready])")) {
  const words = block.querySelector("textarea");
  const button = block.querySelector("button");
  const said = block.querySelector("[role=status]");
  block.dataset.ready = "";
  button.hidden = false;
  words.addEventListener("focus", () => words.select());
  button.addEventListener("click", async () => {
    words.select();
    try {
      await navigator.clipboard.writeText(words.value);
    } catch {
      document.execCommand("copy");
    }
    said.textContent = block.dataset.copied;
  });
}
