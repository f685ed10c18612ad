// Sends a request from the page it stands on: a lost connection then loses nothing, and Back leads to no second sending.
const form = document.querySelector("form[data-send]");
const lost = form.querySelector("[data-lost]");
let sending = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending) return;
  sending = true;
  lost.hidden = true;
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  } catch {
    sending = false;
    lost.hidden = false;
    lost.focus();
    return;
  }
  if (answer.redirected) location.replace(answer.url);
  // A page that says why not; the server takes the same request only once.
  else form.submit();
});
