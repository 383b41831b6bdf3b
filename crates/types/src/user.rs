//! Users, as anybody may see them and as they see themselves.
//!
//! [`User`] is what anybody may see of one.
//!
//! See [users](https://docs.discord.com/developers/resources/user).

mod connection;
mod request;

use polycord_types_derive::Model;

use crate::{
    Color, ImageHash, Text,
    cdn::{self, ImageUrl},
    id::{GuildId, SkuId, UserId},
    locale::Locale,
    mention::Mention,
};

pub use self::{
    connection::{ApplicationRoleConnection, Connection, ConnectionService, ConnectionVisibility},
    request::{CreateDm, CreateGroupDm, ModifyCurrentUser, UpdateApplicationRoleConnection},
};

/// An account: a person, or a bot.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#user-object-user-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct User {
    /// Identifies the account, for ever.
    #[model(key)]
    pub id: UserId,
    /// The account's name. Unique for people; bots share names, told apart by `discriminator`.
    pub username: Text,
    /// Four digits behind a bot's name; `"0"` for accounts with a unique name.
    pub discriminator: Text,
    /// The name the account shows everywhere, if one was set. For bots, the application's name.
    #[model(nullable)]
    pub global_name: Option<Text>,
    /// Hash of the avatar.
    #[model(nullable)]
    pub avatar: Option<ImageHash>,
    /// Whether an application owns the account.
    pub bot: Option<bool>,
    /// Whether the account speaks for Discord itself.
    pub system: Option<bool>,
    /// Whether the account has a second factor.
    pub mfa_enabled: Option<bool>,
    /// Hash of the profile's banner.
    #[model(optional, nullable)]
    pub banner: Option<Box<ImageHash>>,
    /// Colour of the profile's banner where there is no image.
    #[model(optional, nullable)]
    pub accent_color: Option<Color>,
    /// The language the account chose.
    pub locale: Option<Locale>,
    /// Whether the e-mail address was confirmed.
    pub verified: Option<bool>,
    /// The e-mail address.
    #[model(optional, nullable)]
    pub email: Option<Box<Text>>,
    /// Badges and properties, some of them private.
    pub flags: Option<UserFlags>,
    /// The kind of Nitro subscription.
    pub premium_type: Option<PremiumType>,
    /// Badges and properties that everybody sees.
    pub public_flags: Option<UserFlags>,
    /// What frames the avatar.
    #[model(optional, nullable)]
    pub avatar_decoration_data: Option<Box<AvatarDecoration>>,
    /// Collectibles the account wears.
    #[model(optional, nullable)]
    pub collectibles: Option<Box<Collectibles>>,
    /// The guild whose tag the account wears.
    #[model(optional, nullable)]
    pub primary_guild: Option<Box<PrimaryGuild>>,
}

impl User {
    /// The name that the account shows: the global one, if it was set.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }

    /// The address of the avatar, or of the default one where none was chosen.
    pub fn avatar_url(&self) -> ImageUrl {
        match &self.avatar {
            Some(hash) => cdn::user_avatar(self.id, hash),
            None => cdn::default_user_avatar(self.id, self.discriminator.parse().ok()),
        }
    }

    /// What mentions the user in a message.
    #[must_use]
    pub const fn mention(&self) -> Mention<'static> {
        self.id.mention()
    }

    /// Whether an application owns the account.
    #[must_use]
    pub fn is_bot(&self) -> bool {
        self.bot == Some(true)
    }
}

/// A user of whom only the id is certain.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#user-object-user-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct PartialUser {
    /// Identifies the account.
    #[model(key)]
    pub id: UserId,
    /// The account's name.
    pub username: Option<Text>,
    /// Four digits behind a bot's name.
    pub discriminator: Option<Text>,
    /// The name the account shows everywhere.
    #[model(optional, nullable)]
    pub global_name: Option<Text>,
    /// Hash of the avatar.
    #[model(optional, nullable)]
    pub avatar: Option<ImageHash>,
    /// Whether an application owns the account.
    pub bot: Option<bool>,
    /// Whether the account speaks for Discord itself.
    pub system: Option<bool>,
    /// Whether the account has a second factor.
    pub mfa_enabled: Option<bool>,
    /// Hash of the profile's banner.
    #[model(optional, nullable)]
    pub banner: Option<Box<ImageHash>>,
    /// Colour of the profile's banner where there is no image.
    #[model(optional, nullable)]
    pub accent_color: Option<Color>,
    /// The language the account chose.
    pub locale: Option<Locale>,
    /// Whether the e-mail address was confirmed.
    pub verified: Option<bool>,
    /// The e-mail address.
    #[model(optional, nullable)]
    pub email: Option<Box<Text>>,
    /// Badges and properties, some of them private.
    pub flags: Option<UserFlags>,
    /// The kind of Nitro subscription.
    pub premium_type: Option<PremiumType>,
    /// Badges and properties that everybody sees.
    pub public_flags: Option<UserFlags>,
    /// What frames the avatar.
    #[model(optional, nullable)]
    pub avatar_decoration_data: Option<Box<AvatarDecoration>>,
    /// Collectibles the account wears.
    #[model(optional, nullable)]
    pub collectibles: Option<Box<Collectibles>>,
    /// The guild whose tag the account wears.
    #[model(optional, nullable)]
    pub primary_guild: Option<Box<PrimaryGuild>>,
}

/// The guild whose tag a user wears beside the name.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#user-object-user-primary-guild).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PrimaryGuild {
    /// The guild of the tag.
    #[model(nullable)]
    pub identity_guild_id: Option<GuildId>,
    /// Whether the tag is shown. `None` where it was cleared, for example because the guild lost
    /// its tags.
    #[model(nullable)]
    pub identity_enabled: Option<bool>,
    /// The tag's text, at most four characters.
    #[model(nullable)]
    pub tag: Option<Text>,
    /// Hash of the tag's badge.
    #[model(nullable)]
    pub badge: Option<ImageHash>,
}

/// What frames a user's avatar.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#avatar-decoration-data-object-avatar-decoration-data-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct AvatarDecoration {
    /// Hash of the decoration.
    pub asset: ImageHash,
    /// The product the decoration was sold as.
    #[model(nullable)]
    pub sku_id: Option<SkuId>,
}

/// Collectibles a user wears, apart from the avatar decoration.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#collectibles-collectible-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Collectibles {
    /// The background behind the name in member lists.
    #[model(optional, nullable)]
    pub nameplate: Option<Nameplate>,
}

/// A background behind a user's name in member lists.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#nameplate-nameplate-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Nameplate {
    /// The product the nameplate was sold as.
    #[model(nullable)]
    pub sku_id: Option<SkuId>,
    /// Path of the nameplate's images.
    pub asset: Text,
    /// A text that describes it. Not used by clients at present.
    pub label: Text,
    /// Colours of the background.
    pub palette: NameplatePalette,
}

open_enum! {
    /// The kind of a user's Nitro subscription.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/user#user-object-premium-types).
    pub enum PremiumType: u32 {
        /// No subscription.
        None = 0,
        /// Nitro Classic.
        NitroClassic = 1,
        /// Nitro.
        Nitro = 2,
        /// Nitro Basic.
        NitroBasic = 3,
    }
}

open_enum! {
    /// Colours behind a nameplate.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/user#nameplate-nameplate-structure).
    pub enum NameplatePalette: str {
        /// Crimson.
        Crimson = "crimson",
        /// Berry.
        Berry = "berry",
        /// Sky.
        Sky = "sky",
        /// Teal.
        Teal = "teal",
        /// Forest.
        Forest = "forest",
        /// Bubble gum.
        BubbleGum = "bubble_gum",
        /// Violet.
        Violet = "violet",
        /// Cobalt.
        Cobalt = "cobalt",
        /// Clover.
        Clover = "clover",
        /// Lemon.
        Lemon = "lemon",
        /// White.
        White = "white",
    }
}

flags! {
    /// Badges and properties of a user.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/user#user-object-user-flags).
    pub struct UserFlags: u64 {
        /// Works at Discord.
        const STAFF = 1 << 0;
        /// Owns a partnered guild.
        const PARTNER = 1 << 1;
        /// Organises HypeSquad events.
        const HYPESQUAD = 1 << 2;
        /// Bug hunter, first level.
        const BUG_HUNTER_LEVEL_1 = 1 << 3;
        /// Of the house of Bravery.
        const HYPESQUAD_ONLINE_HOUSE_1 = 1 << 6;
        /// Of the house of Brilliance.
        const HYPESQUAD_ONLINE_HOUSE_2 = 1 << 7;
        /// Of the house of Balance.
        const HYPESQUAD_ONLINE_HOUSE_3 = 1 << 8;
        /// Had Nitro early.
        const PREMIUM_EARLY_SUPPORTER = 1 << 9;
        /// Not a user: stands for a team.
        const TEAM_PSEUDO_USER = 1 << 10;
        /// Bug hunter, second level.
        const BUG_HUNTER_LEVEL_2 = 1 << 14;
        /// A verified bot.
        const VERIFIED_BOT = 1 << 16;
        /// Verified as a bot's developer early.
        const VERIFIED_DEVELOPER = 1 << 17;
        /// Went through the moderator programme.
        const CERTIFIED_MODERATOR = 1 << 18;
        /// A bot that takes interactions over HTTP, and therefore looks online.
        const BOT_HTTP_INTERACTIONS = 1 << 19;
    }
}
