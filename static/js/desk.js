// Says politely when something new has come in. Asks for bare counts only, stops when signed out, and reloads nothing.
const main = document.querySelector("[data-counts]");
const news = main?.querySelector("[data-news]");
const SECONDS = 30;
let said = "";

function say(kind) {
  if (said === kind) return;
  said = kind;
  news.replaceChildren(main.querySelector(`[data-${kind}-words]`).content.cloneNode(true));
}

// "1,000+" counts as one more than a thousand.
const number = (words) => parseInt(words.replace(",", ""), 10) + (words.endsWith("+") ? 1 : 0);
const overdue = () => number(main.querySelector("[data-tab=overdue]").dataset.count);

async function look() {
  let answer;
  try {
    answer = document.hidden ? null : await fetch(main.dataset.counts, { headers: { Accept: "application/json" } });
  } catch {
    // The line is down; the next look tries again.
  }
  if (answer && !answer.ok && answer.status < 500) return;
  if (answer?.ok) {
    const { newest, counts } = await answer.json();
    if (newest > Number(main.dataset.newest)) say("news");
    else if (!main.dataset.filtered && number(counts.overdue) > overdue()) say("overdue");
  }
  setTimeout(look, SECONDS * 1000);
}

if (news) setTimeout(look, SECONDS * 1000);
