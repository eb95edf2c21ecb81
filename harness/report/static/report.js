"use strict";
/* What the page does beyond showing itself: open the case that the address names, draw its graph, copy its scripts. */

(() => {
  function drawGraph(details) {
    const figure = details.querySelector("figure.graph[hidden]");
    if (!figure) return;
    crossgradGraph.draw(figure);
    details.querySelector(".steps").open = false; // the picture stands in its place
  }

  function openNamedCase() {
    const named = document.getElementById(location.hash.slice(1));
    const details = named?.closest("details");
    if (!details) return;
    details.open = true;
    if (details.matches(".case")) drawGraph(details);
    (details.matches(".case") ? details : named).scrollIntoView();
  }

  for (const details of document.querySelectorAll("details.case")) {
    details.addEventListener("toggle", () => details.open && drawGraph(details));
  }

  for (const button of document.querySelectorAll("button.copy")) {
    if (!navigator.clipboard) break; // not offered where it cannot work
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.closest("figure").querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code); // the browser refuses: the next key can do it
        button.textContent = "Selected";
      }
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
  }

  window.addEventListener("hashchange", openNamedCase);
  openNamedCase();
})();
