//! Carries out what is asked of the posts and of the cards that show them.

use eframe::egui;

use super::App;
use crate::app::command::ReadCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(clippy::unnecessary_wraps, reason = "one shape for all")]
    pub(super) fn ask_posts(
        &mut self,
        asked: ReadCommand,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        let reading = &mut self.model.reading;
        match asked {
            ReadCommand::SetScope(scope) => reading.scope = scope,
            ReadCommand::Search(words) => reading.words = words,
            ReadCommand::SetOrder(order) => reading.order = order,
            ReadCommand::CopyText(at) => {
                let map = self.model.map.as_ref();
                let posts = map.map(|map| &map.results.conversation.posts);
                let text = posts.and_then(|posts| {
                    let post = posts.posts.get(at as usize)?;
                    Some(posts.text(post).to_owned())
                });
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    ctx.copy_text(text);
                    "Text copied".clone_into(&mut self.model.said);
                }
            }
            ReadCommand::CopyProfile(person) => {
                let profile = self.model.map.as_ref().and_then(|map| {
                    let person = map.results.graph.people.get(person.index())?;
                    map.results.conversation.posts.profile(&person.key)
                });
                if let Some(profile) = profile {
                    ctx.copy_text(profile);
                    "Profile address copied".clone_into(&mut self.model.said);
                }
            }
        }
        Ok(())
    }
}
