// Text from Word or a web page becomes our Markdown: headings, lists, bold and links stay, all else goes.
// The pasted HTML is only read, in a document of its own that is never shown.
const box = document.querySelector("#id_body");
const said = document.querySelector("#paste-said");
const LONGEST = 60_000;
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "BLOCKQUOTE", "TABLE", "TR", "UL", "OL", "LI", "BODY",
  "H1", "H2", "H3", "H4", "H5", "H6", "HEADER", "FOOTER", "MAIN", "FIGURE", "DL", "DT", "DD", "PRE"]);
const SILENT = new Set(["STYLE", "SCRIPT", "TITLE", "META", "LINK", "IMG", "SVG", "TEMPLATE", "IFRAME", "OBJECT",
  // What its writer took out: changes that Word keeps track of, and words struck through.
  "DEL", "S", "STRIKE"]);

const tidy = (text) => text.replace(/[ \t\n\r\u00a0]+/g, " ");
const bare = (text) => tidy(text).replace(/([\\`*_[\]<>])/g, "\\$1");

// Word puts the bullet or number of an item in front of it, marked as not a part of its words.
const isMark = (node) => /mso-list:\s*ignore/i.test(node.dataset?.style ?? "");
const isSilent = (node) => SILENT.has(node.tagName) || /line-through/.test(node.dataset?.style ?? "");

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return bare(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || isSilent(node) || isMark(node)) return "";
  if (node.tagName === "BR") return " ";
  // Bold words that follow one another are bold together.
  const words = [...node.childNodes].map(inline).join("").replace(/\*\*(\s*)\*\*/g, "$1");
  if (!words.trim()) return words;
  const [, before, inner, after] = words.match(/^(\s*)(.*?)(\s*)$/s);
  const weight = /(?:^|;)\s*font-weight:\s*(normal|bold|\d+)/.exec(node.dataset?.style ?? "")?.[1];
  const heavy = weight === "bold" || Number(weight) >= 600;
  const bold = heavy || (["B", "STRONG"].includes(node.tagName) && weight === undefined);
  if (bold && !inner.startsWith("**")) return `${before}**${inner}**${after}`;
  if (node.tagName === "A") {
    const place = address(node.getAttribute("href") ?? "");
    return place ? `${before}[${inner}](${place})${after}` : words;
  }
  return words;
}

function address(href) {
  if (!/^(https?:\/\/|\/(?!\/)|mailto:)/i.test(href)) return "";
  const place = new URL(href, location.origin);
  const own = place.origin === location.origin;
  return (own ? place.pathname + place.hash : place.href).replaceAll("(", "%28").replaceAll(")", "%29");
}

// Word writes lists as paragraphs; what it calls its marks may come without that name.
function wordItem(node) {
  const style = node.dataset.style ?? "";
  if (!/mso-list:/.test(style) && !/MsoListParagraph/.test(node.className)) return null;
  const words = tidy(inline(node)).trim();
  const level = Number(/level(\d)/.exec(style)?.[1] ?? 1);
  const mark = [...node.querySelectorAll("[data-style]")].find(isMark);
  const numbered = mark ? /^\(?\w+[.)]/.test(mark.textContent.trim()) : /^\(?(\d+|[a-z])[.)]\s/i.test(words);
  const text = mark ? words : words.replace(/^(?:[·•o§▪‣–-]|\\?[*]|\(?(?:\d+|[a-zA-Z])[.)])\s*/, "");
  return "    ".repeat(level - 1) + (numbered ? "1. " : "- ") + text.trim();
}

function list(node, depth) {
  let number = 0;
  const out = [];
  for (const item of node.children) {
    if (["UL", "OL"].includes(item.tagName)) out.push(list(item, depth + 1));
    if (item.tagName !== "LI") continue;
    number += 1;
    const mark = node.tagName === "OL" ? `${number}. ` : "- ";
    const inner = [...item.childNodes].filter((each) => !["UL", "OL"].includes(each.tagName)).map(inline).join("");
    out.push("    ".repeat(depth) + mark + tidy(inner).trim());
    for (const below of item.children) if (["UL", "OL"].includes(below.tagName)) out.push(list(below, depth + 1));
  }
  return out.filter(Boolean).join("\n");
}

function table(node) {
  const rows = [...node.rows].map((row) => [...row.cells].map((cell) => inline(cell).trim().replaceAll("|", "\\|")));
  if (rows.length < 2 || rows[0].length < 2) return rows.flat().filter(Boolean).join("\n\n");
  const wide = rows[0].length;
  const line = (cells) => `| ${Array.from({ length: wide }, (_, place) => cells[place] ?? "").join(" | ")} |`;
  return [line(rows[0]), line(Array(wide).fill("---")), ...rows.slice(1).map(line)].join("\n");
}

function blocks(node, out) {
  let loose = "";
  const flush = () => {
    if (loose.trim()) out.push(["p", loose.trim()]);
    loose = "";
  };
  for (const child of node.childNodes) {
    const name = child.tagName;
    if (isSilent(child)) continue;
    if (!BLOCKS.has(name) && !(child.nodeType === Node.ELEMENT_NODE && [...child.querySelectorAll("*")].some((each) => BLOCKS.has(each.tagName)))) {
      loose += inline(child);
      continue;
    }
    flush();
    if (/^H[1-6]$/.test(name)) {
      const level = Math.min(Math.max(Number(name[1]), 2), 4);
      const words = inline(child).replaceAll("**", "").trim();
      if (words) out.push(["p", `${"#".repeat(level)} ${words}`]);
    } else if (["UL", "OL"].includes(name)) out.push(["p", list(child, 0)]);
    else if (name === "TABLE") out.push(["p", table(child)]);
    else if (name === "P" && wordItem(child)) out.push(["item", wordItem(child)]);
    else if (name === "P") out.push(["p", inline(child).trim()]);
    else blocks(child, out);
  }
  flush();
  return out;
}

function markdown(html) {
  // Styles say what is bold and what is a list; under another name they stay words, and our policy is not asked.
  // The sheets of styles say nothing that we keep.
  const quiet = html.replace(/<style\b[^]*?(?:<\/style\s*>|$)/gi, "")
    .replace(/<[^<>]*>/g, (tag) => tag.replace(/([\s"'/])style(\s*=)/gi, "$1data-style$2"));
  const read = new DOMParser().parseFromString(quiet, "text/html");
  // Word's own hidden bullets stand between comments that only Word reads.
  const found = blocks(read.body, []).filter(([, words]) => words);
  return found.map(([kind, words], place) => {
    const close = kind === "item" && found[place + 1]?.[0] === "item";
    return words + (place + 1 === found.length ? "" : close ? "\n" : "\n\n");
  }).join("");
}

box?.addEventListener("paste", (paste) => {
  const html = paste.clipboardData?.getData("text/html") ?? "";
  const plain = paste.clipboardData?.getData("text/plain") ?? "";
  if (Math.max(html.length / 10, plain.length) + box.value.length > LONGEST) {
    paste.preventDefault();
    said.textContent = said.dataset.long;
    return;
  }
  if (!/<(h[1-6]|p|li|ul|ol|b|strong|a|table|div)\b/i.test(html)) return;
  const words = markdown(html);
  if (!words) return;
  const before = box.value.slice(0, box.selectionStart);
  const after = box.value.slice(box.selectionEnd);
  const isBlock = /\n|^(#|- |1\. |\|)/.test(words);
  const text = (isBlock && /[^\n]$/.test(before) ? "\n\n" : "") + words + (isBlock && /^[^\n]/.test(after) ? "\n\n" : "");
  paste.preventDefault();
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  said.textContent = said.dataset.done;
});
