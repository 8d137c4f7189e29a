//! Whom to write to together: waves of people who touch the same others, so that two touches come close in time.

use std::collections::BTreeMap;

use crate::analysis::{Communities, CommunityId};
use crate::people::{
    ConversationGraph, DaysSpanned, HourCounts, PersonId, Posts, Ties, counted, hours_of,
};
use crate::progress::{Cancelled, Progress};

/// People in a wave, where nobody says otherwise.
pub const USUAL_WAVE: usize = 5;
/// The smallest size of a wave that may be asked for; where nobody else shares anybody, a wave is smaller all the same.
pub const SMALLEST_WAVE: usize = 3;
/// The largest.
pub const LARGEST_WAVE: usize = 8;

/// Posts with a time that it takes to tell an hour.
const ENOUGH_POSTS: u64 = 20;
/// Hours of the best window.
const WINDOW: usize = 3;
/// Communities named in a sentence.
const MOST_NAMED: usize = 2;
/// Ties looked at between two looks at the stop sign: well under a millisecond.
const TIES_AT_A_TIME: usize = 1 << 15;

/// People to write to at about the same time.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// Who, in the order of joining the wave: whoever begins it stands first on the list.
    pub people: Vec<PersonId>,
    /// People not on the list who are tied to somebody of the wave.
    pub touched: u32,
    /// Of those, people tied to at least two of the wave.
    pub touched_twice: u32,
    /// Where those live who are touched twice, most first; where nobody is, those who are touched.
    pub communities: Vec<(CommunityId, u32)>,
    /// When the people of the wave and those they touch post most; `None` where too few posts tell their time.
    pub window: Option<HourWindow>,
}

/// Three hours of the day in which most is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourWindow {
    /// On which days.
    pub days: Days,
    /// The first hour, UTC, 0..24.
    pub from: u8,
    /// Posts in these hours, of all days.
    pub posts: u64,
    /// Posts in all hours.
    pub of: u64,
}

/// On which days an hour is busiest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Monday to Friday.
    Weekdays,
    /// Saturday and Sunday.
    Weekends,
    /// As good on all days.
    Every,
}

/// Puts the people of `list`, in the order of work, into waves of about `size` ([`SMALLEST_WAVE`]..=[`LARGEST_WAVE`]).
///
/// A wave begins with the first who is in none. Then, one by one, comes whoever shares most of the people the wave touches
/// so far: first those of the same community, then others; in the order of the list where equal. Who shares nobody with
/// anyone free joins the wave with which they share most while it has room, else waves of those who share nobody, by
/// community. The same list gives the same waves.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(ties of the list and of those they are tied to + people on the list who share somebody, for each of the list + posts).
pub fn waves(
    list: &[PersonId],
    (graph, posts): (&ConversationGraph, &Posts),
    communities: &Communities,
    size: usize,
    progress: &Progress,
) -> Result<Vec<Wave>, Cancelled> {
    let mut grouping = Grouping::new(list, &graph.ties, communities, progress);
    let size = size.clamp(SMALLEST_WAVE, LARGEST_WAVE);
    let mut alone = Vec::new();
    for place in 0..grouping.list.len() {
        if grouping.wave_of[place] == FREE {
            match grouping.gather(place, size)? {
                Some(wave) => grouping.waves.push(wave),
                None => alone.push(place),
            }
        }
    }
    let alone = grouping.find_company(alone)?;
    grouping.by_community(alone, size);
    let mut groups: Vec<Vec<PersonId>> = Vec::new();
    let mut waves: Vec<Wave> = Vec::new();
    for places in std::mem::take(&mut grouping.waves) {
        let (wave, group) = grouping.wave(&places)?;
        waves.push(wave);
        groups.push(group);
    }
    let (hours, days) = hours_of(&groups, posts, graph, progress)?;
    for (wave, hours) in waves.iter_mut().zip(&hours) {
        wave.window = best_window(hours, days);
    }
    Ok(waves)
}

/// Stands for "in no wave yet".
const FREE: u32 = u32::MAX;
/// Stands for "not on the list".
const NOT_LISTED: u32 = u32::MAX;

/// The list while it is put into waves. A *place* is a place in `list`.
struct Grouping<'a> {
    ties: &'a Ties,
    of: &'a [Option<CommunityId>],
    progress: &'a Progress,
    list: Vec<u32>,
    /// By person.
    place_of: Vec<u32>,
    /// By place: which wave, or [`FREE`].
    wave_of: Vec<u32>,
    /// Places, by wave.
    waves: Vec<Vec<usize>>,
    /// By person: how many of the wave in hand touch them; `touched` says who that is.
    touches: Vec<u32>,
    touched: Vec<u32>,
    seen: usize,
}

impl<'a> Grouping<'a> {
    fn new(
        people: &[PersonId],
        ties: &'a Ties,
        communities: &'a Communities,
        progress: &'a Progress,
    ) -> Self {
        let mut place_of = vec![NOT_LISTED; ties.n_people()];
        let mut list = Vec::new();
        for person in people {
            if let Some(place) = place_of.get_mut(person.index())
                && *place == NOT_LISTED
            {
                *place = list.len() as u32;
                list.push(person.0);
            }
        }
        Self {
            ties,
            of: &communities.of,
            progress,
            wave_of: vec![FREE; list.len()],
            list,
            place_of,
            waves: Vec::new(),
            touches: vec![0; ties.n_people()],
            touched: Vec::new(),
            seen: 0,
        }
    }

    fn look_up(&mut self, seen: usize) -> Result<(), Cancelled> {
        self.seen += seen + 1;
        if self.seen >= TIES_AT_A_TIME {
            self.seen = 0;
            self.progress.check()?;
        }
        Ok(())
    }

    fn community(&self, place: usize) -> Option<CommunityId> {
        self.of.get(self.list[place] as usize).copied().flatten()
    }

    /// The wave that begins at `first`; `None` where nobody free shares anybody with them.
    fn gather(&mut self, first: usize, size: usize) -> Result<Option<Vec<usize>>, Cancelled> {
        let number = self.waves.len() as u32;
        let mut wave = vec![first];
        self.wave_of[first] = number;
        // By place: people they share with the wave so far.
        let mut shared = BTreeMap::new();
        self.touch(first, &mut shared)?;
        while wave.len() < size {
            self.look_up(shared.len())?;
            let home = self.community(first);
            let next = shared
                .iter()
                .filter(|(place, _)| self.wave_of[**place] == FREE)
                .max_by_key(|&(&place, &n)| {
                    let near = home.is_some() && self.community(place) == home;
                    (near, n, std::cmp::Reverse(place))
                })
                .map(|(place, _)| *place);
            let Some(next) = next else { break };
            self.wave_of[next] = number;
            wave.push(next);
            self.touch(next, &mut shared)?;
        }
        self.clear();
        if wave.len() < 2 {
            self.wave_of[first] = FREE;
            return Ok(None);
        }
        Ok(Some(wave))
    }

    /// Touches everybody tied to the person at `place`, and counts in `shared` who else of the list would touch those that
    /// are touched for the first time.
    fn touch(&mut self, place: usize, shared: &mut BTreeMap<usize, u32>) -> Result<(), Cancelled> {
        let ties = self.ties;
        for &other in ties.row(self.list[place] as usize).0 {
            if self.place_of[other as usize] != NOT_LISTED {
                continue;
            }
            self.touches[other as usize] += 1;
            if self.touches[other as usize] > 1 {
                continue;
            }
            self.touched.push(other);
            for part in ties.row(other as usize).0.chunks(TIES_AT_A_TIME) {
                self.look_up(part.len())?;
                for &person in part {
                    let at = self.place_of[person as usize];
                    if at != NOT_LISTED && self.wave_of[at as usize] == FREE {
                        *shared.entry(at as usize).or_insert(0) += 1;
                    }
                }
            }
        }
        Ok(())
    }

    fn clear(&mut self) {
        for person in self.touched.drain(..) {
            self.touches[person as usize] = 0;
        }
    }

    /// Puts each of `alone` into the wave with room with which they share most people, and returns those who share nobody.
    fn find_company(&mut self, alone: Vec<usize>) -> Result<Vec<usize>, Cancelled> {
        let mut still_alone = Vec::new();
        for place in alone {
            let ties = self.ties;
            let mut shared = BTreeMap::new();
            for &other in ties.row(self.list[place] as usize).0 {
                if self.place_of[other as usize] != NOT_LISTED {
                    continue;
                }
                let mut here = Vec::new();
                for part in ties.row(other as usize).0.chunks(TIES_AT_A_TIME) {
                    self.look_up(part.len())?;
                    for &person in part {
                        let at = self.place_of[person as usize];
                        if at != NOT_LISTED && self.wave_of[at as usize] != FREE {
                            here.push(self.wave_of[at as usize]);
                        }
                    }
                }
                here.sort_unstable();
                here.dedup();
                for wave in here {
                    *shared.entry(wave).or_insert(0u32) += 1;
                }
            }
            let room = shared
                .into_iter()
                .filter(|(wave, _)| self.waves[*wave as usize].len() < LARGEST_WAVE);
            let best = room.max_by_key(|&(wave, n)| (n, std::cmp::Reverse(wave)));
            match best {
                Some((wave, _)) => {
                    self.waves[wave as usize].push(place);
                    self.wave_of[place] = wave;
                }
                None => still_alone.push(place),
            }
        }
        Ok(still_alone)
    }

    /// Waves of people who share nobody: those of a community together, in the order of the list.
    fn by_community(&mut self, mut alone: Vec<usize>, size: usize) {
        alone.sort_by_key(|&place| (self.community(place).map_or(u32::MAX, |c| c.0), place));
        let mut together: Vec<Vec<usize>> = alone.chunks(size).map(<[usize]>::to_vec).collect();
        together.sort(); // by whoever comes first on the list
        self.waves.extend(together);
    }

    /// The figures of a wave; with it, its people and those they touch.
    fn wave(&mut self, places: &[usize]) -> Result<(Wave, Vec<PersonId>), Cancelled> {
        let ties = self.ties;
        for &place in places {
            let row = ties.row(self.list[place] as usize).0;
            self.look_up(row.len())?;
            for &other in row {
                if self.place_of[other as usize] == NOT_LISTED {
                    self.touches[other as usize] += 1;
                    if self.touches[other as usize] == 1 {
                        self.touched.push(other);
                    }
                }
            }
        }
        let twice = |person: &&u32| self.touches[**person as usize] >= 2;
        let touched_twice = self.touched.iter().filter(twice).count() as u32;
        let mut by_community = BTreeMap::new();
        for person in &self.touched {
            let counts = touched_twice == 0 || self.touches[*person as usize] >= 2;
            if let Some(community) = self.of.get(*person as usize).copied().flatten()
                && counts
            {
                *by_community.entry(community).or_insert(0u32) += 1;
            }
        }
        let mut communities: Vec<(CommunityId, u32)> = by_community.into_iter().collect();
        communities.sort_by_key(|(_, n)| std::cmp::Reverse(*n)); // stable: equal ones by size of the community
        let people: Vec<PersonId> = places.iter().map(|p| PersonId(self.list[*p])).collect();
        let mut group = people.clone();
        group.extend(self.touched.iter().map(|person| PersonId(*person)));
        let wave = Wave {
            people,
            touched: self.touched.len() as u32,
            touched_twice,
            communities,
            window: None,
        };
        self.clear();
        Ok((wave, group))
    }
}

/// The three hours with most posts, the first of equal ones, and on which days they are busiest; `None` below 20 posts.
fn best_window(hours: &HourCounts, spanned: DaysSpanned) -> Option<HourWindow> {
    let of = hours.total();
    if of < ENOUGH_POSTS {
        return None;
    }
    let inside = |counts: &[u64; 24], from: usize| -> u64 {
        (from..from + WINDOW).map(|hour| counts[hour % 24]).sum()
    };
    let posts = |from: usize| inside(&hours.weekdays, from) + inside(&hours.weekends, from);
    let from = (0..24).max_by_key(|&from| (posts(from), std::cmp::Reverse(from)))?;
    let a_day = |posts: u64, days: u64| posts as f64 / days.max(1) as f64;
    let weekday = a_day(inside(&hours.weekdays, from), spanned.weekdays);
    let weekend = a_day(inside(&hours.weekends, from), spanned.weekends);
    let days = if weekday.min(weekend) >= 0.8 * weekday.max(weekend) {
        Days::Every
    } else if weekday > weekend {
        Days::Weekdays
    } else {
        Days::Weekends
    };
    Some(HourWindow {
        days,
        from: from as u8,
        posts: posts(from),
        of,
    })
}

impl HourWindow {
    /// When: "weekdays 16 to 19 UTC".
    pub fn words(&self) -> String {
        let days = match self.days {
            Days::Weekdays => "weekdays",
            Days::Weekends => "weekends",
            Days::Every => "every day",
        };
        let to = (usize::from(self.from) + WINDOW) % 24;
        format!("{days} {} to {to} UTC", self.from)
    }

    /// The share of the posts that these hours hold, in hundredths.
    pub fn percent(&self) -> u64 {
        (self.posts * 100 + self.of / 2) / self.of.max(1)
    }
}

impl Wave {
    /// What the wave does, a sentence without its full stop: "41 people are tied to at least two of them, most in Foodies
    /// and in News; they post most on weekdays 16 to 19 UTC".
    pub fn words(&self, communities: &Communities) -> String {
        let are = |n: u32| {
            format!(
                "{} tied to",
                counted(u64::from(n), "person is", "people are")
            )
        };
        let mut sentence = match (self.touched_twice, self.touched) {
            (0, 0) => "They are tied to nobody outside the list".to_owned(),
            (0, n) => format!("{} one of them, nobody to two", are(n)),
            (n, _) => format!("{} at least two of them", are(n)),
        };
        let names = self.community_names(communities);
        if !names.is_empty() {
            let all = self.communities.len() == names.len();
            sentence.push_str(if all { ", in " } else { ", most in " });
            // Names may hold commas themselves.
            sentence.push_str(&names.join(" and in "));
        }
        if let Some(window) = self.window {
            let on = if window.days == Days::Every {
                ""
            } else {
                "on "
            };
            sentence.push_str("; they post most ");
            sentence.push_str(on);
            sentence.push_str(&window.words());
        }
        sentence
    }

    /// The communities the wave works in by name, at most two, most people first; small groups have none.
    pub fn community_names<'a>(&self, communities: &'a Communities) -> Vec<&'a str> {
        let large = self.communities.iter().filter_map(|(id, _)| {
            let community = communities.list.get(id.index())?;
            (!community.small).then_some(community.name.as_str())
        });
        large.take(MOST_NAMED).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: DaysSpanned = DaysSpanned {
        weekdays: 5,
        weekends: 2,
    };

    fn hours(weekdays: &[(usize, u64)], weekends: &[(usize, u64)]) -> HourCounts {
        let mut hours = HourCounts::default();
        for &(hour, n) in weekdays {
            hours.weekdays[hour] = n;
        }
        for &(hour, n) in weekends {
            hours.weekends[hour] = n;
        }
        hours
    }

    #[test]
    fn the_window_holds_most_posts_and_says_on_which_days() {
        let evening = hours(&[(9, 10), (16, 20), (17, 30), (18, 25)], &[(17, 5)]);
        let window = best_window(&evening, WEEK).expect("90 posts are enough");
        // 75 posts on five weekdays are 15 a day, 5 on two days are 2.5.
        assert_eq!(window.words(), "weekdays 16 to 19 UTC");
        assert_eq!((window.posts, window.of, window.percent()), (80, 90, 89));
        let sunday = hours(&[(12, 10)], &[(11, 20), (13, 20)]);
        let window = best_window(&sunday, WEEK).expect("50 posts");
        assert_eq!(window.words(), "weekends 11 to 14 UTC");
    }

    #[test]
    fn a_window_may_run_over_midnight_and_hold_on_every_day() {
        let night = hours(&[(23, 25), (0, 25)], &[(23, 10), (0, 10)]);
        let window = best_window(&night, WEEK).expect("70 posts");
        // The first of the windows that hold both hours, from midnight: 22 and 23 do, 22 comes first.
        assert_eq!(window.words(), "every day 22 to 1 UTC");
        assert_eq!(window.posts, 70);
    }

    #[test]
    fn a_few_posts_tell_no_hour() {
        assert!(best_window(&hours(&[(9, 19)], &[]), WEEK).is_none());
        assert!(best_window(&hours(&[(9, 20)], &[]), WEEK).is_some());
    }
}
