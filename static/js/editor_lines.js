// A finding leads to its line in the box where it is mended. Without this, it leads to the text with line numbers.
const box = document.querySelector("#id_body") ?? document.querySelector("#id_whole");

function choose(line) {
  const before = box.value.split("\n").slice(0, line - 1).join("\n");
  const start = line > 1 ? before.length + 1 : 0;
  const found = box.value.indexOf("\n", start);
  box.focus();
  box.setSelectionRange(start, found < 0 ? box.value.length : found);
  // The browser scrolls the page to the box; the box itself must show the line.
  box.scrollTop = (box.scrollHeight * (line - 3)) / box.value.split("\n").length;
}

document.querySelector(".findings")?.addEventListener("click", (click) => {
  const link = click.target.closest("a");
  const field = link && !link.hash.startsWith("#line-") && document.querySelector(link.hash);
  const line = Number(link?.dataset.line);
  if (!field && !(box && line > 0)) return;
  click.preventDefault();
  if (field) {
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  } else choose(line);
});

// A finding of the review leads here from another page.
const wanted = /^#line-(\d+)$/.exec(location.hash);
if (box && wanted) choose(Number(wanted[1]));
else document.querySelector("#problem")?.focus();
