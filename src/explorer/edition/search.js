// The search of an edition. It loads the small files of words and records that it needs, which
// lie beside it, and nothing else; what is typed stays here.
"use strict";
(() => {
  const form = document.getElementById("search");
  const input = document.getElementById("words");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const EACH = 30;
  const MOST_FILES = 12; // of words that begin as what is typed
  const ALONE = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]/u;
  const LETTERS = { "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t",
    "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss" };

  let index = null;
  const held = new Map(); // what was loaded, by its path
  const waiting = new Map();

  function load(path) {
    if (!held.has(path)) {
      held.set(path, new Promise((resolve, reject) => {
        waiting.set(path, resolve);
        const script = document.createElement("script");
        script.src = path;
        script.onerror = () => { held.delete(path); reject(new Error(path)); };
        document.head.append(script);
      }));
    }
    return held.get(path);
  }
  function come(path, what) {
    const resolve = waiting.get(path);
    waiting.delete(path);
    if (resolve) resolve(what);
  }
  window.explorerIndex = (what) => come("search/index.js", what);
  window.explorerWords = (number, what) => come(`search/words-${number}.js`, new Map(Object.entries(what)));
  window.explorerRecords = (number, what) => come(`search/records-${number}.js`, what);

  // As the program itself takes words apart: no case, no accents; Chinese by the character.
  function wordsIn(text) {
    let apart = "";
    for (const char of text.normalize("NFKD").toLowerCase()) {
      const plain = LETTERS[char] || char;
      if (/\p{M}/u.test(plain)) continue;
      if (ALONE.test(plain)) apart += ` ${plain} `;
      else apart += /[\p{L}\p{N}]/u.test(plain) ? plain : " ";
    }
    return [...new Set(apart.split(" ").filter(Boolean).map((word) => word.slice(0, 40)))];
  }
  window.explorerWordsIn = wordsIn;

  function before(one, other) { // in the order of code points, as the files are
    const a = [...one], b = [...other];
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      const gap = a[at].codePointAt(0) - b[at].codePointAt(0);
      if (gap) return gap < 0;
    }
    return a.length < b.length;
  }
  function filesOf(word) { // those with words that begin so
    let first = 0;
    while (first + 1 < index.words.length && !before(word, index.words[first + 1])) first += 1;
    let last = first;
    while (last + 1 < index.words.length && index.words[last + 1].startsWith(word)) last += 1;
    // A word that a file begins with may be in that alone: the one before is looked at too.
    const numbers = [];
    for (let at = first; at <= last && numbers.length < MOST_FILES; at += 1) numbers.push(at);
    return numbers;
  }
  function unpacked(text) {
    let sum = 0;
    return text.split(" ").map((part) => { sum += parseInt(part, 36); return sum; });
  }
  async function scores(word) {
    const scored = new Map();
    const files = await Promise.all(filesOf(word).map((n) => load(`search/words-${n}.js`)));
    const isWhole = [...word].length < 2 && !ALONE.test(word);
    for (const file of files) {
      for (const [other, packed] of file) {
        if (other !== word && (isWhole || !other.startsWith(word))) continue;
        for (const number of unpacked(packed)) {
          const isNamed = number & 1;
          // Who types “tariff” means the issue “Tariffs” before all that has the word in its name.
          const isExact = other === word || (isNamed && number >> 1 < index.main);
          const score = (isExact ? 2 : 1) + (isNamed ? 3 : 0);
          if ((scored.get(number >> 1) || 0) < score) scored.set(number >> 1, score);
        }
      }
    }
    return scored;
  }
  async function search(words) {
    let all = null;
    for (const word of words) {
      const scored = await scores(word);
      if (all === null) { all = scored; continue; }
      for (const [record, score] of all) {
        if (scored.has(record)) all.set(record, score + scored.get(record));
        else all.delete(record);
      }
    }
    return [...(all || [])].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([record]) => record);
  }

  let asked = 0;
  let listed = [];
  async function show(from) {
    const turn = asked;
    const part = listed.slice(from, from + EACH);
    const files = await Promise.all(part.map((n) => load(`search/records-${Math.floor(n / index.each)}.js`)));
    if (turn !== asked) return;
    if (from === 0) results.replaceChildren();
    part.forEach((number, at) => {
      const [kind, name, title, day] = files[at][number % index.each];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${kind}/${name}.html`;
      link.textContent = title;
      const what = document.createElement("span");
      what.className = "quiet";
      what.textContent = [index.kinds[kind], day].filter(Boolean).join(" · ");
      item.append(link, what);
      results.append(item);
    });
    more.hidden = from + EACH >= listed.length;
    more.dataset.from = from + EACH;
    results.setAttribute("aria-busy", "false");
  }
  async function ask() {
    const turn = (asked += 1);
    const words = wordsIn(input.value);
    results.setAttribute("aria-busy", "true");
    try {
      if (!words.length) {
        results.setAttribute("aria-busy", "false");
        listed = [];
        results.replaceChildren();
        found.textContent = "";
        more.hidden = true;
        return;
      }
      index = await load("search/index.js");
      const records = await search(words);
      if (turn !== asked) return;
      listed = records;
      const number = listed.length.toLocaleString("en");
      const one = listed.length === 1 ? "1 record" : `${number} records`;
      const none = words.length > 1 ? "No record has all of these words." : "No record has this word.";
      found.textContent = listed.length ? one : `${none} Words are found by their beginning.`;
      await show(0);
    } catch (error) {
      found.textContent = `A file of the search is missing: ${error.message}. “Records” leads to everything.`;
      results.setAttribute("aria-busy", "false");
    }
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  input.addEventListener("input", () => {
    history.replaceState(null, "", `#${encodeURIComponent(input.value)}`);
    ask();
  });
  more.addEventListener("click", () => show(Number(more.dataset.from)));
  function fromAddress() {
    try { input.value = decodeURIComponent(location.hash.slice(1)); } catch { input.value = ""; }
    ask();
  }
  window.addEventListener("hashchange", fromAddress);
  if (location.hash) fromAddress();
  else input.focus();
})();
