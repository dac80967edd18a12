// Takes out of the compiled stylesheet what may not, or need not, be served: the Royal Arms
// on .govuk-footer__copyright-logo, and any rule that fetches a file we do not ship.
import { readFileSync, writeFileSync } from "node:fs";

const [from, to] = process.argv.slice(2);
let css = readFileSync(from, "utf8").replace(/^\uFEFF/, "").replace(/^@charset "UTF-8";/, "");

// Walks one level of blocks, so that nested @media and @supports are kept whole.
function blocks(text) {
  const found = [];
  let depth = 0, start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "{") depth++;
    if (text[i] === "}" && --depth === 0) {
      found.push(text.slice(start, i + 1));
      start = i + 1;
    }
  }
  found.push(text.slice(start));
  return found;
}

function keep(block) {
  const open = block.indexOf("{");
  const head = block.slice(0, open);
  if (head.includes("govuk-footer__copyright-logo") || head.includes("@font-face")) return "";
  if (/^\s*@(media|supports)/.test(head)) {
    const inside = blocks(block.slice(open + 1, -1)).map(keep).join("");
    return inside.trim() ? `${head}{${inside}}` : "";
  }
  return block.includes("url(") ? "" : block;
}

css = blocks(css).map(keep).join("");
for (const banned of ["url(", "crest", "@font-face", "GDS Transport"]) {
  if (css.includes(banned)) {
    console.error(`The stylesheet still holds “${banned}”.`);
    process.exit(1);
  }
}
writeFileSync(to, `@charset "UTF-8";${css.trim()}\n`);
