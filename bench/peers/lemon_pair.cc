// The heaviest matching with LEMON. Reads "vertices edges" and a line "u v weight" per edge; prints the CPU seconds of
// the matching, the matched pairs, the duals of the vertices, and the blossoms with theirs (LEMON's duals are four times
// as large as the weights).
#include <lemon/matching.h>
#include <lemon/smart_graph.h>
#include <cstdio>
#include <ctime>

using Graph = lemon::SmartGraph;
using Weights = Graph::EdgeMap<long long>;
using Matching = lemon::MaxWeightedMatching<Graph, Weights>;

int main(int, char **argv) {
  FILE *in = fopen(argv[1], "r");
  int vertices, edges;
  if (!in || fscanf(in, "%d %d", &vertices, &edges) != 2) return 1;
  Graph graph;
  Weights weight(graph);
  graph.reserveNode(vertices);
  graph.reserveEdge(edges);
  for (int i = 0; i < vertices; i++) graph.addNode();
  for (int i = 0; i < edges; i++) {
    int u, v;
    long long w;
    if (fscanf(in, "%d %d %lld", &u, &v, &w) != 3) return 1;
    weight[graph.addEdge(graph.nodeFromId(u), graph.nodeFromId(v))] = w;
  }

  clock_t start = clock();
  Matching matching(graph, weight);
  matching.run();
  printf("%.6f\n", double(clock() - start) / CLOCKS_PER_SEC);

  int pairs = 0;
  for (Graph::EdgeIt e(graph); e != lemon::INVALID; ++e) pairs += matching.matching(e);
  printf("%d\n", pairs);
  for (Graph::EdgeIt e(graph); e != lemon::INVALID; ++e)
    if (matching.matching(e)) printf("%d %d\n", graph.id(graph.u(e)), graph.id(graph.v(e)));
  for (int i = 0; i < vertices; i++) printf("%lld ", (long long)matching.nodeValue(graph.nodeFromId(i)));
  printf("\n%d\n", matching.blossomNum());
  for (int b = 0; b < matching.blossomNum(); b++) {
    printf("%lld", (long long)matching.blossomValue(b));
    for (Matching::BlossomIt v(matching, b); v != lemon::INVALID; ++v) printf(" %d", graph.id((Graph::Node)v));
    printf("\n");
  }
}
