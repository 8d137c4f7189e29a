//! The picture of the map on its way out: into a file, or to the clipboard.

use std::path::PathBuf;

use eframe::egui;

use super::App;
use super::list::no_map;
use crate::app::command::MapOf;
use crate::app::exports::{Export, MapExport, MapPicture, picture_style};
use crate::app::model::Sheet;
use crate::export::map::MapFormat;
use crate::problem::Problem;
use crate::render::Pixels;

impl App {
    pub(super) fn set_map_export(&mut self, chosen: MapExport) {
        self.model.map_export = chosen;
    }

    /// The picture that is wanted now.
    fn map_picture(&self, chosen: &MapExport) -> Result<MapPicture, Problem> {
        let mut order = self.wanted_scene().ok_or_else(no_map)?;
        let shown = self.map_view.shown();
        let mut style = picture_style(chosen, &order.results, shown, self.model.theme);
        order.style.theme = style.theme;
        if let Some(part) = (order.style.part.as_ref()).filter(|_| !style.caption.is_empty()) {
            style.caption.push_str(" · part: ");
            style.caption.push_str(&part.words);
        }
        style.selected = self.model.selected.to_vec();
        Ok(MapPicture { order, style })
    }

    /// Writes the picture to `path`: what its ending says, else what was chosen.
    pub(super) fn export_map(&mut self, path: PathBuf) -> Result<(), Problem> {
        let chosen = self.model.map_export.clone();
        let picture = Box::new(self.map_picture(&chosen)?);
        self.must_not_be_read(&path)?;
        let format = MapFormat::of(&path);
        let path = if format.is_some() {
            path
        } else {
            // Without an ending of ours the name gets one, so that other programs know what it is.
            let mut name = path.into_os_string();
            name.push(".");
            name.push(chosen.format.ending());
            PathBuf::from(name)
        };
        self.must_not_be_read(&path)?;
        self.model.sheet = self.model.sheet.filter(|sheet| *sheet != Sheet::MapExport);
        self.exports.push_back(Export::Map {
            path,
            format: format.unwrap_or(chosen.format),
            picture,
        });
        Ok(())
    }

    /// Puts what the window shows of the map on the clipboard, twice as fine.
    pub(super) fn copy_map(&mut self) -> Result<(), Problem> {
        if self.model.flow_view.of == MapOf::Communities {
            return Err(Problem::new(
                "The communities as bubbles are on the screen only",
                "Press M to show people, then copy the picture",
            ));
        }
        let chosen = MapExport {
            as_shown: true,
            scale: 2,
            ..MapExport::default()
        };
        let picture = Box::new(self.map_picture(&chosen)?);
        self.exports.push_back(Export::Copy(picture));
        Ok(())
    }

    /// Hands a finished picture to the clipboard.
    pub(super) fn copied(&mut self, pixels: &Pixels, ctx: &egui::Context) {
        let size = [pixels.width as usize, pixels.height as usize];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
        ctx.copy_image(image);
        self.model.said = format!("Picture copied, {} x {} pixels", size[0], size[1]);
    }
}
