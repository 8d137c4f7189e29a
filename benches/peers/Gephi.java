// Gephi's ForceAtlas2 by its toolkit, without a window. graphs.py calls it:
//
//     java -cp TOOLKIT.jar Gephi.java TIES ROUNDS LINLOG THREADS OUT
//
// TIES: a line with the number of people, then a line "a b strength" for each tie. OUT: a line "person x y" each. Prints the
// seconds that the rounds took; people begin at random places.

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.UndirectedGraph;
import org.gephi.layout.plugin.forceAtlas2.ForceAtlas2;
import org.gephi.layout.plugin.forceAtlas2.ForceAtlas2Builder;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

class Gephi {
    public static void main(String[] arguments) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(projects.getCurrentWorkspace());
        Node[] people = load(model, Path.of(arguments[0]));

        ForceAtlas2 layout = new ForceAtlas2(new ForceAtlas2Builder());
        layout.setGraphModel(model);
        layout.resetPropertiesValues();
        layout.setLinLogMode(Boolean.parseBoolean(arguments[2]));
        layout.setThreadsCount(Integer.parseInt(arguments[3]));
        layout.initAlgo();
        int rounds = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            layout.goAlgo();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        layout.endAlgo();

        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[4])))) {
            for (int i = 0; i < people.length; i++) {
                out.println(i + " " + people[i].x() + " " + people[i].y());
            }
        }
        System.out.println(seconds);
        System.exit(0); // the toolkit leaves threads behind
    }

    private static Node[] load(GraphModel model, Path ties) throws Exception {
        UndirectedGraph graph = model.getUndirectedGraph();
        Random random = new Random(1);
        try (var lines = Files.newBufferedReader(ties)) {
            Node[] people = new Node[Integer.parseInt(lines.readLine())];
            for (int i = 0; i < people.length; i++) {
                people[i] = model.factory().newNode(Integer.toString(i));
                people[i].setX(random.nextFloat() * 1000 - 500);
                people[i].setY(random.nextFloat() * 1000 - 500);
                graph.addNode(people[i]);
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] tie = line.split(" ");
                Node a = people[Integer.parseInt(tie[0])], b = people[Integer.parseInt(tie[1])];
                graph.addEdge(model.factory().newEdge(a, b, 0, Double.parseDouble(tie[2]), false));
            }
            return people;
        }
    }
}
