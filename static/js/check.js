// Comforts on the steps of the check. Everything works without them: the server asks again where answers disagree.
document.querySelector(".error-summary")?.focus();

for (const group of document.querySelectorAll("fieldset")) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  group.addEventListener("change", ({ target }) => {
    if (!target.checked) return;
    for (const box of boxes) {
      // An emergency sign stays ticked whatever is ticked after it.
      const disagrees = "alone" in target.dataset || "alone" in box.dataset;
      if (box !== target && disagrees && !("outweighs" in box.dataset)) box.checked = false;
    }
  });
}
