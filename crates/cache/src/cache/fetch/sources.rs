//! What can be fetched, kind by kind.

use std::future::Future;
use std::sync::Arc;

use polycord_types::{
    channel::Channel,
    guild::Guild,
    id::{ChannelId, GuildId, MessageId, RoleId, UserId},
    member::Member,
    message::Message,
    role::Role,
    user::User,
};

use super::{Subject, fetch_through};
use crate::cache::data::DIRECT;
use crate::cache::entry::{Channels, Guilds, Members, Messages, Roles, Threads};
use crate::cache::rows::{ChannelRow, Facts, MemberRow, MessageRow, RoleSets, UserRow};
use crate::cache::writer::Writer;
use crate::{
    Cache, CachedChannel, CachedGuild, CachedMember, CachedMessage, CachedRole, CachedUser,
    GuildState, InGuild, Kind,
};

/// Names one thing that can be fetched, and knows what to do with it.
pub(super) trait Source {
    const KIND: Kind;
    /// What is fetched.
    type Model;
    /// What readers get.
    type Shown: Clone + Send + Sync + 'static;

    fn subject(&self) -> Subject;

    /// What is cached of it.
    fn look_up(&self, cache: &Cache) -> Option<Self::Shown>;

    /// The same, without counting the lookup.
    fn glance(&self, cache: &Cache) -> Option<Self::Shown>;

    /// Writes it, if it is what was asked for.
    fn insert(&self, writer: &mut Writer<'_>, model: &Self::Model);

    /// It does not exist.
    fn remove(&self, writer: &mut Writer<'_>);

    /// What readers get of what the cache does not keep.
    fn shown(&self, cache: &Cache, model: Self::Model) -> Self::Shown;
}

macro_rules! fetch {
    ($(
        $(#[doc = $more:literal])*
        $a:literal => $or_fetch:ident, $refetch:ident($($id:ident: $Id:ty),*) as $Source:ident
            : $Model:ty => $Shown:ty;
    )*) => {
        /// Reads that ask a source of your own, such as Discord's HTTP API, for what the cache does not have.
        ///
        /// - **One fetch for all.** Whoever asks for something that is being fetched waits for that
        ///   answer; their own `fetch` is not called.
        /// - **Cached as if an event had told it**, with the same bounds and [`Changes`](crate::Changes),
        ///   of which [subscribers](Cache::subscribe) hear. What belongs to a guild that the current
        ///   user is not in is given to those who asked, and not kept; so are archived threads.
        /// - **Events win.** If an event tells of the same thing while it is fetched, the answer may be
        ///   older than that: it is not written, and whoever asked gets what the event told.
        /// - **What does not exist is remembered.** `fetch` gives `None` for what is not there: with HTTP,
        ///   for the status 404. It leaves the cache, and is not fetched again for a while; see
        ///   [`CacheBuilder::absence_ttl`](crate::CacheBuilder::absence_ttl).
        /// - **Errors are for everybody who waits**, and nothing of them is kept: who asks next fetches
        ///   again.
        ///
        /// A member that is cached may have left without the cache hearing of it, without
        /// [`GUILD_MEMBERS`](https://docs.discord.com/developers/events/gateway#gateway-intents).
        /// Where it matters whether somebody is still there, use `refetch_member`: it fetches what is
        /// cached, too, and never takes the answer of a fetch that began before it was called.
        ///
        /// No clock and no runtime is needed: tasks wait for each other by their wakers. There is no
        /// deadline either. Give `fetch` one: the others wait as long as it is alive.
        ///
        /// # Cancel safety
        ///
        /// All of them are cancel safe. If the one who fetches is dropped, one of those who wait
        /// fetches in its place. Only one who fetches and is kept without being polled holds the
        /// others up.
        ///
        /// # Examples
        ///
        /// ```
        /// use std::convert::Infallible;
        /// use polycord_cache::{Cache, FetchExt};
        /// use polycord_types::{id::UserId, user::User};
        ///
        /// # async fn get_user(id: UserId) -> Result<Option<User>, Infallible> {
        /// #     let json = format!(r#"{{"id": "{id}", "username": "ferris", "discriminator": "0"}}"#);
        /// #     Ok(polycord_types::decode::from_str(&json).ok())
        /// # }
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() -> Result<(), std::sync::Arc<Infallible>> {
        /// let cache = Cache::new();
        /// let id = UserId::new(41_771_983_423_143_937);
        ///
        /// // `get_user` asks Discord, and gives `None` for what it does not know.
        /// let user = cache.user_or_fetch(id, || get_user(id)).await?;
        /// assert_eq!(user.as_ref().map(|user| user.name()), Some("ferris"));
        /// assert_eq!(cache.user(id), user);
        /// # Ok(())
        /// # }
        /// ```
        pub trait FetchExt {$(
            #[doc = concat!($a, " as it is cached, or else as `fetch` gives it; `None` if there is none.")]
            $(#[doc = $more])*
            ///
            /// # Errors
            ///
            /// What `fetch` failed with: this one, or the one that this call waited for.
            fn $or_fetch<F, Fut, E>(
                &self,
                $($id: $Id,)*
                fetch: F,
            ) -> impl Future<Output = Result<Option<$Shown>, Arc<E>>>
            where
                F: FnOnce() -> Fut,
                Fut: Future<Output = Result<Option<$Model>, E>>,
                E: Send + Sync + 'static;

            #[doc = concat!($a, " as a `fetch` that begins now gives it, whatever is cached; `None` if there is none.")]
            ///
            /// # Errors
            ///
            /// What `fetch` failed with: this one, or the one that this call waited for.
            fn $refetch<F, Fut, E>(
                &self,
                $($id: $Id,)*
                fetch: F,
            ) -> impl Future<Output = Result<Option<$Shown>, Arc<E>>>
            where
                F: FnOnce() -> Fut,
                Fut: Future<Output = Result<Option<$Model>, E>>,
                E: Send + Sync + 'static;
        )*}

        impl FetchExt for Cache {$(
            async fn $or_fetch<F, Fut, E>(
                &self,
                $($id: $Id,)*
                fetch: F,
            ) -> Result<Option<$Shown>, Arc<E>>
            where
                F: FnOnce() -> Fut,
                Fut: Future<Output = Result<Option<$Model>, E>>,
                E: Send + Sync + 'static,
            {
                fetch_through(self, $Source($($id),*), false, fetch).await
            }

            async fn $refetch<F, Fut, E>(
                &self,
                $($id: $Id,)*
                fetch: F,
            ) -> Result<Option<$Shown>, Arc<E>>
            where
                F: FnOnce() -> Fut,
                Fut: Future<Output = Result<Option<$Model>, E>>,
                E: Send + Sync + 'static,
            {
                fetch_through(self, $Source($($id),*), true, fetch).await
            }
        )*}
    };
}

fetch! {
    /// A guild that has an outage stays, whatever `fetch` gives.
    "A guild" => guild_or_fetch, refetch_guild(guild: GuildId) as OneGuild: Guild => CachedGuild;
    "A channel or a thread" => channel_or_fetch, refetch_channel(channel: ChannelId) as OneChannel
        : Channel => CachedChannel;
    "A role" => role_or_fetch, refetch_role(guild: GuildId, role: RoleId) as OneRole: Role => CachedRole;
    "A member" => member_or_fetch, refetch_member(guild: GuildId, user: UserId) as OneMember
        : Member => CachedMember;
    /// The 1,024 fetched last stay even if nothing else in the cache needs them.
    "A user" => user_or_fetch, refetch_user(user: UserId) as OneUser: User => CachedUser;
    /// It is kept if it is among the newest of its channel, and the channel is known.
    "A message" => message_or_fetch, refetch_message(channel: ChannelId, message: MessageId)
        as OneMessage: Message => CachedMessage;
}

struct OneGuild(GuildId);

impl Source for OneGuild {
    const KIND: Kind = Kind::Guild;
    type Model = Guild;
    type Shown = CachedGuild;

    fn subject(&self) -> Subject {
        Subject::Guild(self.0)
    }

    fn look_up(&self, cache: &Cache) -> Option<CachedGuild> {
        cache.guild(self.0)
    }

    fn glance(&self, cache: &Cache) -> Option<CachedGuild> {
        cache.view(self.0)?.glance::<Guilds>(())
    }

    fn insert(&self, writer: &mut Writer<'_>, model: &Guild) {
        if model.id == self.0 {
            writer.insert_guild(model);
        }
    }

    fn remove(&self, writer: &mut Writer<'_>) {
        let cell = writer.inner.cell(self.0);
        let state = cell.map(|cell| cell.read().state);
        if state.is_some_and(|state| state != GuildState::Unavailable) {
            writer.leave(self.0);
        }
    }

    fn shown(&self, _: &Cache, model: Guild) -> CachedGuild {
        CachedGuild {
            facts: Arc::new(Facts {
                guild: model,
                joined_at: None,
                large: false,
            }),
            state: GuildState::Cold,
            member_count: None,
        }
    }
}

struct OneChannel(ChannelId);

impl Source for OneChannel {
    const KIND: Kind = Kind::Channel;
    type Model = Channel;
    type Shown = CachedChannel;

    fn subject(&self) -> Subject {
        Subject::Channel(self.0)
    }

    fn look_up(&self, cache: &Cache) -> Option<CachedChannel> {
        cache.channel(self.0)
    }

    fn glance(&self, cache: &Cache) -> Option<CachedChannel> {
        let view = cache.view(cache.inner.channel_home(self.0)?)?;
        let thread = view.glance::<Threads>(self.0);
        thread.or_else(|| view.glance::<Channels>(self.0))
    }

    fn insert(&self, writer: &mut Writer<'_>, model: &Channel) {
        if model.id == self.0 {
            writer.insert_channel(model);
        }
    }

    fn remove(&self, writer: &mut Writer<'_>) {
        let home = writer.inner.channel_home(self.0);
        if let Some(guild) = home.filter(|guild| *guild != DIRECT) {
            writer.in_guild(guild, |writer, data| writer.remove_channel(data, self.0));
        }
    }

    fn shown(&self, _: &Cache, model: Channel) -> CachedChannel {
        CachedChannel {
            row: ChannelRow::new(Arc::new(model)),
        }
    }
}

struct OneRole(GuildId, RoleId);

impl Source for OneRole {
    const KIND: Kind = Kind::Role;
    type Model = Role;
    type Shown = CachedRole;

    fn subject(&self) -> Subject {
        Subject::Role(self.0, self.1)
    }

    fn look_up(&self, cache: &Cache) -> Option<CachedRole> {
        cache.inner.find::<Roles>(Some(self.0), self.1)
    }

    fn glance(&self, cache: &Cache) -> Option<CachedRole> {
        cache.view(self.0)?.glance::<Roles>(self.1)
    }

    fn insert(&self, writer: &mut Writer<'_>, model: &Role) {
        if model.id == self.1 {
            writer.insert_role(self.0, model);
        }
    }

    fn remove(&self, writer: &mut Writer<'_>) {
        if writer.inner.cell(self.0).is_some() {
            writer.in_guild(self.0, |writer, data| writer.remove_role(data, self.1));
        }
    }

    fn shown(&self, _: &Cache, model: Role) -> CachedRole {
        InGuild {
            guild_id: self.0,
            model: Arc::new(model),
        }
    }
}

struct OneMember(GuildId, UserId);

impl Source for OneMember {
    const KIND: Kind = Kind::Member;
    type Model = Member;
    type Shown = CachedMember;

    fn subject(&self) -> Subject {
        Subject::Member(self.0, self.1)
    }

    fn look_up(&self, cache: &Cache) -> Option<CachedMember> {
        cache.member(self.0, self.1)
    }

    fn glance(&self, cache: &Cache) -> Option<CachedMember> {
        cache.view(self.0)?.glance::<Members>(self.1)
    }

    fn insert(&self, writer: &mut Writer<'_>, model: &Member) {
        if model.user.as_ref().is_some_and(|user| user.id == self.1) {
            writer.insert_member(self.0, model);
        }
    }

    fn remove(&self, writer: &mut Writer<'_>) {
        // That the current user left is known once the guild goes.
        let is_other = writer.books.current_user != Some(self.1);
        if is_other && writer.inner.cell(self.0).is_some() {
            let left = true;
            writer.in_guild(self.0, |writer, data| {
                writer.remove_member(data, self.1, left);
            });
        }
    }

    fn shown(&self, _: &Cache, model: Member) -> CachedMember {
        let roles = RoleSets::default().share(&model.roles);
        CachedMember::new(self.0, self.1, &MemberRow::new(&model, roles))
    }
}

struct OneUser(UserId);

impl Source for OneUser {
    const KIND: Kind = Kind::User;
    type Model = User;
    type Shown = CachedUser;

    fn subject(&self) -> Subject {
        Subject::User(self.0)
    }

    fn look_up(&self, cache: &Cache) -> Option<CachedUser> {
        cache.user(self.0)
    }

    fn glance(&self, cache: &Cache) -> Option<CachedUser> {
        let row = cache.inner.glance_user(self.0)?;
        Some(CachedUser { id: self.0, row })
    }

    fn insert(&self, writer: &mut Writer<'_>, model: &User) {
        if model.id == self.0 {
            writer.insert_user(model);
        }
    }

    fn remove(&self, writer: &mut Writer<'_>) {
        writer.remove_user(self.0);
    }

    fn shown(&self, _: &Cache, model: User) -> CachedUser {
        CachedUser {
            id: self.0,
            row: UserRow::public(&model, None),
        }
    }
}

struct OneMessage(ChannelId, MessageId);

impl Source for OneMessage {
    const KIND: Kind = Kind::Message;
    type Model = Message;
    type Shown = CachedMessage;

    fn subject(&self) -> Subject {
        Subject::Message(self.0, self.1)
    }

    fn look_up(&self, cache: &Cache) -> Option<CachedMessage> {
        cache.message(self.0, self.1)
    }

    fn glance(&self, cache: &Cache) -> Option<CachedMessage> {
        let view = cache.view_in(cache.inner.home(self.0)?)?;
        view.glance::<Messages>((self.0, self.1))
    }

    fn insert(&self, writer: &mut Writer<'_>, model: &Message) {
        if (model.channel_id, model.id) == (self.0, self.1) {
            writer.insert_message(model);
        }
    }

    fn remove(&self, writer: &mut Writer<'_>) {
        let key = (self.0, self.1);
        if let Some(home) = writer.inner.home(self.0) {
            writer.in_guild(home, |writer, data| writer.remove::<Messages>(data, key));
        }
    }

    fn shown(&self, cache: &Cache, model: Message) -> CachedMessage {
        let home = cache.inner.home(self.0);
        CachedMessage {
            guild_id: home.filter(|home| *home != DIRECT),
            channel_id: self.0,
            id: self.1,
            row: MessageRow::new(&model),
        }
    }
}
