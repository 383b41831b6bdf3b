//! What things are called.

use polycord_types::{
    emoji::Emoji, scheduled_event::ScheduledEvent, soundboard::SoundboardSound, sticker::Sticker,
};

use super::GuildView;
use crate::cache::entry::{
    Channels, Emojis, Members, Roles, ScheduledEvents, Sounds, Stickers, Threads,
};
use crate::{CachedChannel, CachedMember, CachedRole, InGuild};

/// For each kind: how those with a name are asked for, and what the name of one is.
macro_rules! named {
    ($($Entry:ident => $Shown:ty { $all:literal $named:ident, $name:expr; })*) => {
        /// By name. Names are not unique. They are compared as a whole and without regard to case: as Unicode folds it
        /// (`STRASSE` is `Straße`), in every language alike. Accents, width and spaces count.
        impl GuildView {$(
            #[doc = concat!($all, " with this name in any case, by id.")]
            pub fn $named(&self, name: &str) -> impl Iterator<Item = $Shown> {
                let name = Folded::new(name);
                let of: fn(&<$Entry as crate::cache::entry::Stored>::Row) -> Option<&str> = $name;
                self.all_where::<$Entry>(move |_, row| of(row).is_some_and(|it| name.is(it)))
            }
        )*}
    };
}

named! {
    Channels => CachedChannel {
        "The channels, without threads, that the current user may view,"
        channels_named, |row| row.channel.name.as_deref().filter(|_| !row.channel.is_obfuscated());
    }
    Threads => CachedChannel {
        "The active threads" threads_named, |row| row.channel.name.as_deref();
    }
    Roles => CachedRole {
        "The roles" roles_named, |row| Some(&row.name);
    }
    Emojis => InGuild<Emoji> {
        "The emoji" emojis_named, |row| row.name.as_deref();
    }
    Stickers => InGuild<Sticker> {
        "The stickers" stickers_named, |row| Some(&row.name);
    }
    Sounds => InGuild<SoundboardSound> {
        "The soundboard sounds" sounds_named, |row| Some(&row.name);
    }
    ScheduledEvents => InGuild<ScheduledEvent> {
        "The scheduled events" scheduled_events_named, |row| Some(&row.name);
    }
}

impl GuildView {
    /// The known members with this name in any case, by id: their name in the guild, or else the one that their
    /// account shows, or its unique one. Every member is looked at, which takes some ten milliseconds for a hundred
    /// thousand.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use polycord_cache::Cache;
    /// use polycord_types::{gateway::Event, id::GuildId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = Cache::new();
    /// let guild = Event::decode("GUILD_CREATE", r#"{"id": "1", "name": "Rust", "owner_id": "7", "member_count": 1,
    ///     "members": [{"nick": "Ärger", "user": {"id": "8", "username": "ada"}, "roles": []}]}"#)?;
    /// let _ = cache.apply(&guild, Duration::ZERO);
    ///
    /// let view = cache.view(GuildId::new(1)).ok_or("not in that guild")?;
    /// assert!(view.members_named("ÄRGER").eq(view.members_named("Ada")));
    /// assert_eq!(view.members_named("ad").count(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn members_named(&self, name: &str) -> impl Iterator<Item = CachedMember> {
        let name = Folded::new(name);
        let inner = &self.cache.inner;
        self.all_where::<Members>(move |user, row| {
            row.nick().is_some_and(|nick| name.is(nick))
                || inner.ask_user(user, |user| user.names().any(|it| name.is(it))) == Some(true)
        })
    }
}

/// A name without its case.
struct Folded {
    text: String,
}

impl Folded {
    fn new(name: &str) -> Self {
        Self {
            text: fold(name).collect(),
        }
    }

    fn is(&self, name: &str) -> bool {
        if name.is_ascii() {
            // The text is folded: if it is not of ASCII now, no name of ASCII is it.
            return name.eq_ignore_ascii_case(&self.text);
        }
        fold(name).eq(self.text.chars())
    }
}

/// A text without its case: what is the same in capitals is the same, and so is what is the same in small letters.
fn fold(text: &str) -> impl Iterator<Item = char> {
    let small = text.chars().flat_map(char::to_lowercase);
    let capital = small.flat_map(char::to_uppercase);
    capital.flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Folded::new(a).is(b) && Folded::new(b).is(a)
    }

    #[test]
    fn case_is_no_difference_in_any_alphabet() {
        for (a, b) in [
            ("general", "GENERAL"),
            ("Straße", "STRASSE"),
            ("Straße", "STRAẞE"),
            ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
            ("Привет", "ПРИВЕТ"),
            ("kelvin", "\u{212a}elvin"),
            ("🦀 Crab", "🦀 cRAB"),
            ("", ""),
        ] {
            assert!(same(a, b), "{a} and {b}");
        }
        for (a, b) in [
            ("a", "ä"),
            ("a", "ab"),
            ("ａ", "a"),
            ("a b", "ab"),
            ("", "a"),
        ] {
            assert!(!same(a, b), "{a} and {b}");
        }
    }
}
