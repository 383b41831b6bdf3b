//! Where the images of guilds, users and members are.

use polycord_types::cdn::{self, ImageUrl};

use super::{CachedGuild, CachedMember, CachedUser};

impl CachedGuild {
    /// The address of the icon.
    #[must_use]
    pub fn icon_url(&self) -> Option<ImageUrl> {
        Some(cdn::guild_icon(self.id(), self.icon()?))
    }

    /// The address of the banner.
    #[must_use]
    pub fn banner_url(&self) -> Option<ImageUrl> {
        let banner = self.model().banner.as_ref()?;
        Some(cdn::guild_banner(self.id(), banner))
    }

    /// The address of the picture behind invitations.
    #[must_use]
    pub fn splash_url(&self) -> Option<ImageUrl> {
        let splash = self.model().splash.as_ref()?;
        Some(cdn::guild_splash(self.id(), splash))
    }
}

impl CachedUser {
    /// The address of the avatar, or of the default one where none was chosen.
    pub fn avatar_url(&self) -> ImageUrl {
        match self.avatar() {
            Some(hash) => cdn::user_avatar(self.id(), hash),
            None => cdn::default_user_avatar(self.id(), self.discriminator().parse().ok()),
        }
    }
}

impl CachedMember {
    /// The address of the avatar in this guild, if there is one of its own:
    /// [`GuildView::avatar_url`](crate::GuildView::avatar_url) has what is shown.
    #[must_use]
    pub fn avatar_url(&self) -> Option<ImageUrl> {
        let (guild, user) = (self.guild_id(), self.user_id());
        Some(cdn::guild_member_avatar(guild, user, self.avatar()?))
    }

    /// The address of the banner in this guild, if there is one of its own.
    #[must_use]
    pub fn banner_url(&self) -> Option<ImageUrl> {
        let (guild, user) = (self.guild_id(), self.user_id());
        Some(cdn::guild_member_banner(guild, user, self.banner()?))
    }
}
