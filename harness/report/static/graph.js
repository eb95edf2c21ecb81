"use strict";
/* Draws a program's graph: dagre decides where the nodes stand, this file makes the SVG. Texts enter as text nodes only. */

const crossgradGraph = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const PADDING = 10;
  const LINE_HEIGHT = 15;
  const LONGEST_DETAIL = 44;
  let drawn = 0;
  const MEANINGS = {
    input: "input",
    constant: "constant input",
    op: "op",
    cast: "cast (slanted)",
    stop: "stops the gradient (cut corners)",
    gradient: "gradient as a value (round)",
    host: "host array",
  };

  function element(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const shortened = (text) => (text.length > LONGEST_DETAIL ? text.slice(0, LONGEST_DETAIL - 1) + "…" : text);

  function lines(node) {
    const detail = { class: "detail", text: shortened(node.detail) };
    const notes = node.notes.map((note) => ({ class: "notes", text: note }));
    return [{ class: "name", text: node.name }, detail, ...notes];
  }

  function shape(kind, width, height) {
    const [x, y] = [width / 2, height / 2];
    const outline = (points) => element("polygon", { class: "shape", points: points.map((p) => p.join(",")).join(" ") });
    switch (kind) {
      case "cast":
        return outline([[-x + 8, -y], [x + 8, -y], [x - 8, y], [-x - 8, y]]);
      case "stop":
        return outline([[-x + 8, -y], [x - 8, -y], [x, -y + 8], [x, y - 8], [x - 8, y], [-x + 8, y], [-x, y - 8], [-x, -y + 8]]);
      default: {
        const radius = { input: 3, constant: 3, gradient: y }[kind] ?? 8;
        return element("rect", { class: "shape", x: -x, y: -y, width, height, rx: radius });
      }
    }
  }

  function layout(graph, across) {
    const ruler = document.createElement("canvas").getContext("2d");
    ruler.font = "bold 12px monospace";
    const placed = new dagre.graphlib.Graph();
    placed.setGraph({ rankdir: across ? "LR" : "TB", nodesep: 18, ranksep: 34, marginx: 12, marginy: 12 });
    placed.setDefaultEdgeLabel(() => ({}));
    for (const node of graph.nodes) {
      const texts = lines(node);
      const width = Math.max(...texts.map((line) => ruler.measureText(line.text).width)) * 1.06 + 2 * PADDING;
      placed.setNode(node.name, { width, height: texts.length * LINE_HEIGHT + PADDING });
    }
    for (const edge of graph.edges) placed.setEdge(edge.source, edge.target, { recorded: edge.recorded });
    dagre.layout(placed);
    return placed;
  }

  /* A smooth line through dagre's points: quadratic pieces from middle to middle. */
  function path(points) {
    const middle = (a, b) => `${(a.x + b.x) / 2},${(a.y + b.y) / 2}`;
    let text = `M${points[0].x},${points[0].y}`;
    for (let i = 1; i < points.length - 1; i += 1) {
      const to = i === points.length - 2 ? `${points[i + 1].x},${points[i + 1].y}` : middle(points[i], points[i + 1]);
      text += `Q${points[i].x},${points[i].y} ${to}`;
    }
    return text;
  }

  function drawNode(node, place) {
    const style = ["node", node.kind, node.recorded ? "" : "unrecorded", node.root ? "root" : ""].join(" ");
    const group = element("g", { class: style, transform: `translate(${place.x},${place.y})` });
    group.append(element("title", {}, `${node.name}: ${node.detail}`), shape(node.kind, place.width, place.height));
    const texts = lines(node);
    texts.forEach((line, i) => {
      const y = (i - (texts.length - 1) / 2) * LINE_HEIGHT + 4;
      group.append(element("text", { class: line.class, x: 0, y, "text-anchor": "middle" }, line.text));
    });
    return group;
  }

  function caption(graph) {
    const kinds = new Set(graph.nodes.map((node) => node.kind));
    const parts = Object.keys(MEANINGS).filter((kind) => kinds.has(kind)).map((kind) => MEANINGS[kind]);
    if (graph.nodes.some((node) => node.root)) parts.push("thick: differentiation starts here");
    if (graph.edges.some((edge) => !edge.recorded)) parts.push("dashed: no gradient comes back this way");
    return parts.join(" · ");
  }

  /* Fill `figure` with the drawing of the JSON that it holds. */
  function draw(figure) {
    const graph = JSON.parse(figure.querySelector("script").textContent);
    const frame = figure.querySelector(".scroll");
    figure.hidden = false;
    let placed = layout(graph, true);
    if (placed.graph().width > frame.clientWidth) {
      const down = layout(graph, false);
      if (down.graph().width <= frame.clientWidth && down.graph().height < 900) placed = down;
    }
    const { width, height } = placed.graph();
    const arrow = `arrow-${(drawn += 1)}`;
    const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    const marker = element("marker", { id: arrow, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" });
    marker.append(element("path", { class: "arrow", d: "M0,0L8,4L0,8z" }));
    svg.append(marker);
    for (const edge of placed.edges()) {
      const { points, recorded } = placed.edge(edge);
      const style = recorded ? "edge" : "edge unrecorded";
      svg.append(element("path", { class: style, d: path(points), "marker-end": `url(#${arrow})` }));
    }
    for (const node of graph.nodes) svg.append(drawNode(node, placed.node(node.name)));
    frame.replaceChildren(svg);
    figure.querySelector("figcaption").textContent = caption(graph);
  }

  return { draw };
})();
