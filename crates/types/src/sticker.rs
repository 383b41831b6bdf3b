//! Stickers, standard and of guilds, and what is sent to make and change them.
//!
//! See [stickers](https://docs.discord.com/developers/resources/sticker).

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

/// The packs of stickers that Discord offers.
///
/// See [the documentation](https://docs.discord.com/developers/resources/sticker#list-sticker-packs-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct StickerPacks {
    /// The packs.
    pub sticker_packs: Vec<StickerPack>,
}

/// A sticker to be uploaded to a guild.
///
/// The request is a form, not JSON: these are its fields beside `file`, which is the sticker itself, a PNG, APNG,
/// GIF or Lottie file of at most 512 KiB.
///
/// See [the documentation](https://docs.discord.com/developers/resources/sticker#create-guild-sticker-form-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateSticker {
    /// The sticker's name, 2 to 30 characters.
    pub name: Text,
    /// What it shows, 2 to 100 characters, or nothing.
    pub description: Text,
    /// Words for search and completion, at most 200 characters.
    pub tags: Text,
}

impl CreateSticker {
    /// A sticker with a name (2 to 30 characters) and words for search and completion (at most 200 characters).
    pub fn new(name: impl Into<Text>, tags: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            description: Text::default(),
            tags: tags.into(),
        }
    }

    /// Sets what it shows, 2 to 100 characters. The default is nothing.
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.description = description.into();
        self
    }
}

/// What is to change in a sticker of a guild. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/sticker#modify-guild-sticker-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifySticker {
    /// The sticker's name, 2 to 30 characters.
    pub name: Option<Text>,
    /// What it shows, 2 to 100 characters.
    pub description: Option<Option<Text>>,
    /// Words for search and completion, at most 200 characters.
    pub tags: Option<Text>,
}

impl ModifySticker {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifySticker {
        /// Sets the name, 2 to 30 characters.
        name(into Text);
        /// Sets the words for search and completion, at most 200 characters.
        tags(into Text);
    }
}

patch_setters! {
    impl ModifySticker {
        /// Sets what it shows, 2 to 100 characters.
        description(into Text);
    }
    clear {
        /// Removes what it shows.
        clear_description(description);
    }
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
