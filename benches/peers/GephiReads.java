// What Gephi reads from a graph file, by its toolkit, without a window. graph_files.py calls it:
//
//     java -cp TOOLKIT.jar GephiReads.java GRAPH.gexf|.graphml
//
// Prints people and ties as JSON.

import java.awt.Color;
import java.io.File;
import java.io.PrintStream;
import java.util.StringJoiner;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

class GephiReads {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        System.setOut(System.err); // the toolkit talks
        Lookup lookup = Lookup.getDefault();
        ProjectController projects = lookup.lookup(ProjectController.class);
        projects.newProject();
        ImportController imports = lookup.lookup(ImportController.class);
        Container container = imports.importFile(new File(arguments[0]));
        container.getLoader().setAutoScale(false); // a box of the import window
        imports.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
        GraphModel model = lookup.lookup(GraphController.class).getGraphModel(projects.getCurrentWorkspace());
        Graph graph = model.getGraph();

        StringJoiner people = new StringJoiner(",\n");
        for (Node node : graph.getNodes().toArray()) {
            Color colour = node.getColor();
            people.add(String.format("{\"key\":%s,\"name\":%s,\"reach\":%s,\"community\":%s,\"place\":[%s,%s],\"colour\":\"#%02x%02x%02x\",\"size\":%s}",
                    text(node.getId()), text(node.getLabel()), node.getAttribute("reach"), node.getAttribute("community"),
                    node.x(), node.y(), colour.getRed(), colour.getGreen(), colour.getBlue(), node.size()));
        }
        StringJoiner ties = new StringJoiner(",\n");
        for (Edge edge : graph.getEdges().toArray()) {
            Object kind = edge.getTypeLabel();
            if (kind == null) {
                kind = edge.getAttribute("kind");
            }
            ties.add(String.format("[%s,%s,%s,%s]", text(edge.getSource().getId()), text(edge.getTarget().getId()), text(kind), edge.getWeight()));
        }
        out.print("{\"people\":[" + people + "],\"ties\":[" + ties + "]}");
        out.flush();
        System.exit(0); // the toolkit leaves threads behind
    }

    /** A string of JSON. */
    private static String text(Object value) {
        StringBuilder all = new StringBuilder("\"");
        for (char sign : String.valueOf(value).toCharArray()) {
            if (sign == '"' || sign == '\\' || sign < ' ') {
                all.append(String.format("\\u%04x", (int) sign));
            } else {
                all.append(sign);
            }
        }
        return all.append('"').toString();
    }
}
