use polycord_types::Permissions;
use serde_json::{Value, json};

use super::member::MemberBuilder;
use super::role::RoleBuilder;
use super::{OWNER, World, bot_role};
use crate::ids::{created_ms, iso8601};
use crate::world::permissions::{EVERYONE, VIEW_CHANNEL};
use crate::world::{Guild, Member, Status, objects};

/// Fills one guild of a [`World`].
///
/// ```
/// use polycord_simulator::World;
/// use polycord_types::Permissions;
///
/// let world = World::new().guild("tea house", |g| {
///     g.role_with("host", |role| role.permissions(Permissions::MANAGE_MESSAGES).hoisted())
///         .channel("general")
///         .category("staff")
///         .channel("kitchen")
///         .only_for("kitchen", &["host"])
///         .thread("general", "which tea?")
///         .emoji("teapot")
///         .member_with("ada", |member| member.nick("Ada of the teas").role("host").status("idle"))
/// });
/// ```
#[derive(Debug)]
#[must_use]
pub struct GuildBuilder {
    world: World,
    guild: u64,
    /// The category that channels are put into.
    category: Option<u64>,
}

/// Channels.
impl GuildBuilder {
    pub(super) fn new(world: World, guild: u64) -> Self {
        Self {
            world,
            guild,
            category: None,
        }
    }

    /// Adds a text channel.
    pub fn channel(self, name: &str) -> Self {
        self.any_channel(name, 0)
    }

    /// Adds a voice channel.
    pub fn voice_channel(self, name: &str) -> Self {
        self.any_channel(name, 2)
    }

    /// Adds a category; channels that are added after it are in it, until the next.
    pub fn category(mut self, name: &str) -> Self {
        self.category = None;
        let mut builder = self.any_channel(name, 4);
        builder.category = builder.last_channel();
        builder
    }

    /// Adds an announcement channel.
    pub fn announcement_channel(self, name: &str) -> Self {
        self.any_channel(name, 5)
    }

    /// Adds a stage channel.
    pub fn stage_channel(self, name: &str) -> Self {
        self.any_channel(name, 13)
    }

    /// Adds a forum with these tags for posts.
    pub fn forum_channel(self, name: &str, tags: &[&str]) -> Self {
        let mut builder = self.any_channel(name, 15);
        let tags: Value = tags
            .iter()
            .map(|tag| {
                json!({
                    "id": builder.world.next_id().to_string(),
                    "name": tag,
                    "moderated": false,
                    "emoji_id": null,
                    "emoji_name": null,
                })
            })
            .collect();
        let id = builder.last_channel();
        if let Some(forum) = id.and_then(|id| builder.guild_mut()?.channels.get_mut(&id)) {
            forum["available_tags"] = tags;
        }
        builder
    }

    /// Adds a public thread below a channel, or a post to a forum, by the owner of the guild, who is
    /// in it.
    ///
    /// # Panics
    ///
    /// If there is no such channel.
    #[track_caller]
    pub fn thread(self, channel: &str, name: &str) -> Self {
        let parent = self.channel_named(channel);
        self.any_thread(parent, name, 11, &[])
    }

    /// Adds a private thread below a channel, with the owner of the guild and these members in it.
    ///
    /// # Panics
    ///
    /// If there is no such channel or member.
    #[track_caller]
    pub fn private_thread(self, channel: &str, name: &str, members: &[&str]) -> Self {
        let parent = self.channel_named(channel);
        let inside: Vec<u64> = members.iter().map(|name| self.member_named(name)).collect();
        self.any_thread(parent, name, 12, &inside)
    }

    /// Sets what a role (`@everyone` too) or a member is allowed and denied in a channel: bits as
    /// [Discord numbers them](https://docs.discord.com/developers/topics/permissions). Of a role and
    /// a member of one name the role is meant.
    ///
    /// # Panics
    ///
    /// If there is no such channel, or neither such a role nor such a member.
    #[track_caller]
    pub fn overwrite(self, channel: &str, whom: &str, allow: u64, deny: u64) -> Self {
        let mut builder = self;
        let channel = builder.channel_named(channel);
        let role = builder.role_named(whom);
        let (id, kind) = match role {
            Some(role) => (role, 0),
            None => (builder.member_named(whom), 1),
        };
        let overwrite = json!({
            "id": id.to_string(),
            "type": kind,
            "allow": allow.to_string(),
            "deny": deny.to_string(),
        });
        let found = builder
            .guild_mut()
            .and_then(|it| it.channels.get_mut(&channel));
        if let Some(list) = found.and_then(|it| it["permission_overwrites"].as_array_mut()) {
            list.retain(|known| objects::id(known) != id);
            list.push(overwrite);
        }
        builder
    }

    /// Hides a channel from everyone but these roles.
    ///
    /// # Panics
    ///
    /// If there is no such channel, or no such role.
    #[track_caller]
    pub fn only_for(self, channel: &str, roles: &[&str]) -> Self {
        let mut builder = self.overwrite(channel, "@everyone", 0, VIEW_CHANNEL);
        for role in roles {
            builder = builder.overwrite(channel, role, VIEW_CHANNEL, 0);
        }
        builder
    }

    /// Gives the channels of that name a status, as voice channels show one.
    pub fn voice_status(self, channel: &str, status: &str) -> Self {
        let mut builder = self;
        if let Some(guild) = builder.guild_mut() {
            let named = guild.channels.values().filter(|it| it["name"] == *channel);
            for id in named.map(objects::id).collect::<Vec<_>>() {
                guild.voice_statuses.insert(id, status.to_owned());
            }
        }
        builder
    }

    fn any_channel(self, name: &str, kind: u8) -> Self {
        let mut builder = self;
        let (id, guild_id) = (builder.world.next_id(), builder.guild);
        builder.world.state.channel_guild.insert(id, guild_id);
        let parent = builder.category.map(|id| id.to_string());
        if let Some(guild) = builder.guild_mut() {
            let position = guild.channels.len();
            let mut channel = objects::channel(id, guild_id, name, kind, position);
            channel["parent_id"] = Value::from(parent);
            guild.channels.insert(id, channel);
            if kind == 0 && guild.object["system_channel_id"].is_null() {
                guild.object["system_channel_id"] = Value::from(id.to_string());
            }
        }
        builder
    }

    fn any_thread(self, parent: u64, name: &str, kind: u8, members: &[u64]) -> Self {
        let mut builder = self;
        let (id, guild_id) = (builder.world.next_id(), builder.guild);
        builder.world.state.channel_guild.insert(id, guild_id);
        if let Some(guild) = builder.guild_mut() {
            let above = guild.channels.get(&parent).map(|it| &it["type"]);
            let below_news = above.is_some_and(|kind| *kind == 5);
            let in_forum = above.is_some_and(|kind| *kind == 15);
            let kind = if kind == 11 && below_news { 10 } else { kind };
            let at = iso8601(created_ms(id));
            let mut thread = objects::thread(id, (guild_id, parent), name, kind, OWNER, &at);
            if in_forum {
                thread["applied_tags"] = json!([]);
            }
            thread["member_count"] = Value::from(members.len() + 1);
            guild.threads.insert(id, thread);
            let inside = guild.thread_members.entry(id).or_default();
            for user in members.iter().copied().chain([OWNER]) {
                inside.insert(user, objects::thread_member(id, user, &at));
            }
        }
        builder
    }
}

/// Roles, members, and what they use.
impl GuildBuilder {
    /// Adds a role, above the roles so far but the bot's.
    pub fn role(self, name: &str) -> Self {
        self.role_with(name, |role| role)
    }

    /// Adds a role with settings, above the roles so far but the bot's.
    pub fn role_with(self, name: &str, fill: impl FnOnce(RoleBuilder) -> RoleBuilder) -> Self {
        let mut builder = self;
        let id = builder.world.next_id();
        let own = bot_role(builder.guild);
        if let Some(guild) = builder.guild_mut() {
            let position = guild.roles.len().saturating_sub(1);
            if let Some(top) = guild.roles.get_mut(&own) {
                top["position"] = Value::from(position + 1);
            }
            let object = objects::role(id, name, position, EVERYONE);
            guild.roles.insert(id, fill(RoleBuilder { object }).object);
        }
        builder
    }

    /// What `@everyone` may do, in place of what Discord gives it in a new guild.
    pub fn everyone_permissions(self, permissions: Permissions) -> Self {
        let everyone = self.guild;
        self.permissions_of(everyone, permissions.bits())
    }

    /// What the bot's own role, the highest there is, allows, in place of `ADMINISTRATOR`.
    pub fn bot_permissions(self, permissions: Permissions) -> Self {
        let own = bot_role(self.guild);
        self.permissions_of(own, permissions.bits())
    }

    /// Adds the user of that name as a member, online; users of one name are one person.
    pub fn member(self, name: &str) -> Self {
        self.member_with(name, |member| member)
    }

    /// Adds the user of that name as a member with roles of this guild, by name; unknown names are
    /// made roles.
    pub fn member_with_roles(self, name: &str, roles: &[&str]) -> Self {
        self.member_with(name, |member| {
            roles.iter().fold(member, |member, role| member.role(role))
        })
    }

    /// Adds the user of that name as a member with settings; users of one name are one person.
    pub fn member_with(
        self,
        name: &str,
        fill: impl FnOnce(MemberBuilder) -> MemberBuilder,
    ) -> Self {
        let mut builder = self;
        let filled = fill(MemberBuilder::new());
        for role in &filled.roles {
            if builder.role_named(role).is_none() {
                builder = builder.role(role);
            }
        }
        let roles: Vec<u64> = filled
            .roles
            .iter()
            .filter_map(|role| builder.role_named(role))
            .collect();
        let user = builder.world.user_named(name);
        if let Some(user) = builder.world.state.users.get_mut(user) {
            if filled.bot {
                (user.bot, user.global_name) = (true, None);
            }
            if let Some(name) = &filled.display_name {
                user.global_name = Some(name.as_str().into());
            }
        }
        let joined = created_ms(builder.guild);
        if let Some(guild) = builder.guild_mut() {
            let mut member = Member::new(joined, roles);
            member.nick = filled.nick.map(Into::into);
            guild.members.insert(user, member);
            if filled.presence.status == Status::Offline {
                guild.presences.remove(&user);
            } else {
                guild.presences.insert(user, filled.presence);
            }
        }
        builder
    }

    /// Adds another bot as a member, online.
    pub fn bot(self, name: &str) -> Self {
        self.member_with(name, MemberBuilder::bot)
    }

    /// Adds an emoji.
    pub fn emoji(self, name: &str) -> Self {
        self.any_emoji(name, false)
    }

    /// Adds an animated emoji.
    pub fn animated_emoji(self, name: &str) -> Self {
        self.any_emoji(name, true)
    }

    /// Adds a sticker.
    pub fn sticker(self, name: &str) -> Self {
        let mut builder = self;
        let (id, guild_id) = (builder.world.next_id(), builder.guild);
        let by = builder.world.state.user(OWNER).unwrap_or_default();
        if let Some(guild) = builder.guild_mut() {
            let sticker = objects::sticker(id, guild_id, name, &by);
            guild.stickers.insert(id, sticker);
        }
        builder
    }

    /// Adds a sound to the soundboard.
    pub fn sound(self, name: &str) -> Self {
        let mut builder = self;
        let (id, guild_id) = (builder.world.next_id(), builder.guild);
        let by = builder.world.state.user(OWNER).unwrap_or_default();
        if let Some(guild) = builder.guild_mut() {
            let mut sound = objects::sound(id, guild_id, name);
            sound["user"] = by;
            guild.sounds.insert(id, sound);
        }
        builder
    }

    fn any_emoji(self, name: &str, animated: bool) -> Self {
        let mut builder = self;
        let id = builder.world.next_id();
        let by = builder.world.state.user(OWNER).unwrap_or_default();
        if let Some(guild) = builder.guild_mut() {
            let emoji = objects::emoji(id, name, animated, &by);
            guild.emojis.insert(id, emoji);
        }
        builder
    }

    fn permissions_of(self, role: u64, permissions: u64) -> Self {
        let mut builder = self;
        if let Some(role) = builder.guild_mut().and_then(|it| it.roles.get_mut(&role)) {
            role["permissions"] = Value::from(permissions.to_string());
        }
        builder
    }
}

/// Names.
impl GuildBuilder {
    pub(super) fn into_world(self) -> World {
        self.world
    }

    pub(in crate::world) fn guild_mut(&mut self) -> Option<&mut Guild> {
        self.world.state.guilds.get_mut(&self.guild)
    }

    fn guild(&self) -> Option<&Guild> {
        self.world.state.guilds.get(&self.guild)
    }

    fn last_channel(&self) -> Option<u64> {
        self.guild()?.channels.keys().next_back().copied()
    }

    pub(in crate::world) fn role_named(&self, name: &str) -> Option<u64> {
        let mut roles = self.guild()?.roles.iter();
        let found = roles.find(|(_, role)| role["name"] == name);
        found.map(|(id, _)| *id)
    }

    #[track_caller]
    fn channel_named(&self, name: &str) -> u64 {
        let mut channels = self.guild().into_iter().flat_map(|it| &it.channels);
        match channels.find(|(_, channel)| channel["name"] == name) {
            Some((id, _)) => *id,
            None => panic!("no channel is called {name:?} in this guild so far"),
        }
    }

    #[track_caller]
    fn member_named(&self, name: &str) -> u64 {
        let user = self.world.state.user_named(name);
        let inside = |user: &u64| self.guild().is_some_and(|it| it.members.contains_key(user));
        match user.filter(inside) {
            Some(user) => user,
            None => panic!("nobody is called {name:?} in this guild so far"),
        }
    }
}
