//! Users as the cache keeps them.

use std::sync::Arc;

use polycord_types::{
    Color, HeapSize, ImageHash, Text,
    id::UserId,
    locale::Locale,
    user::{
        AvatarDecoration, Collectibles, PartialUser, PremiumType, PrimaryGuild, User, UserFlags,
    },
};

/// In the place of flags.
const NO_FLAGS: u32 = u32::MAX;
/// In the place of a discriminator.
const NO_DISCRIMINATOR: u16 = u16::MAX;

/// A user in as few bytes as it takes: there are millions of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UserRow {
    username: Text,
    global_name: Option<Text>,
    avatar: Option<ImageHash>,
    /// What most users do not have.
    rare: Option<Arc<Rare>>,
    /// [`NO_FLAGS`] if they are not known, or among what is rare.
    public_flags: u32,
    /// [`NO_DISCRIMINATOR`] if it is among what is rare.
    discriminator: u16,
    bot: Option<bool>,
    system: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Rare {
    /// One that is not as Discord writes them.
    discriminator: Option<Text>,
    /// Flags of tomorrow, with numbers beyond what a row holds.
    public_flags: Option<UserFlags>,
    banner: Option<Box<ImageHash>>,
    accent_color: Option<Color>,
    avatar_decoration_data: Option<Box<AvatarDecoration>>,
    collectibles: Option<Box<Collectibles>>,
    primary_guild: Option<Box<PrimaryGuild>>,
    /// What is told of the current user only.
    own: Option<Box<Own>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Own {
    mfa_enabled: Option<bool>,
    locale: Option<Locale>,
    verified: Option<bool>,
    email: Option<Box<Text>>,
    flags: Option<UserFlags>,
    premium_type: Option<PremiumType>,
}

impl UserRow {
    /// A user as everybody sees them. Some events tell less of a user than others: what not all of them tell is kept.
    pub(crate) fn public(user: &User, known: Option<&Self>) -> Self {
        Self::new(user, known, None)
    }

    /// Whether [`public`](Self::public) would give the same. Never true of those who have what most users do not have.
    pub(crate) fn has(&self, told: &User) -> bool {
        let is_plain = told.banner.is_none()
            && told.accent_color.is_none()
            && told.avatar_decoration_data.is_none()
            && told.collectibles.is_none()
            && told.primary_guild.is_none();
        let flags = told.public_flags.or_else(|| self.told_public_flags());
        is_plain
            && self.rare.is_none()
            && flags == self.told_public_flags()
            && self.username == told.username
            && self.global_name == told.global_name
            && self.avatar == told.avatar
            && compact(&told.discriminator) == Some(self.discriminator)
            && told.bot.or(self.bot) == self.bot
            && told.system.or(self.system) == self.system
    }

    /// Whether an event that need not tell anything of a user does so.
    pub(crate) const fn is_told_by(user: &PartialUser) -> bool {
        user.username.is_some()
            || user.global_name.is_some()
            || user.avatar.is_some()
            || user.discriminator.is_some()
    }

    /// What is known of a user, with what an event tells that need not tell anything.
    pub(crate) fn with(&self, told: &PartialUser) -> Self {
        let known = CachedUser {
            id: told.id,
            row: self.clone(),
        };
        let mut user = known.to_user();
        if let Some(username) = &told.username {
            user.username.clone_from(username);
        }
        if let Some(discriminator) = &told.discriminator {
            user.discriminator.clone_from(discriminator);
        }
        user.global_name = told.global_name.clone().or(user.global_name);
        user.avatar = told.avatar.clone().or(user.avatar);
        user.public_flags = told.public_flags.or(user.public_flags);
        user.bot = told.bot.or(user.bot);
        let decoration = told.avatar_decoration_data.clone();
        user.avatar_decoration_data = decoration.or(user.avatar_decoration_data);
        user.collectibles = told.collectibles.clone().or(user.collectibles);
        user.primary_guild = told.primary_guild.clone().or(user.primary_guild);
        Self::public(&user, Some(self))
    }

    /// The current user, with what nobody else sees.
    pub(crate) fn own(user: &User, known: Option<&Self>) -> Self {
        let before = known.and_then(|known| known.rare.as_ref()?.own.as_deref());
        let before = before.cloned().unwrap_or_default();
        let own = Own {
            mfa_enabled: user.mfa_enabled.or(before.mfa_enabled),
            locale: user.locale.clone().or(before.locale),
            verified: user.verified.or(before.verified),
            email: user.email.clone().or(before.email),
            flags: user.flags.or(before.flags),
            premium_type: user.premium_type.or(before.premium_type),
        };
        let own = (own != Own::default()).then(|| Box::new(own));
        Self::new(user, known, own)
    }

    fn new(user: &User, known: Option<&Self>, own: Option<Box<Own>>) -> Self {
        let before = known.and_then(|known| known.rare.as_deref());
        let told_flags = user.public_flags;
        let told_flags = told_flags.or_else(|| known.and_then(Self::told_public_flags));
        let public_flags = told_flags.map(|flags| u32::try_from(flags.bits()));
        let public_flags = public_flags.map(|flags| flags.ok().filter(|flags| *flags != NO_FLAGS));
        let discriminator = compact(&user.discriminator);
        let kept = || before.and_then(|before| before.banner.clone());
        let rare = Rare {
            discriminator: discriminator.is_none().then(|| user.discriminator.clone()),
            public_flags: told_flags.filter(|_| public_flags == Some(None)),
            banner: user.banner.clone().or_else(kept),
            accent_color: user
                .accent_color
                .or_else(|| before.and_then(|before| before.accent_color)),
            // Wherever there is a user there are these; that one is absent says that there is none.
            avatar_decoration_data: user.avatar_decoration_data.clone(),
            collectibles: user.collectibles.clone(),
            primary_guild: user.primary_guild.clone(),
            own,
        };
        Self {
            username: user.username.clone(),
            global_name: user.global_name.clone(),
            avatar: user.avatar.clone(),
            rare: (rare != Rare::default()).then(|| Arc::new(rare)),
            public_flags: public_flags.flatten().unwrap_or(NO_FLAGS),
            discriminator: discriminator.unwrap_or(NO_DISCRIMINATOR),
            bot: user.bot.or_else(|| known.and_then(|known| known.bot)),
            system: user.system.or_else(|| known.and_then(|known| known.system)),
        }
    }

    fn told_public_flags(&self) -> Option<UserFlags> {
        let rare = || self.rare.as_ref().and_then(|rare| rare.public_flags);
        let flags = (self.public_flags != NO_FLAGS).then_some(u64::from(self.public_flags));
        flags.map(UserFlags::from_bits_retain).or_else(rare)
    }
}

impl UserRow {
    /// What the user is called.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let global = self.global_name.as_deref();
        global.into_iter().chain([self.username.as_str()])
    }

    /// What the user is called where no guild gives another name.
    pub(crate) fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }

    /// Whether an application owns the account, as far as told.
    pub(crate) fn is_bot(&self) -> bool {
        self.bot.unwrap_or_default()
    }
}

/// The number of a discriminator: `0`, or four digits.
fn compact(discriminator: &str) -> Option<u16> {
    if discriminator == "0" {
        return Some(0);
    }
    let number = discriminator.parse().ok()?;
    (number != NO_DISCRIMINATOR && discriminator == written(number)).then_some(number)
}

fn written(discriminator: u16) -> Text {
    match discriminator {
        0 => Text::from("0"),
        number => Text::from(format!("{number:04}")),
    }
}

/// A user at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedUser {
    pub(crate) id: UserId,
    pub(crate) row: UserRow,
}

impl CachedUser {
    /// Identifies the user.
    #[must_use]
    pub const fn id(&self) -> UserId {
        self.id
    }

    /// The account's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.row.username
    }

    /// The name the account shows everywhere, if one was set.
    #[must_use]
    pub fn global_name(&self) -> Option<&str> {
        self.row.global_name.as_deref()
    }

    /// The name to show where no guild gives another.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.global_name().unwrap_or_else(|| self.name())
    }

    /// Four digits behind a bot's name; `"0"` for accounts with a unique name.
    #[must_use]
    pub fn discriminator(&self) -> Text {
        let rare = || self.rare().and_then(|rare| rare.discriminator.clone());
        let number = self.row.discriminator;
        let number = (number != NO_DISCRIMINATOR).then(|| written(number));
        number.or_else(rare).unwrap_or_default()
    }

    /// Hash of the avatar.
    #[must_use]
    pub const fn avatar(&self) -> Option<&ImageHash> {
        self.row.avatar.as_ref()
    }

    /// Whether an application owns the account.
    #[must_use]
    pub fn is_bot(&self) -> bool {
        self.row.is_bot()
    }

    /// Badges and properties that everybody sees.
    #[must_use]
    pub fn public_flags(&self) -> UserFlags {
        self.row.told_public_flags().unwrap_or_default()
    }

    /// The user as Discord sends it.
    #[must_use]
    pub fn to_user(&self) -> User {
        let rare = self.rare().cloned().unwrap_or_default();
        let own = rare.own.map(|own| *own).unwrap_or_default();
        User {
            id: self.id,
            username: self.row.username.clone(),
            discriminator: self.discriminator(),
            global_name: self.row.global_name.clone(),
            avatar: self.row.avatar.clone(),
            bot: self.row.bot,
            system: self.row.system,
            mfa_enabled: own.mfa_enabled,
            banner: rare.banner,
            accent_color: rare.accent_color,
            locale: own.locale,
            verified: own.verified,
            email: own.email,
            flags: own.flags,
            premium_type: own.premium_type,
            public_flags: self.row.told_public_flags(),
            avatar_decoration_data: rare.avatar_decoration_data,
            collectibles: rare.collectibles,
            primary_guild: rare.primary_guild,
        }
    }

    fn rare(&self) -> Option<&Rare> {
        self.row.rare.as_deref()
    }
}

impl HeapSize for UserRow {
    fn heap_size(&self) -> usize {
        self.username.heap_size()
            + self.global_name.heap_size()
            + self.avatar.heap_size()
            + self.rare.heap_size()
    }
}

impl HeapSize for Rare {
    fn heap_size(&self) -> usize {
        self.discriminator.heap_size()
            + self.banner.heap_size()
            + self.avatar_decoration_data.heap_size()
            + self.collectibles.heap_size()
            + self.primary_guild.heap_size()
            + self.own.heap_size()
    }
}

impl HeapSize for Own {
    fn heap_size(&self) -> usize {
        self.locale.heap_size() + self.email.heap_size()
    }
}
