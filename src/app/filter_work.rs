//! What a filter lets through, made beside the window; and the analysis of that alone, where somebody wants it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::tasks::Outbox;
use super::work::Finished;
use crate::analysis::CommunityId;
use crate::campaign::{Condition, Filter, OutreachList, community_of};
use crate::explore::{self, FilterChoices, ShownPart, Subject};
use crate::problem::Problem;
use crate::progress::{Cancelled, Progress};
use crate::session::{self, Home, Results};

/// The analysis of a part of the map.
#[derive(Debug, Clone)]
pub(super) struct Redone {
    /// All of it.
    pub(super) of: Arc<Results>,
    /// What the part was asked by, without what is hidden by hand.
    pub(super) filter: Filter,
    /// The list that the filter was asked beside; empty where it does not ask about the list.
    pub(super) list: OutreachList,
    /// The facts of the part, as the analysis has them.
    pub(super) results: Arc<Results>,
    /// The part of all of it.
    pub(super) of_whole: Arc<ShownPart>,
    /// The same as a part of its own graph.
    pub(super) part: Arc<ShownPart>,
}

/// What an analysis of a part depends on besides the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PartAsked {
    /// Without what is hidden by hand.
    pub(super) filter: Filter,
    /// Empty where the filter does not ask about the list.
    pub(super) list: OutreachList,
}

impl PartAsked {
    /// What `filter` asks beside `list`.
    pub(super) fn new(filter: &Filter, list: &OutreachList) -> Self {
        let filter = filter.narrowing();
        let asks_list = filter.asks(Condition::Listed);
        let list = if asks_list {
            list.clone()
        } else {
            OutreachList::default()
        };
        Self { filter, list }
    }
}

impl Redone {
    /// Whether it answers `asked` about `whole`.
    pub(super) fn answers(&self, whole: &Arc<Results>, asked: &PartAsked) -> bool {
        Arc::ptr_eq(&self.of, whole) && self.filter == asked.filter && self.list == asked.list
    }
}

/// `whole` as something that a filter can be asked of.
fn subject<'a>(whole: &'a Results, list: &'a OutreachList) -> Subject<'a> {
    Subject {
        graph: &whole.graph,
        posts: &whole.conversation.posts,
        communities: &whole.analysis.communities,
        kinds: whole.settings.ties.kinds,
        list,
    }
}

/// Analyses what `asked` lets through of `whole`; communities have the colours of `home`.
pub(super) fn redo(
    whole: &Arc<Results>,
    (asked, home): (&PartAsked, &Home),
    progress: &Progress,
) -> Result<Redone, Cancelled> {
    let subject = subject(whole, &asked.list);
    let part = explore::shown_part(&subject, &asked.filter, progress)?;
    let graph = explore::part_graph(&subject, (&part, &asked.filter), progress)?;
    let mut results = session::analysed_alone(whole, graph, progress)?;
    home.colour(&mut results);
    Ok(Redone {
        of: whole.clone(),
        filter: asked.filter.clone(),
        list: asked.list.clone(),
        results: Arc::new(results),
        part: Arc::new(part.of_its_own_graph()),
        of_whole: Arc::new(part),
    })
}

/// What the window has to know of the filter.
#[derive(Debug, Clone)]
pub(super) struct PartOrder {
    /// All of the map.
    pub(super) whole: Arc<Results>,
    /// The analysis of the part, where that is what is shown.
    pub(super) redone: Option<Arc<Redone>>,
    /// The conditions.
    pub(super) filter: Filter,
    /// The list, where it is asked about.
    pub(super) list: OutreachList,
}

impl PartialEq for PartOrder {
    fn eq(&self, other: &Self) -> bool {
        let same_part = match (&self.redone, &other.redone) {
            (Some(one), Some(other)) => Arc::ptr_eq(&one.results, &other.results),
            (None, None) => true,
            _ => false,
        };
        Arc::ptr_eq(&self.whole, &other.whole)
            && same_part
            && self.filter == other.filter
            && self.list == other.list
    }
}

/// What came of a [`PartOrder`].
pub(super) enum Filtered {
    /// Who and what is shown.
    Part(Arc<Results>, Arc<ShownPart>),
    /// How many people each condition hides alone.
    Alone(BTreeMap<Condition, u64>),
    /// What there is to choose from.
    Choices(Arc<Results>, Arc<FilterChoices>),
}

/// Finds out who and what is shown; then how much each condition does, and what there is to choose from, where that is `wanted`. `before`: the part that is shown now.
pub(super) fn filter(
    order: &PartOrder,
    (before, wanted): (Option<Arc<ShownPart>>, bool),
    progress: &Progress,
    outbox: &Outbox<Finished>,
) -> Result<Finished, Problem> {
    let subject = subject(&order.whole, &order.list);
    let choices = |progress: &Progress| -> Result<Finished, Problem> {
        let choices = explore::filter_choices(&subject, progress)?;
        let choices = Filtered::Choices(order.whole.clone(), Arc::new(choices));
        Ok(Finished::Filtered(choices))
    };
    if order.filter.conditions().next().is_none() {
        return choices(progress);
    }
    let part = part(order, &subject, progress)?;
    // Who compares scenes finds out at once that nothing has changed.
    let same = before.filter(|before| **before == part);
    let part = same.unwrap_or_else(|| Arc::new(part));
    outbox.send(Finished::Filtered(Filtered::Part(
        order.whole.clone(),
        part,
    )));
    if wanted {
        outbox.send(choices(progress)?);
    }
    let alone = explore::hides_alone(&subject, &order.filter, progress)?;
    Ok(Finished::Filtered(Filtered::Alone(
        alone.into_iter().collect(),
    )))
}

fn part(
    order: &PartOrder,
    subject: &Subject<'_>,
    progress: &Progress,
) -> Result<ShownPart, Cancelled> {
    let Some(redone) = &order.redone else {
        return explore::shown_part(subject, &order.filter, progress);
    };
    // What is hidden by hand is hidden of the communities that are on the screen.
    let (graph, communities) = (&redone.results.graph, &redone.results.analysis.communities);
    let home = |key: &String| community_of(key, graph, communities).map(CommunityId::index);
    let small = order.filter.small_groups;
    let mut hidden: Vec<bool> = communities.list.iter().map(|c| small && c.small).collect();
    for at in order.filter.hidden.iter().filter_map(home) {
        if let Some(flag) = hidden.get_mut(at) {
            *flag = true;
        }
    }
    explore::without_communities(&redone.part, (graph, communities), &hidden, progress)
}
