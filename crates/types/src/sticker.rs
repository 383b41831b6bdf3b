//! Stickers, standard and of guilds.

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{GenericId, GuildId, SkuId, StickerId, StickerPackId},
    user::User,
};

/// A sticker that can be sent in messages.
///
/// See [the documentation](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Sticker {
    /// Identifies the sticker.
    #[model(key)]
    pub id: StickerId,
    /// The pack of a standard sticker.
    pub pack_id: Option<StickerPackId>,
    /// The sticker's name.
    pub name: Text,
    /// What it shows.
    #[model(nullable)]
    pub description: Option<Text>,
    /// Words for search and completion, at most 200 characters. For a guild's sticker the client
    /// writes one emoji name.
    pub tags: Text,
    /// Standard, or a guild's.
    #[model(rename = "type")]
    pub kind: StickerKind,
    /// The file's format.
    #[model(nullable)]
    pub format_type: Option<StickerFormat>,
    /// Whether it can be used now. It may be lost with boosts.
    pub available: Option<bool>,
    /// The guild that owns it.
    pub guild_id: Option<GuildId>,
    /// Who uploaded it.
    pub user: Option<Box<User>>,
    /// Place of a standard sticker in its pack.
    pub sort_value: Option<i64>,
}

/// The part of a sticker that is needed to show it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/sticker#sticker-item-object-sticker-item-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct StickerItem {
    /// Identifies the sticker.
    #[model(key)]
    pub id: StickerId,
    /// The sticker's name.
    pub name: Text,
    /// The file's format.
    pub format_type: StickerFormat,
}

/// A pack of standard stickers.
///
/// See [the documentation](https://docs.discord.com/developers/resources/sticker#sticker-pack-object-sticker-pack-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct StickerPack {
    /// Identifies the pack.
    #[model(key)]
    pub id: StickerPackId,
    /// The stickers in it.
    pub stickers: Vec<Sticker>,
    /// The pack's name.
    pub name: Text,
    /// The product the pack is sold as.
    #[model(key)]
    pub sku_id: SkuId,
    /// The sticker that stands for the pack.
    pub cover_sticker_id: Option<StickerId>,
    /// What the pack is about.
    #[model(nullable)]
    pub description: Option<Text>,
    /// Banner image of the pack.
    pub banner_asset_id: Option<GenericId>,
}

open_enum! {
    /// Where a sticker comes from.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-types).
    pub enum StickerKind: u32 {
        /// From a pack that Discord offers.
        Standard = 1,
        /// Uploaded to a guild.
        Guild = 2,
    }
}

open_enum! {
    /// A sticker's file format.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-format-types).
    pub enum StickerFormat: u32 {
        /// PNG.
        Png = 1,
        /// Animated PNG.
        Apng = 2,
        /// Lottie (JSON).
        Lottie = 3,
        /// GIF.
        Gif = 4,
    }
}
