// Whoever asks for themself may let the browser fill in what it knows of them; nobody else's boxes are offered it.
// Without this, the birth date is typed by hand until the server has read for whom it is.
const own = document.querySelectorAll("[data-own]");

for (const whom of document.querySelectorAll("[name=for_whom]")) {
  whom.addEventListener("change", () => {
    for (const box of own) box.autocomplete = whom.value === "self" ? box.dataset.own : "off";
  });
}
