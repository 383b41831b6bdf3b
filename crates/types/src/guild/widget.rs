use polycord_types_derive::Model;

use crate::{
    ImageHash, Text,
    id::{ChannelId, GuildId},
    presence::Status,
};

/// Whether a guild has a widget, and where it invites to.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-widget-settings-object-guild-widget-settings-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct WidgetSettings {
    /// Whether the widget is on.
    pub enabled: bool,
    /// The channel it invites to.
    #[model(nullable)]
    pub channel_id: Option<ChannelId>,
}

/// What is to change in a guild's widget. `None` leaves a setting as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-widget).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyWidget {
    /// Whether the widget is on.
    pub enabled: Option<bool>,
    /// The channel it invites to.
    pub channel_id: Option<Option<ChannelId>>,
}

impl ModifyWidget {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyWidget {
        /// Sets whether the widget is on.
        enabled(bool);
    }
}

patch_setters! {
    impl ModifyWidget {
        /// Sets the channel it invites to.
        channel_id(ChannelId);
    }
    clear {
        /// Makes it invite nowhere.
        clear_channel_id(channel_id);
    }
}

/// What the widget of a guild shows to everybody.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-widget-object-guild-widget-structure).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct Widget {
    /// Identifies the guild.
    #[model(key)]
    pub id: GuildId,
    /// The guild's name.
    pub name: Text,
    /// Address of an invite.
    #[model(nullable)]
    pub instant_invite: Option<Text>,
    /// Voice channels that everybody can enter.
    pub channels: Vec<WidgetChannel>,
    /// Members who are online, at most 100.
    pub members: Vec<WidgetMember>,
    /// How many members are online.
    pub presence_count: u32,
}

/// A voice channel in a widget.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-widget-object).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct WidgetChannel {
    /// Identifies the channel.
    #[model(key)]
    pub id: ChannelId,
    /// The channel's name.
    pub name: Text,
    /// Place in the list.
    pub position: i64,
}

/// A member in a widget, made unrecognisable: neither the number nor the avatar is the user's own.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-widget-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct WidgetMember {
    /// Place in the list, counted from 0. It is not the user's id.
    #[model(key)]
    pub id: Text,
    /// The member's name.
    pub username: Text,
    /// Always `0000`.
    pub discriminator: Text,
    /// Always `None`.
    #[model(nullable)]
    pub avatar: Option<ImageHash>,
    /// Whether the member is there.
    pub status: Status,
    /// Address of the avatar.
    pub avatar_url: Text,
}

open_enum! {
    /// How the image of a widget looks.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#get-guild-widget-image-widget-style-options).
    pub enum WidgetStyle: str {
        /// A small badge with the number of members online. The default.
        Shield = "shield",
        /// A large one: icon, name and number of members online, with a line from Discord below.
        Banner1 = "banner1",
        /// A smaller one: icon, name and number of members online, with Discord's logo.
        Banner2 = "banner2",
        /// Icon, name and number of members online, with Discord's logo and an invitation to chat.
        Banner3 = "banner3",
        /// The largest one: icon, name and number of members online, with a button to join.
        Banner4 = "banner4",
    }
}
