//! Emoji and stickers.

use std::sync::Arc;

use polycord_types::{emoji::Emoji, sticker::Sticker};

use super::Writer;
use crate::cache::data::GuildData;
use crate::cache::entry::{Emojis, Stickers};

impl Writer<'_> {
    /// Makes a guild's emoji those of a list that is complete.
    pub(in crate::cache) fn reconcile_emojis(&mut self, data: &mut GuildData, emojis: &[Emoji]) {
        let rows = emojis.iter().filter_map(|emoji| {
            // Only an emoji of Unicode has none.
            let id = emoji.id?;
            Some((id, Arc::new(emoji.clone())))
        });
        self.reconcile::<Emojis>(data, rows.collect());
    }

    /// Makes a guild's stickers those of a list that is complete.
    pub(in crate::cache) fn reconcile_stickers(
        &mut self,
        data: &mut GuildData,
        stickers: &[Sticker],
    ) {
        let rows = stickers
            .iter()
            .map(|sticker| (sticker.id, Arc::new(sticker.clone())));
        self.reconcile::<Stickers>(data, rows.collect());
    }
}
