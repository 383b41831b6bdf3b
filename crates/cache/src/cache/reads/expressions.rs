//! Emoji and stickers.

use polycord_types::{
    emoji::Emoji,
    id::{EmojiId, GuildId, StickerId},
    sticker::Sticker,
};

use crate::cache::entry::{Emojis, Stickers};
use crate::{Cache, InGuild};

impl Cache {
    /// An emoji of a guild.
    #[must_use]
    pub fn emoji(&self, guild: GuildId, id: EmojiId) -> Option<InGuild<Emoji>> {
        self.inner.find::<Emojis>(Some(guild), id)
    }

    /// The emoji of a guild, by id.
    #[must_use]
    pub fn guild_emojis(&self, id: GuildId) -> Vec<InGuild<Emoji>> {
        self.inner.all::<Emojis>(id)
    }

    /// A sticker of a guild.
    #[must_use]
    pub fn sticker(&self, guild: GuildId, id: StickerId) -> Option<InGuild<Sticker>> {
        self.inner.find::<Stickers>(Some(guild), id)
    }

    /// The stickers of a guild, by id.
    #[must_use]
    pub fn guild_stickers(&self, id: GuildId) -> Vec<InGuild<Sticker>> {
        self.inner.all::<Stickers>(id)
    }
}
