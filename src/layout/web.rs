//! Bodies and the threads between them: what forces act on. A body is one person, or a bundle of people on a coarser level.

/// Bodies as compressed sparse rows of 32-bit numbers, packed for the inner loops.
#[derive(Debug, Clone, Default)]
pub(super) struct Web {
    /// n + 1 offsets into `others` and `strength`.
    pub(super) offsets: Vec<u32>,
    /// The other end of each thread.
    pub(super) others: Vec<u32>,
    /// Strength of each thread, > 0.
    pub(super) strength: Vec<f32>,
    /// Strength of the threads inside each body.
    pub(super) inside: Vec<f32>,
    /// How much each body repels: 1 + connections of a person, summed for a bundle.
    pub(super) mass: Vec<f32>,
    /// A constant force on each body, towards what lies outside this web.
    pub(super) pull: Vec<[f32; 2]>,
}

impl Web {
    /// Number of bodies.
    pub(super) fn len(&self) -> usize {
        self.mass.len()
    }

    /// The threads of body `i`.
    pub(super) fn row(&self, i: usize) -> (&[u32], &[f32]) {
        let range = self.offsets[i] as usize..self.offsets[i + 1] as usize;
        (&self.others[range.clone()], &self.strength[range])
    }

    /// Appends a body with its threads; rows come in order, so body `i` is the i-th call.
    pub(super) fn push(
        &mut self,
        mass: f32,
        pull: [f32; 2],
        threads: impl Iterator<Item = (u32, f32)>,
    ) {
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        for (other, strength) in threads {
            self.others.push(other);
            self.strength.push(strength);
        }
        self.offsets.push(self.others.len() as u32);
        self.inside.push(0.0);
        self.mass.push(mass);
        self.pull.push(pull);
    }

    /// The web whose bodies are the bundles of this one: `bundle_of[i]` in `0..n_bundles`. O(n + m).
    pub(super) fn bundled(&self, bundle_of: &[u32], n_bundles: usize) -> Self {
        let (starts, members) = by_label(bundle_of, n_bundles);
        let mut web = Self::default();
        let mut sum = vec![0f32; n_bundles];
        let mut touched: Vec<u32> = Vec::new();
        for bundle in 0..n_bundles {
            let (mut mass, mut inside, mut pull) = (0.0, 0.0, [0f32; 2]);
            for &i in &members[starts[bundle] as usize..starts[bundle + 1] as usize] {
                let i = i as usize;
                mass += self.mass[i];
                inside += self.inside[i];
                pull = [pull[0] + self.pull[i][0], pull[1] + self.pull[i][1]];
                let (others, strength) = self.row(i);
                for (&other, &s) in others.iter().zip(strength) {
                    let to = bundle_of[other as usize] as usize;
                    if to == bundle {
                        inside += s * 0.5;
                    } else {
                        if sum[to] == 0.0 {
                            touched.push(to as u32);
                        }
                        sum[to] += s;
                    }
                }
            }
            web.push(mass, pull, touched.iter().map(|&to| (to, sum[to as usize])));
            web.inside[bundle] = inside;
            for to in touched.drain(..) {
                sum[to as usize] = 0.0;
            }
        }
        web
    }
}

/// Who carries which label: `(starts, members)`, the members of label `l` at `starts[l]..starts[l + 1]`, in order.
pub(super) fn by_label(label_of: &[u32], n_labels: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; n_labels + 1];
    for &label in label_of {
        starts[label as usize + 1] += 1;
    }
    for label in 0..n_labels {
        starts[label + 1] += starts[label];
    }
    let mut fill = starts.clone();
    let mut members = vec![0u32; label_of.len()];
    for (i, &label) in label_of.iter().enumerate() {
        let at = &mut fill[label as usize];
        members[*at as usize] = i as u32;
        *at += 1;
    }
    (starts, members)
}
