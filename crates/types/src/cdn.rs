//! The addresses of images: avatars, icons, banners, emojis, stickers and the like.
//!
//! One function for each endpoint, which gives an [`ImageUrl`] to be shown, or to be made smaller or turned
//! into another format first. See
//! [CDN endpoints](https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints).
//!
//! ```
//! use polycord_types::{ImageHash, cdn::{self, ImageFormat, ImageSize}, id::UserId};
//!
//! let hash = ImageHash::new("a_1269e74af4df7417b13759eae50c83dc");
//! let avatar = cdn::user_avatar(UserId::new(8), &hash);
//! assert_eq!(
//!     avatar.to_string(),
//!     "https://cdn.discordapp.com/avatars/8/a_1269e74af4df7417b13759eae50c83dc.webp?animated=true"
//! );
//! let small = avatar.format(ImageFormat::Png)?.size(ImageSize::at_least(100));
//! assert!(small.to_string().ends_with(".png?size=128"));
//! # Ok::<(), cdn::UnsupportedFormatError>(())
//! ```

mod image;
mod url;

pub use self::{
    image::{ImageFormat, ImageSize},
    url::{ImageUrl, UnsupportedFormatError},
};
use crate::{
    ImageHash,
    id::{
        ApplicationId, EmojiId, GenericId, GuildId, RoleId, ScheduledEventId, StickerId, TeamId,
        UserId,
    },
    sticker::StickerFormat,
};

/// The endpoint under which Discord keeps the banners of its own sticker packs.
const STICKER_PACKS: u64 = 710_982_414_301_790_216;

const STILL: &[ImageFormat] = &[ImageFormat::WebP, ImageFormat::Png, ImageFormat::Jpeg];
const MOVING: &[ImageFormat] = &[
    ImageFormat::WebP,
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::Gif,
];

/// A custom emoji.
pub fn custom_emoji(emoji: EmojiId, animated: bool) -> ImageUrl {
    let formats = if animated { MOVING } else { STILL };
    ImageUrl::new(format!("emojis/{emoji}"), formats, animated)
}

/// A guild's icon.
pub fn guild_icon(guild: GuildId, icon: &ImageHash) -> ImageUrl {
    moving(format!("icons/{guild}/{icon}"), icon)
}

/// The picture behind a guild's invitations.
pub fn guild_splash(guild: GuildId, splash: &ImageHash) -> ImageUrl {
    still(format!("splashes/{guild}/{splash}"))
}

/// The picture of a guild in server discovery.
pub fn guild_discovery_splash(guild: GuildId, splash: &ImageHash) -> ImageUrl {
    still(format!("discovery-splashes/{guild}/{splash}"))
}

/// A guild's banner.
pub fn guild_banner(guild: GuildId, banner: &ImageHash) -> ImageUrl {
    moving(format!("banners/{guild}/{banner}"), banner)
}

/// A user's banner.
pub fn user_banner(user: UserId, banner: &ImageHash) -> ImageUrl {
    moving(format!("banners/{user}/{banner}"), banner)
}

/// The avatar of a user who chose none. The discriminator is what the user has of one: `None` or 0 for
/// users with a unique name. Its size is always the same.
pub fn default_user_avatar(user: UserId, discriminator: Option<u16>) -> ImageUrl {
    let index = match discriminator {
        Some(number) if number != 0 => u64::from(number % 5),
        _ => (user.get() >> 22) % 6,
    };
    ImageUrl::new(format!("embed/avatars/{index}"), &[ImageFormat::Png], false)
}

/// A user's avatar.
pub fn user_avatar(user: UserId, avatar: &ImageHash) -> ImageUrl {
    moving(format!("avatars/{user}/{avatar}"), avatar)
}

/// A member's avatar in one guild.
pub fn guild_member_avatar(guild: GuildId, user: UserId, avatar: &ImageHash) -> ImageUrl {
    moving(
        format!("guilds/{guild}/users/{user}/avatars/{avatar}"),
        avatar,
    )
}

/// What frames an avatar.
pub fn avatar_decoration(asset: &ImageHash) -> ImageUrl {
    let path = format!("avatar-decoration-presets/{asset}");
    ImageUrl::new(path, &[ImageFormat::Png], false)
}

/// An application's icon.
pub fn application_icon(application: ApplicationId, icon: &ImageHash) -> ImageUrl {
    still(format!("app-icons/{application}/{icon}"))
}

/// The cover of an application's page in the store.
pub fn application_cover(application: ApplicationId, cover: &ImageHash) -> ImageUrl {
    still(format!("app-icons/{application}/{cover}"))
}

/// An image of an application, as activities name them.
pub fn application_asset(application: ApplicationId, asset: GenericId) -> ImageUrl {
    still(format!("app-assets/{application}/{asset}"))
}

/// The icon of an achievement.
pub fn achievement_icon(
    application: ApplicationId,
    achievement: GenericId,
    icon: &ImageHash,
) -> ImageUrl {
    still(format!(
        "app-assets/{application}/achievements/{achievement}/icons/{icon}"
    ))
}

/// An image of an application's page in the store.
pub fn store_page_asset(application: ApplicationId, asset: GenericId) -> ImageUrl {
    still(format!("app-assets/{application}/store/{asset}"))
}

/// The banner of one of Discord's sticker packs.
pub fn sticker_pack_banner(asset: GenericId) -> ImageUrl {
    still(format!("app-assets/{STICKER_PACKS}/store/{asset}"))
}

/// A team's icon.
pub fn team_icon(team: TeamId, icon: &ImageHash) -> ImageUrl {
    still(format!("team-icons/{team}/{icon}"))
}

/// A sticker, in the one form its file has. Its size is always the same.
pub fn sticker(sticker: StickerId, format: StickerFormat) -> ImageUrl {
    let path = format!("stickers/{sticker}");
    match format {
        StickerFormat::Lottie => ImageUrl::new(path, &[ImageFormat::Lottie], false),
        StickerFormat::Gif => ImageUrl::on_media_host(path, &[ImageFormat::Gif]),
        _ => ImageUrl::new(path, &[ImageFormat::Png], false),
    }
}

/// A role's icon.
pub fn role_icon(role: RoleId, icon: &ImageHash) -> ImageUrl {
    still(format!("role-icons/{role}/{icon}"))
}

/// The picture of a scheduled event.
pub fn guild_scheduled_event_cover(event: ScheduledEventId, image: &ImageHash) -> ImageUrl {
    still(format!("guild-events/{event}/{image}"))
}

/// A member's banner in one guild.
pub fn guild_member_banner(guild: GuildId, user: UserId, banner: &ImageHash) -> ImageUrl {
    moving(
        format!("guilds/{guild}/users/{user}/banners/{banner}"),
        banner,
    )
}

/// The badge of a guild's tag.
pub fn guild_tag_badge(guild: GuildId, badge: &ImageHash) -> ImageUrl {
    still(format!("guild-tag-badges/{guild}/{badge}"))
}

fn still(path: String) -> ImageUrl {
    ImageUrl::new(path, STILL, false)
}

fn moving(path: String, hash: &ImageHash) -> ImageUrl {
    let animated = hash.is_animated();
    ImageUrl::new(path, if animated { MOVING } else { STILL }, animated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &str) -> ImageHash {
        ImageHash::new(text)
    }

    #[test]
    fn every_endpoint_has_its_documented_path() {
        let (guild, user, app) = (GuildId::new(1), UserId::new(2), ApplicationId::new(3));
        let (h, a, asset) = (&hash("abc"), &hash("a_abc"), GenericId::new(4));
        for (url, path) in [
            (custom_emoji(EmojiId::new(5), false), "emojis/5.webp"),
            (
                custom_emoji(EmojiId::new(5), true),
                "emojis/5.webp?animated=true",
            ),
            (guild_icon(guild, h), "icons/1/abc.webp"),
            (guild_icon(guild, a), "icons/1/a_abc.webp?animated=true"),
            (guild_splash(guild, h), "splashes/1/abc.webp"),
            (
                guild_discovery_splash(guild, h),
                "discovery-splashes/1/abc.webp",
            ),
            (guild_banner(guild, a), "banners/1/a_abc.webp?animated=true"),
            (user_banner(user, h), "banners/2/abc.webp"),
            (user_avatar(user, a), "avatars/2/a_abc.webp?animated=true"),
            (
                guild_member_avatar(guild, user, h),
                "guilds/1/users/2/avatars/abc.webp",
            ),
            (
                guild_member_banner(guild, user, h),
                "guilds/1/users/2/banners/abc.webp",
            ),
            (avatar_decoration(a), "avatar-decoration-presets/a_abc.png"),
            (application_icon(app, h), "app-icons/3/abc.webp"),
            (application_cover(app, h), "app-icons/3/abc.webp"),
            (application_asset(app, asset), "app-assets/3/4.webp"),
            (
                achievement_icon(app, asset, h),
                "app-assets/3/achievements/4/icons/abc.webp",
            ),
            (store_page_asset(app, asset), "app-assets/3/store/4.webp"),
            (
                sticker_pack_banner(asset),
                "app-assets/710982414301790216/store/4.webp",
            ),
            (team_icon(TeamId::new(6), h), "team-icons/6/abc.webp"),
            (
                sticker(StickerId::new(7), StickerFormat::Png),
                "stickers/7.png",
            ),
            (
                sticker(StickerId::new(7), StickerFormat::Apng),
                "stickers/7.png",
            ),
            (
                sticker(StickerId::new(7), StickerFormat::Lottie),
                "stickers/7.json",
            ),
            (role_icon(RoleId::new(8), h), "role-icons/8/abc.webp"),
            (
                guild_scheduled_event_cover(ScheduledEventId::new(9), h),
                "guild-events/9/abc.webp",
            ),
            (guild_tag_badge(guild, h), "guild-tag-badges/1/abc.webp"),
        ] {
            assert_eq!(
                url.to_string(),
                format!("https://cdn.discordapp.com/{path}")
            );
        }
        assert_eq!(
            sticker(StickerId::new(7), StickerFormat::Gif).to_string(),
            "https://media.discordapp.net/stickers/7.gif"
        );
    }

    #[test]
    fn the_default_avatar_follows_the_way_the_user_is_named() {
        let user = UserId::new(175_928_847_299_117_063);
        let index = (175_928_847_299_117_063_u64 >> 22) % 6;
        for discriminator in [None, Some(0)] {
            let url = default_user_avatar(user, discriminator).to_string();
            assert_eq!(
                url,
                format!("https://cdn.discordapp.com/embed/avatars/{index}.png")
            );
        }
        assert!(
            default_user_avatar(user, Some(1337))
                .to_string()
                .ends_with("/2.png")
        );
    }

    #[test]
    fn a_format_that_the_endpoint_has_not_is_refused() {
        let still = user_avatar(UserId::new(1), &hash("abc"));
        assert!(still.clone().format(ImageFormat::Jpeg).is_ok());
        let error = still.clone().format(ImageFormat::Gif).unwrap_err();
        assert!(error.to_string().contains("gif"), "{error}");
        assert!(still.format(ImageFormat::Lottie).is_err());
        let moving = user_avatar(UserId::new(1), &hash("a_abc"));
        let gif = moving
            .format(ImageFormat::Gif)
            .unwrap()
            .size(ImageSize::Px64);
        assert!(gif.to_string().ends_with("/a_abc.gif?size=64"), "{gif}");
    }

    #[test]
    fn size_and_motion_stand_side_by_side() {
        let url = user_avatar(UserId::new(1), &hash("a_abc")).size(ImageSize::Px4096);
        assert!(
            url.to_string().ends_with(".webp?animated=true&size=4096"),
            "{url}"
        );
        let still = url.still();
        assert!(still.to_string().ends_with(".webp?size=4096"), "{still}");
    }
}
