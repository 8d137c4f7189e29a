// What graphology reads from its JSON. graph_files.py calls it:
//
//     NODE_PATH=FOLDER/node_modules node graph_files.js GRAPH.json
//
// Prints people and ties as JSON.

const { readFileSync } = require("node:fs");
const Graph = require("graphology");

const graph = Graph.from(JSON.parse(readFileSync(process.argv[2], "utf8")));
const people = graph.mapNodes((key, about) => {
  // What sigma asks of everybody.
  if (typeof about.x !== "number" || typeof about.y !== "number") throw new Error(`${key} stands nowhere`);
  return {
    key,
    name: about.label,
    reach: about.reach ?? null,
    community: about.community ?? null,
    place: about.hidden ? null : [about.x, about.y],
    colour: about.color,
    size: about.size,
  };
});
const ties = graph.mapEdges((_, about, source, target) => [source, target, about.kind, about.weight]);
process.stdout.write(JSON.stringify({ people, ties }));
