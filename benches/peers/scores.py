"""How good an answer is: communities, layouts and betweenness, the same for every program. graphs.py calls it.

Each function takes the name that make_graph was given and an answer, one row of values a person, and returns scores by name.
"""

import os

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree


def edges(name):
    """People, and each pair of tied people once with its strength log2(1 + weight)."""
    table = pd.read_csv(name + "_edges.csv")
    table = table[table.source != table.target]
    n = int(max(table.source.max(), table.target.max())) + 1
    low, high = np.minimum(table.source, table.target), np.maximum(table.source, table.target)
    table = table.assign(source=low, target=high).groupby(["source", "target"], as_index=False).weight.sum()
    return n, table.source.to_numpy(), table.target.to_numpy(), np.log2(1.0 + table.weight.to_numpy())


def planted(name):
    """The planted communities, where the file is there."""
    return pd.read_csv(name + "_truth.csv") if os.path.exists(name + "_truth.csv") else None


def communities(name, values):
    """modularity of the damped ties; nmi with the planted communities."""
    from sklearn.metrics import normalized_mutual_info_score as nmi

    n, a, b, weight = edges(name)
    label = np.unique(np.nan_to_num(values[:, 0], nan=-1), return_inverse=True)[1]
    strength = np.bincount(a, weight, n) + np.bincount(b, weight, n)
    inside = weight[label[a] == label[b]].sum() / weight.sum()
    scores = {"modularity": inside - ((np.bincount(label, strength) / strength.sum()) ** 2).sum(), "communities": int(label.max()) + 1}
    truth = planted(name)
    if truth is not None:
        scores["nmi"] = nmi(truth.community, label)
    return scores


def layout(name, places):
    """The picture: filled, readable, true to the ties, and, where communities were planted, true to those.

    occupied    share of the picture's cells, 2.44 people each, that hold somebody
    overlap     share of people nearer to another than 4 thousandths of the width at 10,000 people
    np2         neighbourhood preservation: mean Jaccard index of those two ties away at most and as many nearest in the picture
    stress      sampled, normalised, at the best scale
    lengths     deviation over mean of the ties' lengths
    purity      share of the ten nearest people of the same community
    silhouette  of the communities
    bridge      share of bridges with two of their own communities, three people each, among the 30 nearest
    """
    n, a, b, _ = edges(name)
    # A hair of noise parts those on one spot; whoever has no place stands in the middle.
    places = np.nan_to_num(places) + np.random.default_rng(1).normal(0, 1e-9 * np.nanmax(np.abs(places)), places.shape)
    scores = filled(places)
    tree = cKDTree(places)
    scores["np2"] = neighbourhoods(n, a, b, places, tree)
    scores["stress"] = stress(n, a, b, places)
    lengths = np.linalg.norm(places[a] - places[b], axis=1)
    scores["lengths"] = float(lengths.std() / lengths.mean())
    truth = planted(name)
    if truth is not None:
        scores.update(true_to(truth, places, tree))
    return scores


def filled(places):
    n = len(places)
    low, high = np.percentile(places, 0.5, axis=0), np.percentile(places, 99.5, axis=0)
    unit = (places - low) / max(high - low)
    side = max(int((n / 2.44) ** 0.5), 8)
    cell = np.clip((unit * side).astype(int), 0, side - 1)
    area = ((high - low) / max(high - low)).prod()
    near = cKDTree(unit).query(unit, 2)[0][:, 1]
    return {
        "occupied": len(np.unique(cell[:, 0] * side + cell[:, 1])) / (side * side * area),
        "overlap": float((near < 0.004 * (1e4 / n) ** 0.5).mean()),
    }


def rows(n, a, b):
    """Ties as compressed sparse rows."""
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), shape=(n, n))


def neighbourhoods(n, a, b, places, tree):
    ties = rows(n, a, b)
    around = lambda v: ties.indices[ties.indptr[v] : ties.indptr[v + 1]]
    found = []
    for v in np.random.default_rng(3).choice(n, min(n, 600), replace=False):
        near = around(v)
        if sum(len(around(u)) for u in near) > 4000 or len(near) == 0:
            continue
        ball = np.setdiff1d(np.concatenate([near] + [around(u) for u in near]), [v])
        k = len(ball)
        shown = np.setdiff1d(tree.query(places[v], k + 1)[1], [v])[:k]
        both = len(np.intersect1d(ball, shown))
        found.append(both / (2 * k - both))
    return float(np.mean(found))


def stress(n, a, b, places):
    from scipy.sparse.csgraph import dijkstra

    random = np.random.default_rng(4)
    sources, targets = random.choice(n, 30, replace=False), random.choice(n, min(n, 5000), replace=False)
    ways = dijkstra(rows(n, a, b), unweighted=True, indices=sources)[:, targets]
    apart = np.linalg.norm(places[sources][:, None] - places[targets][None], axis=2)
    ok = (ways > 0) & np.isfinite(ways)
    ratio = apart[ok] / ways[ok]
    return float(np.mean((ratio * ratio.sum() / (ratio**2).sum() - 1) ** 2))


def true_to(truth, places, tree):
    from sklearn.metrics import silhouette_score

    community = truth.community.to_numpy()
    is_bridge = truth.bridge.to_numpy() != 0
    plain = np.flatnonzero(~is_bridge)
    some = np.random.default_rng(2).choice(plain, min(len(plain), 5000), replace=False)
    nearest = community[tree.query(places[some], 11)[1][:, 1:]]
    hits = []
    for v in np.flatnonzero(is_bridge)[:1000]:
        own = {int(c) for c in str(truth.memberships[v]).split(";")}
        seen, times = np.unique(community[tree.query(places[v], 31)[1][1:]], return_counts=True)
        hits.append(sum(c in own and k >= 3 for c, k in zip(seen, times)) >= 2)
    return {
        "purity": float((nearest == community[some][:, None]).mean()),
        "silhouette": float(silhouette_score(places[some], community[some])),
        "bridge": float(np.mean(hits)) if hits else float("nan"),
    }


def betweenness(name, values, known={}):
    """error: mean distance from a better sample, in millionths of all pairs; top: of the 100 best, how many are among its 100 best."""
    import networkit

    n, a, b, _ = edges(name)
    pairs = (n - 1) * (n - 2) / 2
    if name not in known:
        graph = networkit.GraphFromCoo((np.ones(len(a)), (a, b)), n=n)
        better = networkit.centrality.EstimateBetweenness(graph, min(n, 2048), False, True)
        better.run()
        # Each pair is met from both ends, and only some people were asked.
        known[name] = np.array(better.scores()) / 2
    value = np.nan_to_num(values[:, 0])
    truth = known[name] * (value.sum() / max(known[name].sum(), 1e-9))
    best = lambda v: set(np.argsort(-v)[:100].tolist())
    return {"error": float(np.abs(value - truth).mean() / pairs * 1e6), "top": len(best(value) & best(truth))}
