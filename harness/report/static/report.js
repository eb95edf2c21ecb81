"use strict";
/* What the page does beyond showing itself: unpack what is compressed, filter the matrix, open the case that the address
   names, draw its graph, copy its scripts. */

(() => {
  const unpacked = new WeakMap(); // by element, the promise that it is

  function unpack(element) {
    if (!unpacked.has(element)) unpacked.set(element, unpackNow(element));
    return unpacked.get(element);
  }

  async function unpackNow(element) {
    const packed = element.querySelector("script.packed");
    if (!packed) return;
    const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    element.innerHTML = await new Response(stream).text();
    offerCopies(element);
  }

  function unpackAll(selector, inside = document) {
    return Promise.all(Array.from(inside.querySelectorAll(selector), unpack));
  }

  function drawGraph(details) {
    const figure = details.querySelector("figure.graph[hidden]");
    if (!figure) return;
    crossgradGraph.draw(figure);
    details.querySelector(".steps").open = false; // the picture stands in its place
  }

  async function openNamed() {
    const name = location.hash.slice(1);
    const topic = name.split("/")[1];
    if (topic) await unpackAll(`[data-topic="${CSS.escape(topic)}"]`);
    const named = document.getElementById(name);
    if (!named) return;
    for (let details = named.closest("details"); details; details = details.parentElement.closest("details")) {
      details.open = true;
    }
    const details = named.closest("details");
    if (details?.matches(".case")) drawGraph(details);
    if (details) (details.matches(".case") ? details : named).scrollIntoView();
  }

  // Events of `toggle` do not rise, but they can be caught on their way down.
  document.addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    if (target.matches("details.case")) drawGraph(target);
    if (target.matches("details.topic")) unpackAll("[data-topic]", target);
  }, true);

  function offerCopies(element) {
    if (!navigator.clipboard) return; // not offered where it cannot work
    for (const button of element.querySelectorAll("button.copy")) {
      button.hidden = false;
      button.addEventListener("click", () => copy(button));
    }
  }

  async function copy(button) {
    const code = button.closest("figure").querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code); // the browser refuses: the next key can do it
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  }

  async function filter(text, status) {
    const words = text.toLowerCase().split(/[\s,]+/).filter(Boolean);
    if (words.length) await unpackAll("#matrix [data-topic]");
    let found = 0;
    for (const topic of document.querySelectorAll("#matrix details.topic")) {
      let inTopic = 0;
      for (const body of topic.querySelectorAll("tbody")) {
        let inBody = 0;
        for (const row of body.querySelectorAll("tr:not(.op)")) {
          const said = `${row.querySelector("a").hash} ${row.textContent}`.toLowerCase();
          row.hidden = !words.every((word) => said.includes(word));
          inBody += !row.hidden;
        }
        body.hidden = !inBody;
        inTopic += inBody;
      }
      topic.hidden = words.length > 0 && !inTopic;
      if (words.length && inTopic) topic.open = true;
      found += inTopic;
    }
    status.textContent = words.length ? `${found} cases` : "";
  }

  const box = document.querySelector(".filter");
  const status = box.querySelector("[role=status]");
  let waiting;
  box.hidden = false;
  box.querySelector("input").addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => filter(target.value, status), 200); // once the typing pauses
  });

  offerCopies(document);
  window.addEventListener("hashchange", openNamed);
  openNamed();
})();
