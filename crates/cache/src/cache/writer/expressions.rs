//! Emoji, stickers and sounds.
//!
//! Who made one is told only now and then, to those who may know it: what is known of that stays.

use std::sync::Arc;

use polycord_types::{
    emoji::Emoji,
    id::{EmojiId, GuildId, SoundId},
    soundboard::SoundboardSound,
    sticker::Sticker,
};

use super::Writer;
use crate::cache::cell::GuildCell;
use crate::cache::data::GuildData;
use crate::cache::entry::{Emojis, Sounds, Stickers};

impl Writer<'_> {
    /// Makes a guild's emoji those of a list that is complete.
    pub(in crate::cache) fn reconcile_emojis(&mut self, data: &mut GuildData, emojis: &[Emoji]) {
        let rows = emojis.iter();
        let rows = rows.filter_map(|emoji| self.emoji_row(data, emoji));
        let rows = rows.collect();
        self.reconcile::<Emojis>(data, rows);
    }

    /// Makes a guild's stickers those of a list that is complete.
    pub(in crate::cache) fn reconcile_stickers(
        &mut self,
        data: &mut GuildData,
        stickers: &[Sticker],
    ) {
        let rows = stickers.iter();
        let rows = rows.map(|sticker| (sticker.id, self.sticker_row(data, sticker)));
        let rows = rows.collect();
        self.reconcile::<Stickers>(data, rows);
    }

    /// Makes a guild's sounds those of a list that is complete.
    pub(in crate::cache) fn reconcile_sounds(
        &mut self,
        data: &mut GuildData,
        sounds: &[SoundboardSound],
    ) {
        let rows = sounds.iter().map(|sound| {
            let row = self.sound_row(data, sound);
            (sound.sound_id, row)
        });
        let rows = rows.collect();
        self.reconcile::<Sounds>(data, rows);
    }

    /// Writes sounds. Those that are not among them stay.
    pub(in crate::cache) fn put_sounds(
        &mut self,
        data: &mut GuildData,
        sounds: &[SoundboardSound],
    ) {
        for sound in sounds {
            self.put_sound(data, sound);
        }
    }

    pub(in crate::cache) fn put_emoji(&mut self, data: &mut GuildData, emoji: &Emoji) {
        if let Some((id, row)) = self.emoji_row(data, emoji) {
            self.put::<Emojis>(data, id, row);
        }
    }

    pub(in crate::cache) fn put_sticker(&mut self, data: &mut GuildData, sticker: &Sticker) {
        let row = self.sticker_row(data, sticker);
        self.put::<Stickers>(data, sticker.id, row);
    }

    pub(in crate::cache) fn put_sound(&mut self, data: &mut GuildData, sound: &SoundboardSound) {
        let row = self.sound_row(data, sound);
        self.put::<Sounds>(data, sound.sound_id, row);
    }

    /// The guild that has a sound: an event may leave it out.
    pub(in crate::cache) fn sound_home(&self, sound: SoundId) -> Option<GuildId> {
        let has = |cell: &GuildCell| cell.read().tables.sounds.contains(sound);
        let guilds = &self.inner.guilds;
        guilds.find(|guild, cell| has(cell).then_some(guild))
    }

    fn emoji_row(&self, data: &GuildData, emoji: &Emoji) -> Option<(EmojiId, Arc<Emoji>)> {
        // Only an emoji of Unicode has none.
        let id = emoji.id?;
        let mut emoji = emoji.clone();
        if emoji.user.is_none() {
            let known = self.known::<Emojis>(data, id);
            emoji.user = known.and_then(|known| known.user.clone());
        }
        Some((id, Arc::new(emoji)))
    }

    fn sticker_row(&self, data: &GuildData, sticker: &Sticker) -> Arc<Sticker> {
        let mut sticker = sticker.clone();
        if sticker.user.is_none() {
            let known = self.known::<Stickers>(data, sticker.id);
            sticker.user = known.and_then(|known| known.user.clone());
        }
        Arc::new(sticker)
    }

    fn sound_row(&self, data: &GuildData, sound: &SoundboardSound) -> Arc<SoundboardSound> {
        let mut sound = SoundboardSound {
            guild_id: Some(data.id),
            ..sound.clone()
        };
        if sound.user.is_none() {
            let known = self.known::<Sounds>(data, sound.sound_id);
            sound.user = known.and_then(|known| known.user.clone());
        }
        Arc::new(sound)
    }
}
