// graphology's ForceAtlas2 and Louvain. graphs.py calls it:
//
//     NODE_PATH=FOLDER/node_modules node graphology.js TASK TIES ROUNDS OUT
//
// TASK: layout or communities. TIES: a line with the number of people, then a line "a b strength" for each tie. OUT: a line
// "person x y" or "person community" each. Prints the seconds of the task; people begin at random places.

const { readFileSync, writeFileSync } = require("node:fs");
const { UndirectedGraph } = require("graphology");

const [task, ties, rounds, out] = process.argv.slice(2);
const lines = readFileSync(ties, "latin1").trimEnd().split("\n");
const n = Number(lines[0]);

let state = 1;
/** Marsaglia's 32-bit xorshift, so that every run begins at the same places. */
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

const graph = new UndirectedGraph();
for (let i = 0; i < n; i++) graph.addNode(i, { x: random() * 1000, y: random() * 1000 });
for (const line of lines.slice(1)) {
  const [a, b, weight] = line.split(" ").map(Number);
  graph.addEdge(a, b, { weight });
}

let answer;
let seconds;
if (task === "layout") {
  const forceAtlas2 = require("graphology-layout-forceatlas2");
  const settings = forceAtlas2.inferSettings(graph);
  const start = process.hrtime.bigint();
  const places = forceAtlas2(graph, { iterations: Number(rounds), settings, getEdgeWeight: "weight" });
  seconds = Number(process.hrtime.bigint() - start) / 1e9;
  answer = (i) => `${places[i].x} ${places[i].y}`;
} else {
  const louvain = require("graphology-communities-louvain");
  const start = process.hrtime.bigint();
  const community = louvain(graph, { getEdgeWeight: "weight", rng: random });
  seconds = Number(process.hrtime.bigint() - start) / 1e9;
  answer = (i) => community[i];
}
writeFileSync(out, Array.from({ length: n }, (_, i) => `${i} ${answer(i)}\n`).join(""));
console.log(seconds);
