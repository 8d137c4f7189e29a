//! What a table is: posts, ties, people or a square of ties, by its columns and their values.

use std::collections::HashSet;

use super::by_values::{
    cast_author_by_values, cast_reply_by_values, cast_text_by_values, cast_time_by_values,
};
use super::columns::{Casting, Roles};
use super::facts::Facts;
use super::formats::{self, Signature, TableKind};
use super::table::Table;
use super::tie_columns::{cast_ends_by_alias, cast_tie_extras, ends_by_alias, ends_by_values};
use super::{ImportError, ImportSettings, Role, matrix};
use crate::people::TieKind;

/// Why a table is a list of ties where no header says so.
pub(super) const TIES_BY_VALUES: &str = "Two columns hold people, and no column holds texts";

/// How a table is to be read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// What its rows are.
    pub kind: TableKind,
    /// The format in words.
    pub title: String,
    /// Why it was taken for that, one sentence.
    pub why: String,
    /// Which column plays which role.
    pub roles: Roles,
    /// What the person should know.
    pub warnings: Vec<String>,
    /// What the columns look like.
    pub facts: Vec<Facts>,
}

const POST_ROLES: [Role; 17] = [
    Role::Author,
    Role::Name,
    Role::AuthorId,
    Role::PostId,
    Role::Text,
    Role::Time,
    Role::ReplyTo,
    Role::RepostOf,
    Role::QuoteOf,
    Role::Mentions,
    Role::Reach,
    Role::Url,
    Role::Language,
    Role::Sentiment,
    Role::Platform,
    Role::PostKind,
    Role::Bio,
];

/// The roles that name somebody addressed.
pub(super) const ADDRESSING: [Role; 4] =
    [Role::RepostOf, Role::QuoteOf, Role::ReplyTo, Role::Mentions];

/// Finds out what a table is and which column plays which role.
///
/// # Errors
/// The table as the guess left it, with [`ImportError::NoAuthor`] or [`ImportError::NoText`], so that it can still be shown.
pub(super) fn detect(
    table: &Table<'_>,
    settings: &ImportSettings,
) -> Result<Reading, Box<(Reading, ImportError)>> {
    let casting = Casting::new(table, settings);
    if table.is_only_header() {
        let title = formats::signature(&table.columns).map_or("Table", |s| s.title.as_str());
        let why = "It has a header, but no row below it";
        return Ok(finish(casting, TableKind::Posts, title, why));
    }
    if !casting.has_choices() && matrix::is_square(table) {
        let why = "The names in the first row are those in the first column";
        return Ok(finish(casting, TableKind::Matrix, "Matrix of ties", why));
    }
    if let Some(signature) = formats::signature(&table.columns).filter(|_| table.has_header) {
        let wants_ties = casting.is_chosen(Role::Source) || casting.is_chosen(Role::Target);
        if (signature.kind == TableKind::Ties) == wants_ties || !wants_ties {
            return by_signature(casting, signature);
        }
    }
    if let Some(kind) = chosen_kind(&casting) {
        return by_choice(casting, kind);
    }
    by_columns(casting)
}

fn finish(casting: Casting<'_>, kind: TableKind, title: &str, why: impl Into<String>) -> Reading {
    Reading {
        kind,
        title: title.to_owned(),
        why: why.into(),
        roles: casting.roles,
        warnings: casting.warnings,
        facts: casting.facts,
    }
}

fn fail(casting: Casting<'_>, has_author: bool) -> Box<(Reading, ImportError)> {
    let error = casting.not_understood(has_author);
    let why = "No column could be recognised as the author and the text of posts, or as the two ends of ties";
    Box::new((finish(casting, TableKind::Posts, "Table", why), error))
}

fn by_signature(
    mut casting: Casting<'_>,
    signature: &Signature,
) -> Result<Reading, Box<(Reading, ImportError)>> {
    for role in Role::ALL {
        casting.by_signature(role, signature);
    }
    let why = format!("Its columns are those of {}", signature.title);
    if signature.kind == TableKind::Ties {
        cast_tie_extras(&mut casting, false);
        return Ok(finish(casting, TableKind::Ties, &signature.title, why));
    }
    if signature.kind == TableKind::People {
        return Ok(finish(casting, TableKind::People, &signature.title, why));
    }
    cast_posts(&mut casting);
    if has_author(&casting.roles) {
        Ok(finish(casting, TableKind::Posts, &signature.title, why))
    } else {
        Err(fail(casting, false))
    }
}

/// The kind of table that the person's choices imply.
fn chosen_kind(casting: &Casting<'_>) -> Option<TableKind> {
    let any = |roles: &[Role]| roles.iter().any(|r| casting.is_chosen(*r));
    if any(&[Role::Source, Role::Target]) {
        Some(TableKind::Ties)
    } else if any(&[
        Role::Author,
        Role::Text,
        Role::ReplyTo,
        Role::RepostOf,
        Role::QuoteOf,
        Role::Mentions,
    ]) {
        Some(TableKind::Posts)
    } else if any(&[Role::Id, Role::Label]) {
        Some(TableKind::People)
    } else {
        None
    }
}

fn by_choice(
    mut casting: Casting<'_>,
    kind: TableKind,
) -> Result<Reading, Box<(Reading, ImportError)>> {
    let why = "You chose its columns";
    match kind {
        TableKind::Ties => {
            cast_ends_by_alias(&mut casting);
            if !(casting.roles.has(Role::Source) && casting.roles.has(Role::Target)) {
                let free = (0..casting.table.columns.len())
                    .find(|&i| casting.roles.role_of(i).is_none() && casting.fits(Role::Source, i));
                let missing = if casting.roles.has(Role::Source) {
                    Role::Target
                } else {
                    Role::Source
                };
                match free {
                    Some(i) => casting.roles.give(missing, i, "the next column"),
                    None => return Err(fail(casting, false)),
                }
            }
            cast_tie_extras(&mut casting, false);
            Ok(finish(casting, kind, "Tie list", why))
        }
        TableKind::People => {
            cast_people(&mut casting);
            Ok(finish(casting, kind, "Table of people", why))
        }
        TableKind::Posts | TableKind::Matrix => {
            cast_posts(&mut casting);
            // What was told by its values stays so when the person chooses another column.
            if !casting.roles.has(Role::Text) {
                cast_text_by_values(&mut casting);
            }
            if !has_author(&casting.roles) {
                cast_author_by_values(&mut casting);
            }
            if has_author(&casting.roles) {
                Ok(finish(casting, TableKind::Posts, "Posts table", why))
            } else {
                Err(fail(casting, false))
            }
        }
    }
}

fn by_columns(mut casting: Casting<'_>) -> Result<Reading, Box<(Reading, ImportError)>> {
    if let Some((source, target)) = ends_by_alias(&mut casting) {
        return Ok(ties_or_letters(casting, source, target));
    }
    cast_posts(&mut casting);
    let has_text = casting
        .roles
        .first(Role::Text)
        .is_some_and(|i| casting.facts_of(i).filled > 0);
    let addresses = ADDRESSING.iter().any(|r| {
        casting
            .roles
            .of(*r)
            .iter()
            .any(|&i| casting.facts_of(i).filled > 0)
    });
    let has_author_now = has_author(&casting.roles);
    if has_author_now && !has_text && addresses && is_bare_tie_list(&casting) {
        return Ok(author_and_target(casting));
    }
    if has_author_now && (has_text || addresses) {
        let why = words_for_posts(&casting);
        return Ok(finish(casting, TableKind::Posts, "Posts table", why));
    }
    let posts = (casting.roles.clone(), casting.warnings.clone());
    casting.roles = chosen_only(&casting);
    cast_people(&mut casting);
    let tells = [Role::Label, Role::Reach, Role::Community];
    if casting.roles.has(Role::Id) && tells.iter().any(|r| casting.roles.has(*r)) && !has_text {
        let why = "It has a column of ids or handles and what they are, but neither posts nor ties";
        return Ok(finish(casting, TableKind::People, "Table of people", why));
    }
    // Sentences under a header are posts, if anything tells who wrote them: two columns of people may stand beside them.
    let sentences = (0..casting.table.columns.len()).any(|i| casting.facts_of(i).is_prose());
    if casting.table.has_header && sentences && cast_posts_by_values(&mut casting, &posts) {
        let why = words_for_posts(&casting);
        return Ok(finish(casting, TableKind::Posts, "Posts table", why));
    }
    casting.roles = chosen_only(&casting);
    if let Some(ends) = ends_by_values(&casting).filter(|_| !has_text) {
        return Ok(ties_by_values(casting, ends));
    }
    if cast_posts_by_values(&mut casting, &posts) {
        let why = words_for_posts(&casting);
        return Ok(finish(casting, TableKind::Posts, "Posts table", why));
    }
    let author = has_author(&casting.roles);
    Err(fail(casting, author))
}

/// Adds to the roles and warnings in `before` what the values tell of posts; true when that makes posts.
fn cast_posts_by_values(casting: &mut Casting<'_>, before: &(Roles, Vec<String>)) -> bool {
    (casting.roles, casting.warnings) = before.clone();
    cast_text_by_values(casting);
    if !has_author(&casting.roles) {
        cast_author_by_values(casting);
    }
    let are_posts = has_author(&casting.roles) && casting.roles.has(Role::Text);
    if are_posts {
        cast_reply_by_values(casting);
    }
    are_posts
}

fn ties_by_values(mut casting: Casting<'_>, (source, target): (usize, usize)) -> Reading {
    let why = "its values look like people";
    casting.roles.give(Role::Source, source, why);
    casting.roles.give(Role::Target, target, why);
    cast_tie_extras(&mut casting, true);
    if !casting.table.has_header && casting.table.sample.len() == 1 {
        let sentence = "The file has one row; if that row names columns, there is nothing below it";
        casting.warnings.push(sentence.to_owned());
    }
    finish(casting, TableKind::Ties, "Tie list", TIES_BY_VALUES)
}

fn has_author(roles: &Roles) -> bool {
    roles.has(Role::Author)
        || roles.has(Role::AuthorId)
        || roles.has(Role::Name)
        || roles.author_in_url
}

/// Only what the person chose.
fn chosen_only(casting: &Casting<'_>) -> Roles {
    let mut roles = Roles::default();
    for role in Role::ALL.into_iter().filter(|r| casting.is_chosen(*r)) {
        for &column in casting.roles.of(role) {
            roles.give(role, column, "you chose it");
        }
    }
    roles
}

fn words_for_posts(casting: &Casting<'_>) -> String {
    let name = |role| {
        casting
            .roles
            .first(role)
            .and_then(|i| casting.table.columns.get(i))
    };
    let author = name(Role::Author)
        .or(name(Role::AuthorId))
        .or(name(Role::Name));
    match (author, name(Role::Text)) {
        (Some(author), Some(text)) => {
            format!("The column \"{author}\" names who wrote and \"{text}\" holds what they wrote")
        }
        (Some(author), None) => {
            format!("The column \"{author}\" names who wrote, and another whom they addressed")
        }
        _ => "Its addresses name who wrote".to_owned(),
    }
}

/// Casts everything a table of posts can tell, by aliases.
fn cast_posts(casting: &mut Casting<'_>) {
    for role in POST_ROLES {
        casting.by_alias(role, ADDRESSING.contains(&role) && role != Role::Mentions);
    }
    if casting.is_open(Role::Time) {
        cast_time_by_values(casting);
    }
    cast_clock(casting);
    names_and_ids(casting);
    if !has_author(&casting.roles) {
        let tells = |i: usize| {
            let mut cells = casting.table.sample.iter().filter_map(|row| row.get(i));
            let n = cells.clone().filter(|c| !c.trim().is_empty()).count();
            let with = cells.by_ref().filter(|c| {
                super::handles::address(c)
                    .is_some_and(|a| a.handle.is_some() && a.post_id.is_some())
            });
            n > 0 && with.count() * 2 > n
        };
        casting.roles.author_in_url = casting.roles.first(Role::Url).is_some_and(tells);
    }
}

/// A date without the time of day looks for it in a column of its own.
fn cast_clock(casting: &mut Casting<'_>) {
    let Some(date) = casting.roles.first(Role::Time) else {
        return;
    };
    let clocks = |i: usize| {
        let cells = casting.table.sample.iter().filter_map(|row| row.get(i));
        cells.filter(|c| super::dates::has_clock(c)).count()
    };
    if clocks(date) > 0 {
        return;
    }
    let names: HashSet<String> = formats::aliases_of("clock")
        .iter()
        .map(|a| formats::plain(a))
        .collect();
    let found = (0..casting.table.columns.len()).find(|&i| {
        let named = casting
            .table
            .columns
            .get(i)
            .is_some_and(|c| names.contains(&formats::plain(c)));
        named && i != date && clocks(i) > 0
    });
    casting.roles.clock = found;
}

/// A column of display names is no column of handles: where an id stands beside it, the id is the key.
fn names_and_ids(casting: &mut Casting<'_>) {
    let Some(author) = casting
        .roles
        .first(Role::Author)
        .filter(|_| !casting.is_chosen(Role::Author))
    else {
        return;
    };
    let f = casting.facts_of(author);
    let are_names = f.mostly(f.filled - f.single_words, 50);
    let has_id = casting
        .roles
        .first(Role::AuthorId)
        .is_some_and(|i| casting.facts_of(i).filled * 10 >= casting.facts_of(i).rows * 9);
    if are_names && has_id && !casting.roles.has(Role::Name) {
        casting.roles.take(Role::Author);
        casting
            .roles
            .give(Role::Name, author, "its values are display names");
    }
}

/// Two named ends are ties, unless a text says that the rows are letters from one to the other.
fn ties_or_letters(mut casting: Casting<'_>, source: usize, target: usize) -> Reading {
    let text = casting
        .matches(formats::aliases(Role::Text), Role::Text)
        .into_iter()
        .find(|&i| casting.facts_of(i).is_prose());
    let why = format!(
        "Its columns \"{}\" and \"{}\" are the two ends of ties",
        casting.table.columns.get(source).map_or("", String::as_str),
        casting.table.columns.get(target).map_or("", String::as_str)
    );
    if text.is_some() {
        casting
            .roles
            .give(Role::Author, source, "its header and its values");
        casting
            .roles
            .give(Role::ReplyTo, target, "its header and its values");
        cast_posts(&mut casting);
        casting.roles.kind = Some(TieKind::Tie);
        return finish(casting, TableKind::Posts, "Posts table", why);
    }
    casting
        .roles
        .give(Role::Source, source, "its header and its values");
    casting
        .roles
        .give(Role::Target, target, "its header and its values");
    cast_tie_extras(&mut casting, false);
    finish(casting, TableKind::Ties, "Tie list", why)
}

/// An author and somebody addressed, and nothing that a post has.
fn is_bare_tie_list(casting: &Casting<'_>) -> bool {
    ![Role::Time, Role::PostId, Role::Url]
        .iter()
        .any(|r| casting.roles.has(*r))
        && casting.table.columns.len() <= 5
        && ADDRESSING.iter().filter(|r| casting.roles.has(**r)).count() == 1
        && casting.table.columns.iter().any(|c| {
            formats::aliases(Role::Weight)
                .iter()
                .any(|a| formats::plain(a) == formats::plain(c))
        })
}

fn author_and_target(mut casting: Casting<'_>) -> Reading {
    let kind = match ADDRESSING.iter().find(|r| casting.roles.has(**r)) {
        Some(Role::RepostOf) => TieKind::Repost,
        Some(Role::QuoteOf) => TieKind::Quote,
        Some(Role::ReplyTo) => TieKind::Reply,
        _ => TieKind::Mention,
    };
    let target = ADDRESSING
        .iter()
        .flat_map(|r| casting.roles.take(*r))
        .next();
    let source = [Role::Author, Role::AuthorId, Role::Name]
        .iter()
        .find_map(|r| casting.roles.first(*r));
    casting.roles = chosen_only(&casting);
    casting.roles.kind = Some(kind);
    for (role, column) in [(Role::Source, source), (Role::Target, target)] {
        if let Some(column) = column {
            casting
                .roles
                .give(role, column, "its header and its values");
        }
    }
    cast_tie_extras(&mut casting, false);
    let why = "It counts how often one person addressed another";
    finish(casting, TableKind::Ties, "Tie list", why)
}

fn cast_people(casting: &mut Casting<'_>) {
    for role in [
        Role::Id,
        Role::Label,
        Role::Reach,
        Role::Community,
        Role::Bio,
    ] {
        casting.by_alias(role, false);
    }
    if !casting.roles.has(Role::Id) {
        let author = casting.matches(formats::aliases(Role::Author), Role::Author);
        if let Some(&i) = author.first() {
            casting.roles.give(Role::Id, i, "its header and its values");
        }
    }
    if !casting.roles.has(Role::Label) {
        let name = casting.matches(formats::aliases(Role::Name), Role::Name);
        if let Some(&i) = name.first() {
            casting
                .roles
                .give(Role::Label, i, "its header and its values");
        }
    }
}
